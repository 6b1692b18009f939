"""The other direction: open needs for one profile, ranked as the page is read. An answer is kept only while the index and the texts stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import null, select

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import OPEN
from matchmaker.core.database import db, has_tag
from matchmaker.core.paging import Page, page_of_list
from matchmaker.engine.matcher import Match
from matchmaker.matches import bridge
from matchmaker.matches.fitting import Fact, facts_that_fit
from matchmaker.matches.models import Dismissal, Interest, Introduction
from matchmaker.matches.reasons import Reason, explain_pair, reasons_of, unmet_of
from matchmaker.matches.states import Band, IntroductionState
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.models import Profile

UNDER_WAY = (IntroductionState.SENT, IntroductionState.ACCEPTED)
SIZE = 10
SORTS = ("best", "newest", "deadline")


@dataclass(frozen=True)
class NeedFilters:
    theme: str = ""
    county: str = ""
    band: str = ""
    language: str = ""
    dismissed: bool = False

    def active(self) -> bool:
        return self != NeedFilters(dismissed=self.dismissed)


@dataclass
class NeedCard:
    challenge: Challenge
    match: Match
    reasons: list[Reason]
    unmet: list[str]
    facts: list[Fact]
    kept: dict
    interest: Interest | None = None
    introduction: Introduction | None = None
    dismissal: Dismissal | None = None

    @property
    def talking(self) -> bool:
        """An introduction waits for an answer or got a yes: the two speak there, and not by interest or a no on the list."""
        return self.introduction is not None and self.introduction.state in UNDER_WAY


@dataclass(frozen=True)
class Found:
    """One page of needs; `counts` by band over everything that is not dismissed, `read` how many open needs were compared."""

    page: Page
    cards: list[NeedCard]
    counts: dict[str, int]
    dismissed: int
    read: int


def needs_for(profile: Profile, filters: NeedFilters, sort: str = "best") -> Found:
    """Rank every open need for the profile and give one page of them, with reasons."""
    ranked = {int(number): match for number, match in bridge.door().needs_ranked(bridge.profile_document(profile)).items()}
    said_no = set(db.session.scalars(select(Dismissal.challenge_id).where(Dismissal.profile_id == profile.id, Dismissal.side == "offer")))
    moment = {"newest": Challenge.published_at, "deadline": Challenge.answers_due}.get(sort, null()).label("moment")
    rows = db.session.execute(select(Challenge.id, moment, *_fits(filters)).join(Challenge.organisation).where(Challenge.state.in_(OPEN))).all()
    rows = [row for row in rows if row.id in ranked]
    worth = [row for row in rows if ranked[row.id].band != Band.NONE and row.id not in said_no]
    counts = {str(band): sum(ranked[row.id].band == band for row in worth) for band in Band}
    shown = [row for row in rows if row.id in said_no] if filters.dismissed else worth
    shown = [row for row in shown if all(row[2:]) and (not filters.band or ranked[row.id].band == filters.band)]
    shown.sort(key=lambda row: (-ranked[row.id].score, row.id))
    if sort == "newest":
        shown.sort(key=lambda row: row.moment, reverse=True)
    elif sort == "deadline":
        shown.sort(key=lambda row: (row.moment is None, row.moment or 0))
    page = page_of_list([row.id for row in shown], size=SIZE)
    return Found(page, _cards(profile, page.items, ranked), counts, len(said_no & {row.id for row in rows}), len(rows))


def _fits(filters: NeedFilters) -> list:
    """Columns that say whether a need passes each filter in use."""
    wanted = []
    if filters.theme:
        wanted.append(has_tag(Challenge.themes, filters.theme))
    if filters.county:
        wanted.append(Organisation.municipality_number.startswith(filters.county))
    if filters.language:
        wanted.append(Challenge.language == filters.language)
    return [condition.label(f"fits_{number}") for number, condition in enumerate(wanted)]


def _cards(profile: Profile, numbers: list[int], ranked: dict[int, Match]) -> list[NeedCard]:
    challenges = {each.id: each for each in db.session.scalars(select(Challenge).where(Challenge.id.in_(numbers)))}
    done = {kind: _by_challenge(kind, profile.id, numbers) for kind in (Interest, Introduction, Dismissal)}
    cards = []
    for number in numbers:
        challenge = challenges[number]
        kept = _reasons(challenge, profile)
        cards.append(
            NeedCard(
                challenge,
                ranked[number],
                reasons_of(kept),
                unmet_of(kept),
                facts_that_fit(challenge, profile),
                kept,
                interest=done[Interest].get(number),
                introduction=done[Introduction].get(number),
                dismissal=done[Dismissal].get(number),
            )
        )
    return cards


def _reasons(challenge: Challenge, profile: Profile) -> dict[str, Any]:
    """Empty for a need that could be read only by waiting for the model."""
    matcher, need, offer = bridge.matcher(), bridge.challenge_document(challenge), bridge.profile_document(profile)
    if not bridge.readable("need", need):
        return {}
    return bridge.door().explained.get(matcher.generation, (need.id, need.hash, offer.hash), lambda: explain_pair(matcher, challenge, profile))


def _by_challenge(kind, profile_id: int, numbers: Iterable[int]) -> dict:
    found = select(kind).where(kind.profile_id == profile_id, kind.challenge_id.in_(list(numbers))).order_by(kind.id)
    if kind is Dismissal:
        found = found.where(Dismissal.side == "offer")
    return {each.challenge_id: each for each in db.session.scalars(found).unique()}


def profile_of(organisation_id: int) -> Profile | None:
    return db.session.scalar(select(Profile).where(Profile.organisation_id == organisation_id))


def listed_somewhere(organisation_ids: Iterable[int]) -> Profile | None:
    """The first of these organisations' profiles."""
    return db.session.scalar(select(Profile).where(Profile.organisation_id.in_(list(organisation_ids))).order_by(Profile.id).limit(1))
