"""Who takes part, when, and what each wishes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.challenges import rules
from matchmaker.challenges.models import Challenge
from matchmaker.core.database import Base, Created, Identified, Moment
from matchmaker.meetings.models.events import Event
from matchmaker.meetings.states import Answer, Level, Side
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.models import Profile


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
    answer: Mapped[Answer] = mapped_column(String(10), default=Answer.NONE, comment="to the invitation; who has declined is in no plan")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    arrived_at: Mapped[datetime | None] = mapped_column(Moment, comment="the first of its people was there")
    gone_from: Mapped[datetime | None] = mapped_column(Moment, comment="not there in any slot that ends after this: did not come, or has left")
    event: Mapped[Event] = relationship(back_populates="participants")
    challenge: Mapped[Challenge | None] = relationship()
    profile: Mapped[Profile | None] = relationship()
    absences: Mapped[list["Absence"]] = relationship(cascade="all, delete-orphan", order_by="Absence.slot_id")
    representatives: Mapped[list["Representative"]] = relationship(back_populates="participant", cascade="all, delete-orphan", order_by="Representative.id")

    @property
    def organisation(self) -> Organisation:
        """Whose it is."""
        owner = self.challenge or self.profile
        assert owner is not None  # the constraint "side" says so
        return owner.organisation

    @property
    def is_public(self) -> bool:
        """Others can open its own page in the service: the challenge is or was published, or the profile is listed."""
        return self.profile.listed if self.profile else self.challenge is not None and rules.is_public(self.challenge)

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
    """A person who comes, or a substitute who steps in for one that cannot; a name, an address for the programme, or both.

    A participant meets while at least one of its people can; see `rules.away`.
    """

    __tablename__ = "event_representatives"
    __table_args__ = (CheckConstraint("name <> '' OR email <> ''", name="somebody"),)
    participant_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    substitute: Mapped[bool] = mapped_column(default=False, comment="comes only where another cannot")
    arrived_at: Mapped[datetime | None] = mapped_column(Moment)
    participant: Mapped[Participant] = relationship(back_populates="representatives")
    absences: Mapped[list["RepresentativeAbsence"]] = relationship(cascade="all, delete-orphan", order_by="RepresentativeAbsence.slot_id")


class RepresentativeAbsence(Base):
    """A slot in which one person cannot come."""

    __tablename__ = "event_representative_absences"
    representative_id: Mapped[int] = mapped_column(ForeignKey("event_representatives.id", ondelete="CASCADE"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"), primary_key=True, index=True)


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
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), comment="a coordinator who sits in: a meeting of three")
    companion: Mapped[User | None] = relationship(foreign_keys=[companion_id])
    need: Mapped[Participant] = relationship(foreign_keys=[need_id])
    offer: Mapped[Participant] = relationship(foreign_keys=[offer_id])


class CompanionTold(Base):
    """A meeting that a coordinator who sits in was told of, with when and where it was last to be; kept when it falls away, since the calendar's
    SEQUENCE goes on from there if it comes back.
    """

    __tablename__ = "event_companions_told"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), primary_key=True, index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("event_participants.id", ondelete="CASCADE"), primary_key=True, index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("event_slots.id", ondelete="CASCADE"), index=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("event_tables.id", ondelete="CASCADE"), index=True)
    sequence: Mapped[int] = mapped_column(default=0, server_default="0", comment="how often it was changed: of the calendar entry")
    cancelled: Mapped[bool] = mapped_column(default=False, server_default=false(), comment="last told that it has fallen away")
