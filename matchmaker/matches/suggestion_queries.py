"""What the pages of suggestions read: a list for one need, with everything people did with it, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Select, Text, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db, has_tag
from matchmaker.core.paging import Page, page_of
from matchmaker.core.queue import Job
from matchmaker.matches.fitting import Fact, facts_that_fit
from matchmaker.matches.models import Dismissal, Interest, Introduction, Recommendation, Run, Shortlisting, Suggestion
from matchmaker.matches.reasons import Reason, reasons_of, unmet_of
from matchmaker.matches.states import Band
from matchmaker.matches.suggesting import NEED_TO_OFFERS
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.models import Profile

SIZE = 10
SORTS = ("best", "newest", "name")


@dataclass(frozen=True)
class Filters:
    """What a person narrows the list by; empty means everything. `dismissed`: only what was said no to."""

    theme: str = ""
    kind: str = ""
    maturity: int | None = None
    county: str = ""
    language: str = ""
    band: str = ""
    dismissed: bool = False

    def active(self) -> bool:
        return self != Filters(dismissed=self.dismissed)


@dataclass
class Card:
    """One suggestion with its words and everything people did with the pair."""

    suggestion: Suggestion
    profile: Profile
    reasons: list[Reason]
    unmet: list[str]
    facts: list[Fact]
    shortlisting: Shortlisting | None = None
    dismissal: Dismissal | None = None
    recommendation: Recommendation | None = None
    introduction: Introduction | None = None
    interest: Interest | None = None

    @property
    def stale(self) -> bool:
        return self.suggestion.stale_at is not None


@dataclass(frozen=True)
class Standing:
    """How far the ranking of a need has come: the newest run, and the job under way if any."""

    run: Run | None
    job: Job | None
    failed: Job | None = None
    counts: dict[str, int] = field(default_factory=dict)
    dismissed: int = 0

    @property
    def computing(self) -> bool:
        return self.job is not None


def _dismissed(challenge_id: int):
    return exists().where(Dismissal.challenge_id == challenge_id, Dismissal.profile_id == Suggestion.profile_id, Dismissal.side == "need")


def _worth_showing(challenge_id: int):
    """Better than none, or picked by a person."""
    picked = [exists().where(kind.challenge_id == challenge_id, kind.profile_id == Suggestion.profile_id) for kind in (Recommendation, Shortlisting, Interest)]
    return or_(Suggestion.band != Band.NONE, *picked)


def suggestions_of(challenge: Challenge, filters: Filters, sort: str = "best") -> Select:
    """The need's suggestions as shown: of listed profiles, without those dismissed (or only those)."""
    dismissed = _dismissed(challenge.id)
    found = (
        select(Suggestion)
        .join(Suggestion.profile)
        .join(Profile.organisation)
        .where(Suggestion.challenge_id == challenge.id, Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))
        .options(contains_eager(Suggestion.profile).contains_eager(Profile.organisation))
    )
    found = found.where(dismissed) if filters.dismissed else found.where(~dismissed, _worth_showing(challenge.id))
    for condition in conditions(filters):
        found = found.where(condition)
    orders = {"best": (Suggestion.score.desc(), Suggestion.rank), "newest": (Profile.created_at.desc(),), "name": (func.lower(Profile.name),)}
    return found.order_by(*orders.get(sort, orders["best"]), Suggestion.profile_id)


def conditions(filters: Filters) -> list:
    """SQL conditions over Profile, Organisation and Suggestion."""
    found = []
    if filters.theme:
        found.append(has_tag(Profile.themes, filters.theme))
    if filters.kind:
        found.append(Organisation.kind == filters.kind)
    if filters.maturity:
        found.append(Profile.maturity >= filters.maturity)
    if filters.county.isdigit():
        found.append(or_(has_tag(Profile.places, filters.county), Profile.places.cast(Text).like(f"%|{filters.county}%"), Profile.places.cast(Text) == ""))
    if filters.language:
        found.append(has_tag(Profile.languages, filters.language))
    if filters.band:
        found.append(Suggestion.band == filters.band)
    return found


def page_of_suggestions(challenge: Challenge, filters: Filters, sort: str, *, size: int = SIZE, number: int | None = None) -> tuple[Page, list[Card]]:
    page = page_of(suggestions_of(challenge, filters, sort), size=size, number=number)
    return page, cards(challenge, page.items)


def cards(challenge: Challenge, suggestions: Iterable[Suggestion]) -> list[Card]:
    """The suggestions with what people did with them: five queries, however many there are."""
    suggestions = list(suggestions)
    numbers = [each.profile_id for each in suggestions]
    done = {kind: _by_profile(kind, challenge.id, numbers) for kind in (Shortlisting, Dismissal, Recommendation, Introduction, Interest)}
    return [
        Card(
            suggestion=each,
            profile=each.profile,
            reasons=reasons_of(each.reasons),
            unmet=unmet_of(each.reasons),
            facts=facts_that_fit(challenge, each.profile),
            shortlisting=done[Shortlisting].get(each.profile_id),
            dismissal=done[Dismissal].get(each.profile_id),
            recommendation=done[Recommendation].get(each.profile_id),
            introduction=done[Introduction].get(each.profile_id),
            interest=done[Interest].get(each.profile_id),
        )
        for each in suggestions
    ]


def _by_profile(kind, challenge_id: int, profile_ids: list[int]) -> dict:
    found = select(kind).where(kind.challenge_id == challenge_id, kind.profile_id.in_(profile_ids)).order_by(kind.id)
    if kind is Dismissal:
        found = found.where(Dismissal.side == "need")
    if kind is Recommendation:
        found = found.options(joinedload(Recommendation.by))
    if kind is Interest:
        found = found.where(Interest.sent_at.is_not(None))
    return {each.profile_id: each for each in db.session.scalars(found).unique()}


def standing(challenge: Challenge) -> Standing:
    """Where the ranking stands, and how many there are of each band without filters."""
    run = db.session.scalar(select(Run).where(Run.direction == NEED_TO_OFFERS, Run.subject_id == challenge.id).order_by(Run.id.desc()).limit(1))
    job = db.session.scalar(_jobs_about(challenge.id).order_by(Job.id.desc()).limit(1))
    shown = suggestions_of(challenge, Filters()).options().order_by(None).with_only_columns(Suggestion.band, func.count()).group_by(Suggestion.band)
    counts = {str(band): count for band, count in db.session.execute(shown)}
    dismissed = db.session.scalar(suggestions_of(challenge, Filters(dismissed=True)).order_by(None).with_only_columns(func.count(Suggestion.id))) or 0
    going_on = job if job is not None and not job.ended else None
    failed = job if job is not None and job.state == "failed" and (run is None or run.created_at < job.created_at) else None
    return Standing(run, going_on, failed, counts, dismissed)


def _jobs_about(challenge_id: int) -> Select:
    one = and_(Job.kind == "matches.rank_challenge", Job.arguments["challenge_id"].as_integer() == challenge_id)
    return select(Job).where(one)


def shortlisted(challenge: Challenge) -> list[Shortlisting]:
    """The department's shortlist, oldest first, with profiles."""
    found = select(Shortlisting).where(Shortlisting.challenge_id == challenge.id).order_by(Shortlisting.id)
    return list(db.session.scalars(found.options(joinedload(Shortlisting.profile))).unique())


def suggestions_for(challenge: Challenge, profile_ids: Iterable[int]) -> list[Suggestion]:
    """The kept suggestions for these profiles, best first."""
    found = select(Suggestion).join(Suggestion.profile).where(Suggestion.challenge_id == challenge.id, Suggestion.profile_id.in_(list(profile_ids)))
    return list(
        db.session.scalars(found.options(contains_eager(Suggestion.profile)).order_by(Suggestion.score.desc(), Suggestion.rank, Suggestion.profile_id)).unique()
    )


def suggestion(challenge_id: int, profile_id: int) -> Suggestion | None:
    return db.session.scalar(select(Suggestion).where(Suggestion.challenge_id == challenge_id, Suggestion.profile_id == profile_id))


def listed_count() -> int:
    """How many profiles there are to read."""
    return db.session.scalar(select(func.count(Profile.id)).where(Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))) or 0
