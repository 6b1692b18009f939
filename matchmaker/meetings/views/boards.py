"""The board of one version as pages show it: whole where it is small, a slot or some people at a time where it is not."""

from collections.abc import Sequence
from typing import Any

from flask import request

from matchmaker.core.access import row_number
from matchmaker.core.paging import page_of_list
from matchmaker.meetings import bridge, rules
from matchmaker.meetings.brief import AnyParticipant
from matchmaker.meetings.models import Plan
from matchmaker.meetings.overview import Seat
from matchmaker.meetings.queries import Material, Pair
from matchmaker.meetings.running import running
from matchmaker.meetings.states import Side
from matchmaker.meetings.wording import Names, by_day

WHOLE = 480
"""So many places are shown at once; where there are more, one slot is, or forty people."""
PEOPLE = 40


def board_of(plan: Plan | None, names: Names, material: Material, meetings: Sequence[Seat]) -> dict:
    """`?visning=personer`: people by slots instead of slots by tables. On a big board `?tid=` is the slot shown, `?sok=` a part of the names sought."""
    event = names.event
    people = request.args.get("visning") == "personer"
    asked, sought = row_number("tid") or row_number("endret"), request.args.get("sok", "").strip()
    page: dict[str, Any] = {"plan": plan, "names": names, "view": "people" if people else "tables", "sought": sought, "readonly": False}
    page |= {"sit_in": material.sharing.companions, "begun": running(event).begun}
    if people:
        big = len(event.participants) * len(event.slots) > WHOLE
        shown = page_of_list(_sought(names, sought), size=PEOPLE if big else len(event.participants) or 1)
        there = {each.id for each in shown.items}
        visible = [each for each in meetings if each.need_id in there or each.offer_id in there]
        page |= {
            "people_page": shown,
            "big": big,
            "of": {(id_, each.slot_id): each for each in visible for id_ in (each.need_id, each.offer_id)},
            "away_of": {each.id: rules.away(each) for each in shown.items},
            "sides": [[each for each in shown.items if each.side == side] for side in (Side.NEED, Side.OFFER)],
        }
    else:
        big = len(event.slots) * len(event.tables) > WHOLE
        slots = [next((each for each in event.slots if each.id == asked), event.slots[0])] if big else event.slots
        numbers = {each.id for each in slots}
        visible = [each for each in meetings if each.slot_id in numbers]
        page |= {"big": big, "shown_slots": slots, "by_day": by_day(event), "at": {(each.slot_id, each.table_id): each for each in visible}}
    pairs = {Pair(each.need_id, each.offer_id) for each in visible}
    return page | {"worth": bridge.kinds(material, pairs)}


def _sought(names: Names, text: str) -> list[AnyParticipant]:
    """Needs first, each side by name."""
    shown = {each.id: names.told_apart(each).casefold() for each in names.event.participants}
    found = [each for each in names.event.participants if text.casefold() in shown[each.id]]
    return sorted(found, key=lambda each: (each.side, shown[each.id], each.id))
