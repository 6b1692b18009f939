"""Runs and suggestions as computed; shortlists, dismissals, recommendations, introductions, interests and feedback as people made them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.challenges.models import Challenge
from matchmaker.core.clock import now
from matchmaker.core.database import Base, Created, Identified, Moment, Versioned
from matchmaker.matches.states import Band, InterestState, IntroductionState
from matchmaker.profiles.models import Profile

OPEN_INTRODUCTION = "state IN ('sent', 'accepted')"


class Pair:
    """Everything here is about one need and one ability."""

    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id", ondelete="CASCADE"), index=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"), index=True)


class Run(Identified, Created, Base):
    """One computation: with what model and weights, over how many texts. Enough to compute it again to the same result."""

    __tablename__ = "runs"
    direction: Mapped[str] = mapped_column(String(20), comment="need_to_offers or offer_to_needs")
    subject_id: Mapped[int] = mapped_column(index=True)
    model: Mapped[str] = mapped_column(String(120))
    recipe: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    recipe_hash: Mapped[str] = mapped_column(String(64), default="")
    generation: Mapped[str] = mapped_column(String(64), default="", comment="the state of the index")
    compared: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)


class Suggestion(Identified, Created, Pair, Base):
    """The newest result for a pair. Stale as soon as either text's hash or the recipe is another; renewed by a job."""

    __tablename__ = "suggestions"
    __table_args__ = (
        UniqueConstraint("challenge_id", "profile_id"),
        Index("ix_suggestions_need_score", "challenge_id", "score"),
        Index("ix_suggestions_offer_score", "profile_id", "score"),
        Index("ix_suggestions_offer_band", "profile_id", "band"),
    )
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    rank: Mapped[int]
    score: Mapped[float]
    band: Mapped[Band] = mapped_column(String(10), index=True)
    parts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reasons: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    need_hash: Mapped[str] = mapped_column(String(64))
    offer_hash: Mapped[str] = mapped_column(String(64))
    stale_at: Mapped[datetime | None] = mapped_column(Moment)
    shown_at: Mapped[datetime | None] = mapped_column(Moment)
    run: Mapped[Run] = relationship()
    challenge: Mapped[Challenge] = relationship()
    profile: Mapped[Profile] = relationship()


class Shortlisting(Identified, Created, Pair, Base):
    """On the department's shortlist, with a note only that department and coordinators read."""

    __tablename__ = "shortlistings"
    __table_args__ = (UniqueConstraint("challenge_id", "profile_id"),)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(Text, default="")
    profile: Mapped[Profile] = relationship()


class Dismissal(Identified, Created, Pair, Base):
    """Not for us, with a reason. `side` says who dismissed: the need's owner or the company. Undone by deleting the row; the feedback stays."""

    __tablename__ = "dismissals"
    __table_args__ = (UniqueConstraint("challenge_id", "profile_id", "side"),)
    side: Mapped[str] = mapped_column(String(10), default="need")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(Text, default="")


class Recommendation(Identified, Created, Pair, Base):
    """A coordinator's own suggestion, shown as such."""

    __tablename__ = "recommendations"
    __table_args__ = (UniqueConstraint("challenge_id", "profile_id"),)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[User | None] = relationship()
    profile: Mapped[Profile] = relationship()
    challenge: Mapped[Challenge] = relationship()


class Introduction(Identified, Created, Pair, Base):
    """A message to the company and its answer. Nothing waits for ever: it expires at `expires_at`. One open introduction a pair."""

    __tablename__ = "introductions"
    __table_args__ = (
        Index(
            "uq_introductions_open", "challenge_id", "profile_id", unique=True, sqlite_where=text(OPEN_INTRODUCTION), postgresql_where=text(OPEN_INTRODUCTION)
        ),
    )
    state: Mapped[IntroductionState] = mapped_column(String(12), default=IntroductionState.SENT, index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    message: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    answered_on_behalf: Mapped[bool] = mapped_column(default=False, comment="a coordinator answered for the company")
    reason: Mapped[str] = mapped_column(Text, default="")
    need_read_at: Mapped[datetime | None] = mapped_column(Moment, comment="when the department last opened the thread")
    offer_read_at: Mapped[datetime | None] = mapped_column(Moment)
    need_noticed_at: Mapped[datetime | None] = mapped_column(Moment, comment="when the department last got a letter about something unread")
    offer_noticed_at: Mapped[datetime | None] = mapped_column(Moment)
    challenge: Mapped[Challenge] = relationship()
    profile: Mapped[Profile] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    messages: Mapped[list["Message"]] = relationship(back_populates="introduction", cascade="all, delete-orphan", order_by="Message.id")


class Message(Identified, Created, Base):
    """`side` says who wrote: need, offer, or coordinator, who writes to both."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_thread", "introduction_id", "created_at"),)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introductions.id", ondelete="CASCADE"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    side: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    introduction: Mapped[Introduction] = relationship(back_populates="messages")
    by: Mapped[User | None] = relationship()


class Interest(Identified, Created, Versioned, Pair, Base):
    """A company's idea sketch for a need: one page, and the written feedback it got."""

    __tablename__ = "interests"
    __table_args__ = (UniqueConstraint("challenge_id", "profile_id"),)
    state: Mapped[InterestState] = mapped_column(String(12), default=InterestState.DRAFT, index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    idea: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text, default="", comment="how it would be tried")
    needs_from_municipality: Mapped[str] = mapped_column(Text, default="")
    price: Mapped[str] = mapped_column(String(300), default="")
    on_behalf: Mapped[bool] = mapped_column(default=False, comment="a coordinator wrote it for the company")
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, comment="when the department was last reminded that it waits")
    feedback: Mapped[str] = mapped_column(Text, default="")
    feedback_at: Mapped[datetime | None] = mapped_column(Moment)
    feedback_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    challenge: Mapped[Challenge] = relationship()
    profile: Mapped[Profile] = relationship()
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])
    feedback_by: Mapped[User | None] = relationship(foreign_keys=[feedback_by_id])
    __mapper_args__ = {"version_id_col": Versioned.version}


class Feedback(Identified, Pair, Base):
    """Every act on a suggestion, kept for later learning; only ever added."""

    __tablename__ = "feedback"
    act: Mapped[str] = mapped_column(String(30), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    rank: Mapped[int | None]
    score: Mapped[float | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id", ondelete="SET NULL"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
