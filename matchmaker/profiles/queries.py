"""The reads: one profile, the filtered list, the texts a matcher reads."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, Text, exists, func, or_, select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db, has_tag
from matchmaker.core.pieces import may_hold
from matchmaker.core.reference import MATURITY, counties, main_themes
from matchmaker.core.texts import clean_line
from matchmaker.organisations.models import Kind, Membership, Organisation
from matchmaker.organisations.rules import memberships
from matchmaker.profiles.content import LANGUAGES
from matchmaker.profiles.models import Profile, Reference

ASKED = ("q", "theme", "kind", "maturity", "county", "language", "capacity", "verified", "sort")
"""The query arguments that `wanted_of` reads."""
SORTS = ("confirmed", "name", "new")


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty means everything. `maturity` is the lowest level."""

    words: str = ""
    themes: tuple[str, ...] = ()
    kind: str = ""
    maturity: int | None = None
    county: str = ""
    language: str = ""
    capacity: bool = False
    verified: bool = False
    sort: str = "confirmed"
    terms: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", tuple(self.words.casefold().split())[:8])


def wanted_of(arguments) -> Wanted:
    """What the query arguments of an address ask for; nonsense counts as nothing. `arguments` is a MultiDict."""
    level, county, kind, language, sort = arguments.get("maturity", type=int), *(arguments.get(name, "") for name in ("county", "kind", "language", "sort"))
    return Wanted(
        words=clean_line(arguments.get("q"))[:200],
        themes=tuple(theme for theme in dict.fromkeys(arguments.getlist("theme")) if theme in main_themes()),
        kind=kind if kind in {Kind.STARTUP, Kind.CLUSTER_PARTNER} else "",
        maturity=level if level and level in MATURITY else None,
        county=county if county in counties() else "",
        language=language if language in LANGUAGES else "",
        capacity=arguments.get("capacity") == "1",
        verified=arguments.get("verified") == "1",
        sort=sort if sort in SORTS else SORTS[0],
    )


def find(profile_id: int) -> Profile | None:
    return db.session.get(Profile, profile_id)


def of_organisation(organisation: Organisation) -> Profile | None:
    return db.session.scalar(select(Profile).where(Profile.organisation_id == organisation.id))


def was_listed(profile: Profile) -> bool:
    """Somebody has consented to show it, or taken the consent back: the profile itself says only whether it is shown now."""
    said = AuditEntry.action.in_(("profile_consent_given", "profile_consent_withdrawn"))
    told = select(AuditEntry.id).where(said, AuditEntry.subject_kind == "profile", AuditEntry.subject_id == profile.id)
    return db.session.scalar(told.limit(1)) is not None


def listed() -> Select[Profile]:
    """Every profile people may see."""
    return select(Profile).where(Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))


def text_fields(profile: Profile) -> list[tuple[str, str]]:
    """(field, text) in the fixed order a matcher reads them; empty ones are left out. A reference counts by its result."""
    texts = [("summary", profile.summary), ("problem", profile.problem), ("how", profile.how)]
    texts += [(f"reference-{number}", reference.result) for number, reference in enumerate(profile.references)]
    return [(name, text) for name, text in texts if text]


def search(wanted: Wanted) -> Select[Profile]:
    """The listed profiles that meet all of it, sorted. A profile that names no place serves them all."""
    found = listed()
    may = may_hold(Profile.id, wanted.terms)
    if may is not None:
        found = found.where(may)
    for term in wanted.terms:
        found = found.where(Profile.search_text.contains(term, autoescape=True))
    if wanted.themes:
        found = found.where(or_(*(has_tag(Profile.themes, theme) for theme in wanted.themes)))
    if wanted.kind in {Kind.STARTUP, Kind.CLUSTER_PARTNER}:
        found = found.join(Profile.organisation).where(Organisation.kind == wanted.kind)
    if wanted.maturity:
        found = found.where(Profile.maturity >= wanted.maturity)
    if wanted.county:
        found = found.where(or_(_names_no_place(), _serves(wanted.county)))
    if wanted.language:
        found = found.where(has_tag(Profile.languages, wanted.language))
    if wanted.capacity:
        found = found.where(Profile.capacity > 0)
    if wanted.verified:
        found = found.where(exists().where(Reference.profile_id == Profile.id, Reference.verified_at.is_not(None)))
    return found.order_by(*_order(wanted.sort))


def _names_no_place():
    return _text(Profile.places) == ""


def _serves(county: str):
    """A municipality's number begins with its county's, so one pattern finds both."""
    return _text(Profile.places).like(f"%|{county}%")


def _text(column):
    return column.cast(Text)


def _order(sort: str):
    if sort == "name":
        return func.lower(Profile.name), Profile.id
    if sort == "new":
        return Profile.created_at.desc(), Profile.id.desc()
    return func.coalesce(Profile.confirmed_at, Profile.created_at).desc(), Profile.id.desc()


def may_be_made_for(user) -> list[Organisation]:
    """The person's own companies that have no profile yet."""
    mine = [each.organisation for each in memberships(user) if each.organisation.kind in {Kind.STARTUP, Kind.CLUSTER_PARTNER}]
    if not mine:
        return []
    taken = set(db.session.scalars(select(Profile.organisation_id).where(Profile.organisation_id.in_([each.id for each in mine]))))
    return [each for each in mine if each.id not in taken]


def mine(user) -> list[Profile]:
    """Profiles of the organisations the person belongs to."""
    ids = [each.organisation_id for each in memberships(user)]
    return list(db.session.scalars(select(Profile).where(Profile.organisation_id.in_(ids)).order_by(Profile.name))) if ids else []


def unconfirmed_since(moment: datetime, *, reminded_before: datetime, limit: int) -> list[Profile]:
    """Listed profiles nobody has confirmed since `moment` and whose owners have not been reminded since `reminded_before`."""
    stale = listed().where(
        func.coalesce(Profile.confirmed_at, Profile.created_at) < moment,
        or_(Profile.reminded_at.is_(None), Profile.reminded_at < reminded_before),
        exists().where(Membership.organisation_id == Profile.organisation_id, Membership.ended_at.is_(None)),
    )
    return list(db.session.scalars(stale.order_by(Profile.id).limit(limit)).unique())
