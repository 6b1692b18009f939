"""A profile and the references that prove it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.database import Base, Created, Identified, Moment, Tags, Versioned
from matchmaker.core.imports import Import
from matchmaker.core.pieces import keep_pieces
from matchmaker.organisations.models import Organisation


class Profile(Identified, Created, Versioned, Base):
    """What one organisation offers. Listed (matched, searched, shown) only while `consent_at` is set and `hidden_at` is not."""

    __tablename__ = "profiles"
    __table_args__ = (
        CheckConstraint("maturity IS NULL OR maturity BETWEEN 1 AND 9", name="maturity"),
        Index("ix_profiles_listed", "hidden_at", "consent_at", "import_id"),
    )
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
    keywords: Mapped[list[str]] = mapped_column(Tags, default=list, comment="the owner's own words for the trade, searched but not matched")
    location: Mapped[str] = mapped_column(String(500), default="")
    logo: Mapped[str] = mapped_column(String(100), default="", comment="file name in the upload folder")
    language: Mapped[str] = mapped_column(String(2), default="nb")
    consent_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment, comment="when the owners were last asked to confirm")
    search_text: Mapped[str] = mapped_column(Text, default="", comment="what people search in, folded; kept by `folded`")
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


keep_pieces(Profile, "search_text")


def folded(*, name: str, summary: str = "", problem: str = "", how: str = "", location: str = "", keywords: Iterable[str] = (), **_rest) -> str:
    """What a search looks in: the words in one case, so that every database finds Å when å is typed."""
    return "\n".join(part for part in (name, summary, problem, how, location, *keywords) if part).casefold()


@event.listens_for(Profile, "before_insert")
@event.listens_for(Profile, "before_update")
def _keep_search_text(mapper, connection, profile: Profile) -> None:
    parts = {name: getattr(profile, name) or "" for name in ("name", "summary", "problem", "how", "location")}
    profile.search_text = folded(**parts, keywords=profile.keywords or ())


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
