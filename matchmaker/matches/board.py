"""What the coordinator's board reads: open needs by the band of their best suggestion, white spots, what waits. A fixed number of queries."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload, lazyload, load_only

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import OPEN
from matchmaker.core.clock import now
from matchmaker.core.database import db, has_tag
from matchmaker.core.imports import Import
from matchmaker.core.mail import Letter
from matchmaker.core.paging import Page, url_with
from matchmaker.matches.models import Dismissal, Introduction, Run, Suggestion
from matchmaker.matches.states import Band, IntroductionState
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.models import Profile

COLUMNS = (Band.STRONG, Band.POSSIBLE, Band.STRETCH, Band.NONE)
GOOD = (Band.STRONG, Band.POSSIBLE)
TILES = 6
WAITED_TOO_LONG = timedelta(days=7)
WEEK = timedelta(days=7)
NEWEST = (Profile.consent_at.desc(), Profile.id.desc())


@dataclass(frozen=True)
class Filters:
    """A municipality's number and a theme's id; '' is everything."""

    municipality: str = ""
    theme: str = ""


@dataclass(frozen=True)
class Part(Page):
    """One page of one part of the board; each part turns its pages by itself."""

    name: str = ""

    def url(self, number: int) -> str:
        return url_with(**{self.name: number if number > 1 else None}) + f"#{self.name}"


@dataclass(frozen=True)
class Tile:
    """A need with its best suggestion; None where nothing was found. `contacted`: somebody has been introduced."""

    challenge: Challenge
    best: Suggestion | None
    contacted: bool


def columns(filters: Filters, pages: dict[str, int]) -> dict[Band, Part]:
    """Band → the page of its needs, those nobody has acted on first, then the ones that have waited longest. Three queries."""
    contacted = exists().where(Introduction.challenge_id == Challenge.id)
    statement = (
        select(Challenge.id, Suggestion.id, Suggestion.band, contacted)
        .outerjoin(Suggestion, Suggestion.id == _best())
        .where(Challenge.state.in_(OPEN), _was_read(), *_need_filters(filters))
        .order_by(contacted, Challenge.published_at, Challenge.id)
    )
    found: dict[str, list[tuple[int, int | None, bool]]] = {band: [] for band in COLUMNS}
    for challenge_id, suggestion_id, band, has_contact in db.session.execute(statement):
        found[band or Band.NONE].append((challenge_id, suggestion_id, bool(has_contact)))
    cut = {band: _cut(found[band], band.value, pages) for band in COLUMNS}
    shown = [row for part in cut.values() for row in part.items]
    challenges = _by_id(
        select(Challenge)
        .where(Challenge.id.in_([row[0] for row in shown]))
        .options(load_only(Challenge.title, Challenge.language, Challenge.published_at, Challenge.organisation_id), lazyload(Challenge.requirements))
    )
    suggestions = _by_id(
        select(Suggestion)
        .where(Suggestion.id.in_([row[1] for row in shown if row[1]]))
        .options(
            load_only(Suggestion.profile_id),
            joinedload(Suggestion.profile).options(load_only(Profile.name, Profile.language), lazyload(Profile.references), lazyload(Profile.organisation)),
        )
    )
    tiles = {band: [Tile(challenges[one], suggestions.get(two), three) for one, two, three in part.items] for band, part in cut.items()}
    return {band: Part(tiles[band], part.number, part.total, part.size, part.name) for band, part in cut.items()}


def being_read(filters: Filters) -> int:
    """Open needs that no run has compared with the profiles yet: they belong in no column, and are no white spots."""
    return db.session.scalar(select(func.count(Challenge.id)).where(Challenge.state.in_(OPEN), ~_was_read(), *_need_filters(filters))) or 0


def unwanted_offers(filters: Filters, pages: dict[str, int]) -> Part:
    """Listed profiles that fit no open need better than by a stretch, newest first. None of them stands among `new_profiles`."""
    theme = [has_tag(Profile.themes, filters.theme)] if filters.theme else []
    return _part(select(Profile).where(*_listed(), ~_wanted(), *theme).order_by(*NEWEST).options(*_names()), "ledige", pages)


def waiting_too_long(pages: dict[str, int]) -> Part:
    """Introductions nobody has answered for a week, the oldest first."""
    shown = (
        joinedload(Introduction.challenge).options(load_only(Challenge.title, Challenge.language, Challenge.organisation_id), lazyload(Challenge.requirements)),
        joinedload(Introduction.profile).options(load_only(Profile.name, Profile.language, Profile.organisation_id), lazyload(Profile.references)),
    )
    return _part(select(Introduction).where(*_late()).order_by(Introduction.created_at).options(*shown), "venter", pages)


def new_profiles(pages: dict[str, int]) -> Part:
    """Those that became visible this week and fit an open need, the newest first; without what imports brought (`new_imports`)."""
    return _part(select(Profile).where(*_fresh(), Profile.import_id.is_(None), _wanted()).order_by(*NEWEST).options(*_names()), "nye", pages)


def new_imports() -> list[tuple[int, str, int]]:
    """(import, its file's name, how many of its profiles became visible this week), the newest first."""
    counted = select(Profile.import_id, func.count().label("count")).where(*_fresh(), Profile.import_id.is_not(None)).group_by(Profile.import_id).subquery()
    found = select(Import.id, Import.file_name, counted.c.count).join(counted, counted.c.import_id == Import.id).order_by(Import.id.desc()).limit(TILES)
    return [(number, name, count) for number, name, count in db.session.execute(found)]


def needs_met(profiles: list[Profile]) -> dict[int, int]:
    """A profile's number → how many open needs it fits better than by a stretch."""
    found = select(Suggestion.profile_id, func.count()).where(Suggestion.profile_id.in_([each.id for each in profiles]), Suggestion.band.in_(GOOD))
    return dict(db.session.execute(found.group_by(Suggestion.profile_id)).tuples().all())


def how_many_wait_too_long() -> int:
    return db.session.scalar(select(func.count(Introduction.id)).where(*_late())) or 0


def how_many_are_new() -> int:
    return db.session.scalar(select(func.count(Profile.id)).where(*_fresh())) or 0


def undelivered_letters() -> int:
    """Letters given up, and those that failed and will be tried again."""
    return db.session.scalar(select(func.count(Letter.id)).where(or_(Letter.state == "failed", (Letter.state == "waiting") & (Letter.attempts > 0)))) or 0


def municipalities_with_needs() -> list[tuple[str, str]]:
    """(number, name) of those with an open need, by name."""
    rows = select(Organisation.municipality_number, func.min(Organisation.name)).join(Challenge, Challenge.organisation_id == Organisation.id)
    found = rows.where(Challenge.state.in_(OPEN), Organisation.municipality_number != "").group_by(Organisation.municipality_number)
    return sorted(((number, name) for number, name in db.session.execute(found)), key=lambda row: row[1])


def uncovered_needs() -> int:
    """Open needs with no suggestion better than none."""
    statement = select(func.count(Challenge.id)).outerjoin(Suggestion, Suggestion.id == _best())
    return db.session.scalar(statement.where(Challenge.state.in_(OPEN), _was_read(), func.coalesce(Suggestion.band, Band.NONE.value) == Band.NONE.value)) or 0


def _was_read():
    """SQL: some run has compared the need with the profiles."""
    return exists().where(Run.subject_id == Challenge.id, Run.direction == "need_to_offers")


def _best():
    """SQL: the number of a need's best suggestion that has not been dismissed. One look-up in the index a need."""
    found = select(Suggestion.id).where(Suggestion.challenge_id == Challenge.id, ~_dismissed()).order_by(Suggestion.score.desc()).limit(1)
    return found.correlate(Challenge).scalar_subquery()


def _dismissed():
    return exists().where(Dismissal.challenge_id == Suggestion.challenge_id, Dismissal.profile_id == Suggestion.profile_id, Dismissal.side == "need")


def _wanted():
    """SQL: the profile fits an open need better than by a stretch."""
    return exists().where(Suggestion.profile_id == Profile.id, Suggestion.band.in_(GOOD))


def _listed() -> tuple:
    return Profile.consent_at.is_not(None), Profile.hidden_at.is_(None)


def _fresh() -> tuple:
    return *_listed(), Profile.consent_at > now() - WEEK


def _late() -> tuple:
    return Introduction.state == IntroductionState.SENT, Introduction.created_at < now() - WAITED_TOO_LONG


def _names() -> tuple:
    words = (Profile.name, Profile.language, Profile.summary, Profile.problem, Profile.how)
    return load_only(*words, Profile.consent_at, Profile.is_demo, Profile.organisation_id), lazyload(Profile.references)


def _need_filters(filters: Filters) -> list:
    found = []
    if filters.theme:
        found.append(has_tag(Challenge.themes, filters.theme))
    if filters.municipality:
        found.append(Challenge.organisation_id.in_(select(Organisation.id).where(Organisation.municipality_number == filters.municipality)))
    return found


def _cut(rows: list, name: str, pages: dict[str, int]) -> Part:
    number = min(pages.get(name, 1), max(1, -(-len(rows) // TILES)))
    return Part(rows[(number - 1) * TILES : number * TILES], number, len(rows), TILES, name)


def _part(statement, name: str, pages: dict[str, int]) -> Part:
    """Counting and the first few are each a look in an index, where counting beside every row would sort them all."""
    total = db.session.scalar(statement.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)) or 0
    number = min(pages.get(name, 1), max(1, -(-total // TILES)))
    return Part(list(db.session.scalars(statement.limit(TILES).offset((number - 1) * TILES)).unique()), number, total, TILES, name)


def _by_id(statement) -> dict:
    return {each.id: each for each in db.session.scalars(statement).unique()}
