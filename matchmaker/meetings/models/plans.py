"""Plans with their meetings, and the computations that made them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.database import Base, Created, Identified, Moment, Versioned
from matchmaker.meetings.models.events import Event
from matchmaker.meetings.states import PlanState, RunState


class Plan(Identified, Created, Versioned, Base):
    """A version of an event's plan. One draft at a time; what is published keeps its meetings as they were, and changes go to the next draft.

    `findings`: what the computation found (see `bridge.findings`). `before`: the draft's steps back (see `steps`), for undo.
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
        return f"{self.id}.{self.version}.{self.created_at:%H%M%S%f}"  # a number may come again once a draft is discarded


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
