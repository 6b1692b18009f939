"""The audit log: what is asked for, and the names of what its entries mention."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.challenges.models import Challenge, Question
from matchmaker.core.audit import AuditEntry
from matchmaker.core.clock import OSLO
from matchmaker.core.database import db
from matchmaker.core.imports import Import
from matchmaker.core.letters import holds_text
from matchmaker.core.mail import Letter
from matchmaker.core.queue import Job
from matchmaker.core.texts import clean_line
from matchmaker.matches.models import Interest, Introduction, Recommendation
from matchmaker.meetings.models import Event
from matchmaker.organisations.models import Invitation, Membership, Organisation, Registration
from matchmaker.profiles.models import Profile
from matchmaker.web import work_words

LONGEST_NAME = 80


@dataclass(frozen=True)
class Wanted:
    """What the reader filters by; '' where nothing is said. Days are YYYY-MM-DD as people in Norway count them; nonsense counts as none."""

    action: str = ""
    person: str = ""
    organisation: str = ""
    since: str = ""
    until: str = ""


def wanted_of(arguments: Mapping[str, str]) -> Wanted:
    return Wanted(**{name: clean_line(arguments.get(name))[:200] for name in Wanted.__dataclass_fields__})


def actions() -> list[str]:
    """The acts the log holds, by their short names."""
    return list(db.session.scalars(select(AuditEntry.action).distinct()))


def entries(wanted: Wanted) -> Select:
    """Log entries, newest first: by when it happened, which for what was carried in from elsewhere is not when it was written down."""
    statement = select(AuditEntry).order_by(AuditEntry.created_at.desc(), AuditEntry.id.desc())
    if wanted.action:
        statement = statement.where(AuditEntry.action == wanted.action)
    if wanted.person:
        statement = statement.where(_about_people(select(User.id).where(_holds(wanted.person, User.stored_name, User.email))))
    if wanted.organisation:
        statement = statement.where(_about(select(Organisation.id).where(_holds(wanted.organisation, Organisation.name, Organisation.department))))
    if (start := _midnight(wanted.since)) is not None:
        statement = statement.where(AuditEntry.created_at >= start)
    if (end := _midnight(wanted.until, days=1)) is not None:
        statement = statement.where(AuditEntry.created_at < end)
    return statement


def _holds(text: str, *columns):
    return or_(*(holds_text(column, text) for column in columns))


def _about_people(people: Select):
    """Done by one of them, or to their account."""
    return or_(AuditEntry.user_id.in_(people), _subject("user", people))


def _about(organisations: Select):
    """Done on behalf of one of them, by one of their members, or to what is theirs."""
    members = select(Membership.user_id).where(Membership.organisation_id.in_(organisations))
    owned: dict[str, Any] = {"challenge": Challenge, "profile": Profile, "membership": Membership, "invitation": Invitation}
    theirs = (_subject(kind, select(model.id).where(model.organisation_id.in_(organisations))) for kind, model in owned.items())
    return or_(AuditEntry.on_behalf_of.in_(organisations), AuditEntry.user_id.in_(members), _subject("organisation", organisations), *theirs)


def _subject(kind: str, numbers: Select):
    return and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_(numbers))


def _midnight(text: str, *, days: int = 0) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=days), time(), OSLO).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _pair(each: Introduction | Interest | Recommendation) -> str:
    return f"{each.challenge.title} – {each.profile.name}"


Thing = tuple[str, str]
"""(name, address), the address '' where there is no page."""

KINDS: dict[str, tuple[Any, Callable[[Any], Thing], tuple]] = {
    "challenge": (Challenge, lambda each: (each.title or _("Uten tittel"), url_for("challenges.show", challenge_id=each.id)), ()),
    "question": (Question, lambda each: (each.text, url_for("challenges.show", challenge_id=each.challenge_id, _anchor=f"sporsmal-{each.id}")), ()),
    "profile": (Profile, lambda each: (each.name, url_for("profiles.show", profile_id=each.id)), ()),
    "introduction": (
        Introduction,
        lambda each: (_pair(each), url_for("matches.introduction", introduction_id=each.id)),
        (joinedload(Introduction.challenge), joinedload(Introduction.profile)),
    ),
    "interest": (
        Interest,
        lambda each: (_pair(each), url_for("matches.interest", interest_id=each.id)),
        (joinedload(Interest.challenge), joinedload(Interest.profile)),
    ),
    "recommendation": (
        Recommendation,
        lambda each: (_pair(each), url_for("matches.suggestions", challenge_id=each.challenge_id)),
        (joinedload(Recommendation.challenge), joinedload(Recommendation.profile)),
    ),
    "event": (Event, lambda each: (each.title, url_for("meetings.show", event_id=each.id)), ()),
    "organisation": (Organisation, lambda each: (each.display_name, url_for("organisations.show", organisation_id=each.id)), ()),
    "user": (User, lambda each: (each.name, "" if each.deleted_at else url_for("organisations.person", user_id=each.id)), ()),
    "membership": (
        Membership,
        lambda each: (f"{each.user.name}, {each.organisation.display_name}", url_for("organisations.show", organisation_id=each.organisation_id)),
        (joinedload(Membership.user),),
    ),
    "invitation": (
        Invitation,
        lambda each: (f"{each.email}, {each.organisation.display_name}", url_for("organisations.show", organisation_id=each.organisation_id)),
        (),
    ),
    "registration": (Registration, lambda each: (each.organisation_name, url_for("organisations.registration", registration_id=each.id)), ()),
    "letter": (Letter, lambda each: (each.subject, url_for("organisations.letter", letter_id=each.id)), ()),
    "job": (Job, lambda each: (work_words.kind(each.kind), url_for("web.work")), ()),
    "import": (Import, lambda each: (each.file_name, url_for("web.show_import", import_id=each.id)), ()),
}


class Names:
    """Names and addresses of rows by kind and number, in one query a kind."""

    def __init__(self, numbers: Mapping[str, set[int]]):
        self.things = {kind: self._read(kind, wanted - {0}) for kind, wanted in numbers.items() if kind in KINDS and wanted - {0}}

    @classmethod
    def of(cls, found: Iterable[AuditEntry]) -> "Names":
        """Everything the entries mention."""
        numbers: dict[str, set[int]] = defaultdict(set)
        for entry in found:
            numbers["user"].add(entry.user_id or 0)
            numbers["organisation"].add(entry.on_behalf_of or 0)
            numbers[entry.subject_kind].add(entry.subject_id or 0)
            for key, kind in (("person", "user"), ("profile", "profile"), ("copied_from", "challenge")):
                if isinstance(number := entry.detail.get(key), int):
                    numbers[kind].add(number)
        return cls(numbers)

    @staticmethod
    def _read(kind: str, numbers: set[int]) -> dict[int, Thing]:
        model, thing, options = KINDS[kind]
        rows = db.session.scalars(select(model).where(model.id.in_(numbers)).options(*options)).unique()
        return {each.id: thing(each) for each in rows}

    def thing(self, kind: str, number: int | None) -> Thing | None:
        """None when there is no such row any longer."""
        found = self.things.get(kind, {}).get(number or 0)
        return (_short(found[0]), found[1]) if found else None

    def name(self, kind: str, number: Any) -> str:
        found = self.thing(kind, number)
        return found[0] if found else f"{number}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rstrip()} …"
