"""What was said of meetings and of the event."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.database import Base, Created, Identified, Moment
from matchmaker.meetings.models.people import Participant
from matchmaker.meetings.states import NextStep, Side


class MeetingReport(Identified, Created, Base):
    """What one side, or a coordinator, says of a pair's meeting: whether it was held, what comes next, and a note.

    It hangs on the pair, not on a row of the plan: two meet at most once in an event, and versions come and go. A note that is not shared is
    for the people of that side alone, coordinators not among them.
    """

    __tablename__ = "meeting_reports"
    __table_args__ = (UniqueConstraint("need_id", "offer_id", "side"),)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), index=True)
    side: Mapped[Side] = mapped_column(String(12))
    held: Mapped[bool | None]
    next_step: Mapped[NextStep | None] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
    shared: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    said_at: Mapped[datetime] = mapped_column(Moment)
    need: Mapped[Participant] = relationship(foreign_keys=[need_id])
    offer: Mapped[Participant] = relationship(foreign_keys=[offer_id])


class Feedback(Identified, Created, Base):
    """What one participant thought of the event: 1 (little use) to 5 (great use), whether it would come again, and in its own words."""

    __tablename__ = "event_feedback"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)
    participant_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), unique=True)
    score: Mapped[int]
    again: Mapped[bool | None]
    words: Mapped[str] = mapped_column(Text, default="")
    participant: Mapped[Participant] = relationship()
