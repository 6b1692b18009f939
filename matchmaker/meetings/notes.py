"""What one participant may read of what was said of its meetings: all that its own side said, and of the other side only a note that is shared."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.meetings import queries, wording
from matchmaker.meetings.models import Meeting, MeetingReport, Participant
from matchmaker.meetings.running import running
from matchmaker.meetings.states import NextStep, Side


@dataclass(frozen=True)
class Said:
    """Of the meeting with one other. `begun`: something can be said of it. `own`: this side's; `theirs`: the other side's shared note."""

    begun: bool
    own: MeetingReport | None = None
    theirs: str = ""

    @property
    def answer(self) -> str:
        """What this side answered, in words; nothing where it has not."""
        if self.own is None or self.own.held is None:
            return ""
        return wording.step_words()[NextStep(self.own.next_step)] if self.own.held and self.own.next_step else _("Møtet ble ikke holdt")


def meeting_with(who: Participant, other_id: int) -> Meeting | None:
    """The pair's meeting in the published plan."""
    return next((each for each in queries.meetings_of(queries.published_plan(who.event)) if each.other_than(who.id) == other_id), None)


def said_of(who: Participant) -> dict[int, Said]:
    """By the other's number, of each meeting in the published plan; one query beside the plan's."""
    column = MeetingReport.need_id if who.side == Side.NEED else MeetingReport.offer_id
    own: dict[int, MeetingReport] = {}
    theirs: dict[int, str] = {}
    for each in db.session.scalars(select(MeetingReport).where(column == who.id, MeetingReport.side != Side.COORDINATOR)):
        other = each.offer_id if who.side == Side.NEED else each.need_id
        if each.side == who.side:
            own[other] = each
        elif each.shared:
            theirs[other] = each.note
    begun = running(who.event).begun
    with_whom = ((meeting.other_than(who.id), meeting.slot_id in begun) for meeting in queries.meetings_of(queries.published_plan(who.event)))
    return {other: Said(now, own.get(other), theirs.get(other, "")) for other, now in with_whom if other}
