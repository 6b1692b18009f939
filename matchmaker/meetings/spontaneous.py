"""A free table and two who have nobody to meet: the pairs that would gain most from it, best first."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.matches.states import Band
from matchmaker.meetings import bridge, rules
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Slot
from matchmaker.meetings.queries import Material
from matchmaker.meetings.rules import Worth
from matchmaker.meetings.states import Level, Side

OFFERED = 5


@dataclass(frozen=True)
class Offered:
    """Who could meet, where, and why."""

    place: Place
    why: str


def offered(material: Material, places: list[Place], slot: Slot) -> list[Offered]:
    """For one slot, those who have come, are not gone, and have no meeting in it: pairs somebody wishes or the suggestions find near.

    Never a pair that is forbidden, has met, or is going to, nor one that would have somebody in two meetings; each of a pair has room for one more.
    None where every table is taken or closed.
    """
    event = material.event
    taken = {place.table for place in places if place.slot == slot.id}
    open_ = [each for each in event.tables if each.closed_from is None or each.closed_from >= slot.ends_at]
    table = next((each.id for each in sorted(open_, key=lambda each: each.position) if each.id not in taken), None)
    if table is None:
        return []
    busy = {id_ for place in places if place.slot == slot.id for id_ in place.pair}
    held = [id_ for place in places for id_ in place.pair]
    free = {
        each.id
        for each in event.participants
        if each.arrived_at and each.id not in busy and slot.id not in rules.away(each) and held.count(each.id) < each.most
    }
    sits = material.sharing.busy(place.pair for place in places if place.slot == slot.id)
    together, worths = {place.pair for place in places}, bridge.worths(material)
    found = []
    for pair in {*worths, *material.bands}:
        said, worth, band = material.said.get(pair, {}), worths.get(pair), material.bands.get(pair, Band.NONE)
        possible = {*pair} <= free and pair not in together and not sits & material.sharing.of(pair)
        if possible and not rules.is_forbidden(said) and (worth or band in rules.SUGGESTED):
            found.append((_rank(worth, band), pair, Offered(Place(pair.need, pair.offer, slot.id, table, locked=True), _why(said, worth, band))))
    return [each for _rank_, _pair, each in sorted(found, key=lambda each: (each[0], each[1]))[:OFFERED]]


def _rank(worth: Worth | None, band: Band) -> tuple[int, int, int]:
    """Musts, then the dearest, then the nearest."""
    return (-int(worth.must) if worth else 0, -(worth.value if worth else 0), -rules.SUGGESTED.get(band, 0))


def _why(said: Mapping[Side, Level], worth: Worth | None, band: Band) -> str:
    wanted = [side for side in (Side.NEED, Side.OFFER) if said.get(side) in rules.SAID]
    if worth and worth.must:
        return _("Et må-møte som det ikke ble plass til.")
    if len(wanted) == 2:
        return _("Begge har ønsket å møtes.")
    if wanted:
        return _("Avdelingen har ønsket å møte dem.") if wanted == [Side.NEED] else _("Bedriften har ønsket å møte dem.")
    return {Band.STRONG: _("Sterk match."), Band.POSSIBLE: _("Mulig match.")}.get(band, _("Svak match, men ingen av dem har noe annet da."))
