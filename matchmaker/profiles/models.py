"""A profile and the references that prove it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.database import Base, Created, Identified, Moment, Tags, Versioned
from matchmaker.core.imports import Import
from matchmaker.organisations.models import Organisation


class Profile(Identified, Created, Versioned, Base):
    """What one organisation offers. Listed (matched, searched, shown) only while `consent_at` is set and `hidden_at` is not."""

    __tablename__ = "profiles"
    __table_args__ = (CheckConstraint("maturity IS NULL OR maturity BETWEEN 1 AND 9", name="maturity"),)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    summary: Mapped[str] = mapped_column(Text, default="", comment="what it does and for whom")
    problem: Mapped[str] = mapped_column(Text, default="", comment="the problem it solves")
    how: Mapped[str] = mapped_column(Text, default="", comment="how it works")
    maturity: Mapped[int | None] = mapped_column(comment="technology readiness level 1-9")
    themes: Mapped[list[str]] = mapped_column(Tags, default=list)
    sdgs: Mapped[list[str]] = mapped_column(Tags, default=list)
    places: Mapped[list[str]] = mapped_column(Tags, default=list, comment="county or municipality numbers served; empty is everywhere")
    languages: Mapped[list[str]] = mapped_column(Tags, default=list)
    capacity: Mapped[int | None] = mapped_column(comment="new pilots it can take on now")
    links: Mapped[list[str]] = mapped_column(Tags, default=list)
    location: Mapped[str] = mapped_column(String(200), default="")
    logo: Mapped[str] = mapped_column(String(100), default="", comment="file name in the upload folder")
    language: Mapped[str] = mapped_column(String(2), default="nb")
    consent_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    import_id: Mapped[int | None] = mapped_column(ForeignKey(Import.id, ondelete="SET NULL"), index=True)
    import_key: Mapped[str] = mapped_column(String(64), default="", index=True)
    source: Mapped[str] = mapped_column(Text, default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    organisation: Mapped[Organisation] = relationship(lazy="joined")
    references: Mapped[list["Reference"]] = relationship(back_populates="profile", cascade="all, delete-orphan", order_by="Reference.position", lazy="selectin")
    __mapper_args__ = {"version_id_col": Versioned.version}

    @property
    def listed(self) -> bool:
        return self.consent_at is not None and self.hidden_at is None


class Reference(Identified, Base):
    """Who used it, when, with what result. Verified when it points at a pilot in this system (or a coordinator has checked the source)."""

    __tablename__ = "profile_references"
    profile_id: Mapped[int] = mapped_column(ForeignKey("profiles.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    customer: Mapped[str] = mapped_column(String(200))
    period: Mapped[str] = mapped_column(String(60), default="")
    result: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(String(300), default="")
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    profile: Mapped[Profile] = relationship(back_populates="references")
