"""A challenge, its requirements, its history and the public questions about it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.challenges.states import State
from matchmaker.core.clock import now
from matchmaker.core.database import Base, Created, Identified, Moment, Tags, Versioned
from matchmaker.core.imports import Import
from matchmaker.core.pieces import keep_pieces
from matchmaker.organisations.models import Organisation


class Challenge(Identified, Created, Versioned, Base):
    """A need in the municipality's own words. `state` follows the newest `Transition`; times are facts of the acts that made it.

    `published_at` is None before publishing and again when a withdrawn challenge is reopened as a draft. An essential requirement
    stands before a nice-to-have one, each kind in the order written.
    """

    __tablename__ = "challenges"
    __table_args__ = (
        CheckConstraint("budget_from IS NULL OR budget_to IS NULL OR budget_from <= budget_to", name="budget_order"),
        Index("ix_challenges_state_published", "state", "published_at"),
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    state: Mapped[State] = mapped_column(String(20), default=State.DRAFT)
    title: Mapped[str] = mapped_column(String(200), default="")
    need: Mapped[str] = mapped_column(Text, default="")
    situation: Mapped[str] = mapped_column(Text, default="")
    effect: Mapped[str] = mapped_column(Text, default="")
    affected: Mapped[str] = mapped_column(Text, default="")
    test_places: Mapped[str] = mapped_column(Text, default="")
    test_from: Mapped[date | None] = mapped_column(Date)
    test_to: Mapped[date | None] = mapped_column(Date)
    contribution: Mapped[str] = mapped_column(Text, default="", comment="what the municipality offers: staff, data, sites")
    themes: Mapped[list[str]] = mapped_column(Tags, default=list)
    sdgs: Mapped[list[str]] = mapped_column(Tags, default=list)
    maturity_wanted: Mapped[int | None] = mapped_column(comment="lowest technology readiness level wanted, 1-9")
    budget_from: Mapped[int | None] = mapped_column(comment="NOK")
    budget_to: Mapped[int | None] = mapped_column(comment="NOK")
    questions_due: Mapped[date | None] = mapped_column(Date)
    answers_due: Mapped[date | None] = mapped_column(Date, index=True)
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2), default="nb")
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    creation_key: Mapped[str | None] = mapped_column(String(80), unique=True, comment="person and form that made it; a second submission finds the first")
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id", ondelete="SET NULL"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey(Import.id, ondelete="SET NULL"), index=True)
    import_key: Mapped[str] = mapped_column(String(64), default="", index=True)
    source: Mapped[str] = mapped_column(Text, default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    organisation: Mapped[Organisation] = relationship(lazy="joined")
    requirements: Mapped[list["Requirement"]] = relationship(
        back_populates="challenge", cascade="all, delete-orphan", order_by="Requirement.position", lazy="selectin"
    )
    __mapper_args__ = {"version_id_col": Versioned.version}


keep_pieces(Challenge, "title", "need", "situation", "effect")


class Requirement(Identified, Base):
    __tablename__ = "requirements"
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(String(500))
    essential: Mapped[bool] = mapped_column(default=True)
    challenge: Mapped[Challenge] = relationship(back_populates="requirements")


class Revision(Identified, Base):
    """What a published challenge said before an edit."""

    __tablename__ = "challenge_revisions"
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[User | None] = relationship()


class Transition(Identified, Base):
    """One step between states: who, when, and why where it ends something."""

    __tablename__ = "challenge_transitions"
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id", ondelete="CASCADE"), index=True)
    before: Mapped[State] = mapped_column(String(20))
    after: Mapped[State] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[User | None] = relationship()


class Question(Identified, Created, Base):
    """A public question; who asked is kept for the answer's letter and shown to nobody else."""

    __tablename__ = "questions"
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id", ondelete="CASCADE"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    challenge: Mapped[Challenge] = relationship()
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])

    @property
    def answered(self) -> bool:
        return self.answered_at is not None
