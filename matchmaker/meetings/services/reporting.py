"""What a side, or a coordinator, says of a meeting: whether it took place, what comes next, and a note."""

from sqlalchemy import select

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, take_turns
from matchmaker.meetings.models import Event, Meeting, MeetingReport
from matchmaker.meetings.refusals import NotYet
from matchmaker.meetings.running import running
from matchmaker.meetings.states import NextStep, Side


def report_meeting(
    *, event: Event, meeting: Meeting, side: Side, held: bool | None, next_step: NextStep | None, note: str | None = None, shared: bool = False, by
) -> MeetingReport:
    """What was said before by the same side is said over. `note`: None leaves the note, and whom it is for, as they are; a coordinator has none.

    `by`: None for who came by the private address. Raises NotYet before the meeting's time. The log never holds a note.
    """
    if meeting.slot_id not in running(event).begun:
        raise NotYet
    take_turns(f"report of {meeting.need_id}-{meeting.offer_id}")
    known = select(MeetingReport).where(MeetingReport.need_id == meeting.need_id, MeetingReport.offer_id == meeting.offer_id, MeetingReport.side == side)
    report = db.session.scalar(known.execution_options(populate_existing=True))
    if report is None:
        report = MeetingReport(event_id=event.id, need_id=meeting.need_id, offer_id=meeting.offer_id, side=side, note="", shared=False)
        db.session.add(report)
    report.held, report.next_step = held, next_step
    if note is not None and side != Side.COORDINATOR:
        report.note, report.shared = note, bool(note) and shared
    report.by_id, report.said_at = getattr(by, "id", None), now()
    audit.record("event meeting reported", by=by, subject=event)
    return report
