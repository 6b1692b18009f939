"""Events with their slots and tables, participants, wishes, plans with their meetings, and the computations that made them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import Base, Created, Identified, Moment, Versioned
from matchmaker.meetings.states import Level, PlanState, RunState, Side
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.models import Profile


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
    wishes_due: Mapped[date] = mapped_column(Date)
    need_least: Mapped[int] = mapped_column(default=1, comment="meetings a department has at least, where nothing else is said")
    need_most: Mapped[int] = mapped_column(default=6)
    offer_least: Mapped[int] = mapped_column(default=1)
    offer_most: Mapped[int] = mapped_column(default=6)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    creation_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment="person and form that made it; a second submission finds the first")
    is_demo: Mapped[bool] = mapped_column(default=False)
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
    event: Mapped[Event] = relationship(back_populates="tables")


class Participant(Identified, Created, Base):
    """One side of meetings: a department with one of its challenges, or a company with its profile. Two challenges of one department are two participants."""

    __tablename__ = "event_participants"
    __table_args__ = (
        UniqueConstraint("event_id", "challenge_id"),
        UniqueConstraint("event_id", "profile_id"),
        CheckConstraint("(challenge_id IS NULL) = (side = 'offer') AND (profile_id IS NULL) = (side = 'need')", name="side"),
        CheckConstraint("least >= 0 AND least <= most", name="limits"),
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    side: Mapped[Side] = mapped_column(String(10))
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"), index=True)
    profile_id: Mapped[int | None] = mapped_column(ForeignKey("profiles.id"), index=True)
    least: Mapped[int]
    most: Mapped[int]
    event: Mapped[Event] = relationship(back_populates="participants")
    challenge: Mapped[Challenge | None] = relationship()
    profile: Mapped[Profile | None] = relationship()
    absences: Mapped[list["Absence"]] = relationship(cascade="all, delete-orphan")
    representatives: Mapped[list["Representative"]] = relationship(back_populates="participant", cascade="all, delete-orphan", order_by="Representative.id")

    @property
    def organisation(self) -> Organisation:
        """Whose it is."""
        owner = self.challenge or self.profile
        assert owner is not None  # the constraint "side" says so
        return owner.organisation

    @property
    def name(self) -> str:
        """As it is called at the tables: the department, or the company."""
        return self.profile.name if self.profile else self.organisation.display_name


class Absence(Base):
    """A slot in which a participant cannot come."""

    __tablename__ = "event_absences"
    participant_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"), primary_key=True, index=True)


class Representative(Identified, Base):
    """A person who comes; a name, an address for the programme, or both."""

    __tablename__ = "event_representatives"
    __table_args__ = (CheckConstraint("name <> '' OR email <> ''", name="somebody"),)
    participant_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    participant: Mapped[Participant] = relationship(back_populates="representatives")


class Wish(Identified, Created, Base):
    """What one side, or a coordinator, says of a pair. "no" is private: the other side never sees it; a coordinator's "no" forbids the pair."""

    __tablename__ = "event_wishes"
    __table_args__ = (UniqueConstraint("need_id", "offer_id", "side"),)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), index=True)
    side: Mapped[Side] = mapped_column(String(12))
    level: Mapped[Level] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    need: Mapped[Participant] = relationship(foreign_keys=[need_id])
    offer: Mapped[Participant] = relationship(foreign_keys=[offer_id])


class Plan(Identified, Created, Versioned, Base):
    """A version of an event's plan. One draft at a time; what is published keeps its meetings as they were, and changes go to the next draft.

    `findings`: what the computation found (see `bridge.findings`). `before`: the draft's meetings before the last change, for undo.
    """

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        Index("uq_plans_draft", "event_id", unique=True, sqlite_where=text("state = 'draft'"), postgresql_where=text("state = 'draft'")),
        Index("uq_plans_published", "event_id", unique=True, sqlite_where=text("state = 'published'"), postgresql_where=text("state = 'published'")),
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    state: Mapped[PlanState] = mapped_column(String(12), default=PlanState.DRAFT)
    findings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    before: Mapped[list[Any] | None] = mapped_column(JSON)
    by_hand: Mapped[bool] = mapped_column(default=False, comment="changed by somebody since it was computed")
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    event: Mapped[Event] = relationship(back_populates="plans")
    meetings: Mapped[list["Meeting"]] = relationship(back_populates="plan", cascade="all, delete-orphan", order_by="Meeting.id")
    __mapper_args__ = {"version_id_col": Versioned.version}

    @property
    def mark(self) -> str:
        """Which version of which plan a page was made of; its forms carry it, and what was meant for another is refused."""
        return f"{self.id}.{self.version}"


class Meeting(Identified, Base):
    """Who meets, when and where. Nobody meets twice at once, no table holds two, no pair meets twice."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("plan_id", "need_id", "offer_id"),
        UniqueConstraint("plan_id", "slot_id", "table_id"),
        UniqueConstraint("plan_id", "slot_id", "need_id"),
        UniqueConstraint("plan_id", "slot_id", "offer_id"),
    )
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), index=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("event_slots.id"), index=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("event_tables.id"), index=True)
    locked: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[Plan] = relationship(back_populates="meetings")

    def other_than(self, participant_id: int) -> int | None:
        """Whom a participant meets here; None for one who is not in the meeting."""
        return {self.need_id: self.offer_id, self.offer_id: self.need_id}.get(participant_id)


class PlanRun(Identified, Created, Base):
    """One computation of a plan, while it goes on and afterwards. `progress`: what is reached so far; `faults`: why its plan was not kept."""

    __tablename__ = "plan_runs"
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    state: Mapped[RunState] = mapped_column(String(12), default=RunState.WAITING, index=True)
    anew: Mapped[bool] = mapped_column(default=False, comment="without keeping anything but locked meetings")
    stop_asked_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    progress: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    faults: Mapped[list[Any]] = mapped_column(JSON, default=list)
    event: Mapped[Event] = relationship(back_populates="runs")
