"""What another plan changes, in words: for one participant, and counted for all."""

from collections.abc import Iterable
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.meetings.wording import Names
from matchmaker.planner.problem import Meeting
from matchmaker.planner.report import PersonChange


class Told(NamedTuple):
    """A line for each meeting that is called off, new, or moved, as the participant sees it."""

    gone: list[str]
    new: list[str]
    moved: list[str]


def told(names: Names, change: PersonChange) -> Told:
    def whom(meeting: Meeting) -> str:
        return names.who(int(meeting.offer if meeting.need == change.id else meeting.need))

    def where(meeting: Meeting) -> str:
        return _("%(when)s, %(table)s", when=names.when(int(meeting.slot)), table=names.table(int(meeting.table)))

    return Told(
        [_("Avlyst: %(who)s, %(place)s", who=whom(each), place=where(each)) for each in change.gone],
        [_("Nytt: %(who)s, %(place)s", who=whom(each), place=where(each)) for each in change.new],
        [_("Flyttet: %(who)s, fra %(old)s til %(new)s", who=whom(each.after), old=where(each.before), new=where(each.after)) for each in change.moved],
    )


def summary(changes: Iterable[PersonChange]) -> str:
    """How many meetings are called off, new and moved, each counted once; '' where none is."""
    people = list(changes)
    gone, new = {each for person in people for each in person.gone}, {each for person in people for each in person.new}
    moved = {each for person in people for each in person.moved}
    words = [ngettext("%(num)s møte avlyses", "%(num)s møter avlyses", len(gone))] if gone else []
    words += [ngettext("%(num)s møte flyttes", "%(num)s møter flyttes", len(moved))] if moved else []
    words += [ngettext("%(num)s møte er nytt", "%(num)s møter er nye", len(new))] if new else []
    said = ", ".join(words)
    return said[:1].upper() + said[1:]
