"""What the demo consists of: organisations, profiles, people and needs, carried from the files in `data/demo` through the areas' own verbs."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from matchmaker.accounts import passwords
from matchmaker.accounts.models import User
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.services import create_challenge, publish_challenge
from matchmaker.core import audit, clock
from matchmaker.core.database import db
from matchmaker.core.events import announce
from matchmaker.core.reference import municipalities
from matchmaker.organisations.models import Kind, Organisation, Role
from matchmaker.organisations.services import add_member, create_organisation
from matchmaker.profiles.content import ProfileContent, ReferenceContent
from matchmaker.profiles.events import ProfilesListed
from matchmaker.profiles.models import Profile
from matchmaker.profiles.services import create_profile

DATA = Path(__file__).parent / "data" / "demo"
PASSWORD = "prøvekjøring-2026"  # noqa: S105 - printed on purpose: anybody may try the demo
DOMAIN = "demo.matchmaker.example"
INVENTED = "Oppdiktet for demoen."
OPEN_SINCE = 400
"""Days since the demo's organisations and people came."""


@dataclass
class Made:
    """What has been loaded, by the keys of the files. `start` is the present that days are counted back from."""

    start: datetime
    organisations: dict[str, Organisation] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)

    def go_back(self, days: float) -> None:
        """Let the clock stand as many days before the present."""
        clock.fix(self.start - timedelta(days=days))

    def day(self, days: int | None) -> date | None:
        """The date so many days from the present; None for None."""
        return None if days is None else (self.start.astimezone(clock.OSLO) + timedelta(days=days)).date()


@cache
def rows(name: str) -> list[dict[str, Any]]:
    """Every row of `name.json` and of the files `name-….json`, in the order of the file names."""
    files = sorted(path for path in DATA.glob(f"{name}*.json") if path.stem == name or path.stem.startswith(f"{name}-"))
    return [row for path in files for row in json.loads(path.read_text(encoding="utf-8"))]


def address(key: str) -> str:
    """The e-mail address of a demo account, in a domain that can never be anybody's (RFC 2606)."""
    return f"{key}@{DOMAIN}"


def add_organisations(made: Made) -> None:
    """Departments and clusters; companies come with their profiles."""
    made.go_back(OPEN_SINCE)
    for row in rows("organisations"):
        values = {name: row[name] for name in ("name", "department", "municipality_number")}
        made.organisations[row["key"]] = create_organisation(kind=Kind(row["kind"]), is_demo=True, **values)


def add_profiles(made: Made) -> None:
    """Companies and what they offer; all but the two real ones are marked as invented.

    Listed and announced together, since one reading of many texts is quicker than many readings.
    """
    homes = {each.name: each.number for each in municipalities().values()}
    for position, row in enumerate(rows("profiles")):
        made.go_back(_age(position))
        home, invented = homes.get(row["location"], ""), not row.get("real")
        company = create_organisation(name=row["name"], kind=Kind(row["kind"]), municipality_number=home, website=row["link"], is_demo=invented)
        profile = create_profile(organisation=company, content=_profile_content(row), by=None)
        profile.is_demo, profile.source, profile.consent_at = invented, row.get("source", INVENTED), clock.now()
        made.go_back(min(_age(position), 3 + position * 17 % 150))
        profile.confirmed_at = clock.now() if invented else None
        made.organisations[row["key"]], made.profiles[row["key"]] = company, profile
    db.session.flush()
    clock.fix(made.start)
    announce(ProfilesListed(tuple(profile.id for profile in made.profiles.values())))


def _age(position: int) -> int:
    """Days since a profile came: spread over most of a year, every twelfth within the last week."""
    return 2 + position % 5 if position % 12 == 7 else 20 + position * 29 % 300


def _profile_content(row: dict[str, Any]) -> ProfileContent:
    same = ("name", "summary", "problem", "how", "maturity", "themes", "sdgs", "places", "languages", "capacity", "location", "language")
    references = tuple(ReferenceContent(*reference) for reference in row["references"])
    return ProfileContent(**{name: row[name] for name in same}, links=[row["link"]] if row["link"] else [], references=references)


def add_accounts(made: Made) -> None:
    """One person for each way of using the service, all with the same password and marked so that one press signs in."""
    made.go_back(OPEN_SINCE)
    shared = passwords.hashed(PASSWORD)  # once: hashing is slow by design, and this password is printed on the screen
    for row in rows("accounts"):
        person = User(email=address(row["key"]), name=row["name"], password_hash=shared, locale=row["locale"], email_confirmed_at=clock.now(), is_demo=True)
        db.session.add(person)
        audit.record("account created", subject=person)
        for key, role in row["memberships"]:
            add_member(user=person, organisation=made.organisations[key], role=Role(role))
        made.people[row["key"]] = person


def add_challenges(made: Made) -> None:
    """The needs, oldest first, each published on its day unless it is a draft."""
    for row in sorted(rows("needs"), key=lambda row: -row["published_days_ago"]):
        made.go_back(row["published_days_ago"] + 2)
        organisation, by = made.organisations[row["organisation"]], made.people.get(row["by"])
        content, source = _challenge_content(made, row), row.get("source", INVENTED)
        challenge = create_challenge(organisation=organisation, by=by, content=content, source=source, is_demo=True)
        db.session.flush()
        if row.get("state") != "draft":
            made.go_back(row["published_days_ago"])
            publish_challenge(challenge=challenge, by=by)
        made.challenges[row["key"]] = challenge


def _challenge_content(made: Made, row: dict[str, Any]) -> dict[str, Any]:
    same = ("title", "need", "situation", "effect", "affected", "test_places", "contribution", "themes", "sdgs", "language")
    content = {name: row[name] for name in same} | {name: row.get(name) for name in ("maturity_wanted", "budget_from", "budget_to")}
    begins = row.get("test_in_days")
    return content | {
        "requirements": [tuple(each) for each in row["requirements"]],
        "test_from": made.day(begins),
        "test_to": made.day(begins + row["test_for_days"]) if begins else None,
        "questions_due": made.day(row.get("questions_in_days")),
        "answers_due": made.day(row.get("answers_in_days")),
        "contact_name": made.people[row["by"]].name if row["by"] else "Demo-kontakt",
        "contact_email": address(row["by"] or "kontakt"),
    }
