"""Events with their slots and tables."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.database import Base, Created, Identified, Moment, Versioned
from matchmaker.meetings.states import Side

if TYPE_CHECKING:
    from matchmaker.meetings.models.people import Participant
    from matchmaker.meetings.models.plans import Plan, PlanRun


class Event(Identified, Created, Versioned, Base):
    """A day or some days with one-to-one meetings. Times are stored in UTC and shown in `timezone`; the last day for wishes is a whole day there."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("need_least <= need_most AND offer_least <= offer_most AND need_least >= 0 AND offer_least >= 0", name="limits"),
    )
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Oslo")
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    registration_due: Mapped[date | None] = mapped_column(Date, comment="last whole day to register oneself; none where only coordinators add who comes")
    wishes_due: Mapped[date] = mapped_column(Date)
    capacity: Mapped[int | None] = mapped_column(comment="participants at most")
    language: Mapped[str] = mapped_column(String(5), default="nb", comment="of letters to those without an account, of signs and badges")
    staying: Mapped[Side] = mapped_column(String(10), default=Side.NEED, comment="the side that stays at its table where that costs nothing")
    unexpected_most: Mapped[int] = mapped_column(default=0, comment="meetings each gives to plausible pairs far from what either has met before")
    need_least: Mapped[int] = mapped_column(default=1, comment="meetings a department has at least, where nothing else is said")
    need_most: Mapped[int] = mapped_column(default=6)
    offer_least: Mapped[int] = mapped_column(default=1)
    offer_most: Mapped[int] = mapped_column(default=6)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    creation_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment="person and form that made it; a second submission finds the first")
    is_demo: Mapped[bool] = mapped_column(default=False)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, comment="when those without wishes were reminded of the deadline")
    slots: Mapped[list["Slot"]] = relationship(back_populates="event", cascade="all, delete-orphan", order_by="Slot.starts_at")
    tables: Mapped[list["Table"]] = relationship(back_populates="event", cascade="all, delete-orphan", order_by="Table.position")
    participants: Mapped[list["Participant"]] = relationship(back_populates="event", cascade="all, delete-orphan", order_by="Participant.id")
    plans: Mapped[list["Plan"]] = relationship(back_populates="event", cascade="all, delete-orphan", order_by="Plan.number")
    runs: Mapped[list["PlanRun"]] = relationship(back_populates="event", cascade="all, delete-orphan", order_by="PlanRun.id")
    __mapper_args__ = {"version_id_col": Versioned.version}

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Slot(Identified, Base):
    """A time in which every table can hold one meeting. Never changed, only added and removed, so that what was published stays true."""

    __tablename__ = "event_slots"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="order"), UniqueConstraint("event_id", "starts_at"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    event: Mapped[Event] = relationship(back_populates="slots")


class Table(Identified, Base):
    __tablename__ = "event_tables"
    __table_args__ = (UniqueConstraint("event_id", "name"),)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(80))
    closed_from: Mapped[datetime | None] = mapped_column(Moment, comment="holds nothing in slots that begin then or later")
    event: Mapped[Event] = relationship(back_populates="tables")

    def closed_in(self, slot: Slot) -> bool:
        return self.closed_from is not None and slot.starts_at >= self.closed_from
