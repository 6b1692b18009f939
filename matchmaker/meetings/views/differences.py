"""What one plan has that another has not, in words: for each participant, and for each meeting."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext as _

from matchmaker.core.collation import alphabetical
from matchmaker.meetings import recipients
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.brief import AnyParticipant
from matchmaker.meetings.told import told
from matchmaker.meetings.wording import Names
from matchmaker.planner.report import PersonChange


@dataclass
class PersonNews:
    """What is new for one participant: sentences, and whether somebody can be written to."""

    participant: AnyParticipant
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    told: bool = False


def news(names: Names, changes: list[PersonChange]) -> list[PersonNews]:
    found = []
    readers = recipients.readers([names.participants[int(each.id)] for each in changes if int(each.id) in names.participants])
    for change in changes:
        who = names.participants.get(int(change.id))
        if who is None:
            continue
        found.append(PersonNews(who, *told(names, change), told=bool(readers[who.id])))
    return sorted(found, key=lambda each: (each.participant.side, alphabetical(names.told_apart(each.participant))))


def meetings_changed(names: Names, old: Iterable[Place], new: Iterable[Place]) -> list[tuple[str, str, str]]:
    """(pair, where it was, where it is) of meetings that are not the same in both, by the time they have last; empty words where there is none."""
    before, after = ({each.pair: each for each in places} for places in (old, new))
    order = {each.id: number for number, each in enumerate(names.event.slots)}
    where = lambda place: _("%(when)s, %(table)s", when=names.when(place.slot), table=names.table(place.table)) if place else ""  # noqa: E731 - one short question, asked twice below
    changed = [pair for pair in {*before, *after} if (one := before.get(pair)) is None or (two := after.get(pair)) is None or one[:4] != two[:4]]
    rows = sorted(changed, key=lambda pair: (order.get((after.get(pair) or before[pair]).slot, 0), (after.get(pair) or before[pair]).table, pair))
    return [(f"{names.who(pair.need)} – {names.who(pair.offer)}", where(before.get(pair)), where(after.get(pair))) for pair in rows]
