"""Who asks to take part and is not in the service yet."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.database import Base, Created, Identified, Moment
from matchmaker.meetings.models.events import Event
from matchmaker.meetings.models.people import Participant
from matchmaker.organisations.models import Kind


class NewcomerState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class Newcomer(Identified, Created, Base):
    """A registration for one event by somebody without an account; a coordinator approves it, or declines with a reason.

    Name and address are kept only while it waits: then they are the participant's, or nobody's.
    """

    __tablename__ = "event_newcomers"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'approved', 'declined')", name="state"),)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Kind] = mapped_column(String(20))
    organisation_name: Mapped[str] = mapped_column(String(200))
    department: Mapped[str] = mapped_column(String(120), default="")
    org_number: Mapped[str] = mapped_column(String(9), default="")
    municipality_number: Mapped[str] = mapped_column(String(4), default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    words: Mapped[str] = mapped_column(Text, comment="what they need or offer")
    locale: Mapped[str] = mapped_column(String(5), default="nb", comment="of the page it was written on")
    state: Mapped[NewcomerState] = mapped_column(String(10), default=NewcomerState.WAITING)
    reason: Mapped[str] = mapped_column(Text, default="", comment="why it was declined")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("event_participants.id", ondelete="SET NULL"))
    event: Mapped[Event] = relationship()
    participant: Mapped[Participant | None] = relationship()

    @property
    def display_name(self) -> str:
        return f"{self.organisation_name}, {self.department}" if self.department else self.organisation_name
