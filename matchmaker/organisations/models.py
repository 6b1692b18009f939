"""Organisations, memberships, invitations and requests to join."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from matchmaker.accounts.models import User
from matchmaker.core.database import Base, Created, Identified, Moment, Versioned
from matchmaker.core.pieces import keep_pieces


class Kind(StrEnum):
    MUNICIPALITY = "municipality"
    STARTUP = "startup"
    CLUSTER_PARTNER = "cluster_partner"
    CLUSTER = "cluster"


class Role(StrEnum):
    DEPARTMENT = "department"
    COMPANY = "company"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Organisation(Identified, Created, Versioned, Base):
    """A municipal department is an organisation of kind municipality with `department` filled in; departments of one municipality share its number."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("name", "department", "kind"),)
    name: Mapped[str] = mapped_column(String(200), index=True)
    department: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[Kind] = mapped_column(String(20), index=True)
    org_number: Mapped[str] = mapped_column(String(9), default="", index=True)
    municipality_number: Mapped[str] = mapped_column(String(4), default="", index=True)
    website: Mapped[str] = mapped_column(String(300), default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation", cascade="all, delete-orphan", order_by="Membership.id")
    __mapper_args__ = {"version_id_col": Versioned.version}

    @property
    def display_name(self) -> str:
        return shown_as(self.name, self.department)


def shown_as(name: str, department: str) -> str:
    """What an organisation is called on pages and in letters."""
    return f"{name}, {department}" if department else name


keep_pieces(Organisation, "name", "department", "org_number")


class Membership(Identified, Created, Base):
    """What a person is in an organisation. Ended, never deleted."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id", "role"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(String(20))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    user: Mapped[User] = relationship(backref=backref("memberships", lazy="selectin", cascade="all, delete-orphan", order_by="Membership.id"))
    organisation: Mapped[Organisation] = relationship(lazy="joined", back_populates="memberships")


class Invitation(Identified, Created, Base):
    """A link that lets one e-mail address join one organisation. Only the token's hash is kept."""

    __tablename__ = "invitations"
    email: Mapped[str] = mapped_column(String(254), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Registration(Identified, Created, Base):
    """An open registration: a person asks to join, for an organisation that may be new; a coordinator approves or declines with a reason."""

    __tablename__ = "registrations"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'approved', 'declined')", name="state"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Kind] = mapped_column(String(20))
    organisation_name: Mapped[str] = mapped_column(String(200))
    department: Mapped[str] = mapped_column(String(120), default="")
    org_number: Mapped[str] = mapped_column(String(9), default="")
    municipality_number: Mapped[str] = mapped_column(String(4), default="")
    message: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="waiting", index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(Text, default="")
    user: Mapped[User] = relationship(foreign_keys=[user_id])
