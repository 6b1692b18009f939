"""What waits for one person, by what they are and where. Each read is one query, however much there is."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, lazyload

from matchmaker.challenges.models import Challenge, Question
from matchmaker.challenges.states import OPEN, State
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.queue import Job
from matchmaker.matches import rules
from matchmaker.matches.introduction_queries import unread_count
from matchmaker.matches.models import Dismissal, Interest, Introduction, Message, Run, Suggestion
from matchmaker.matches.states import Band, InterestState, IntroductionState
from matchmaker.matches.suggesting import NEED_TO_OFFERS
from matchmaker.organisations.models import Role
from matchmaker.organisations.rules import memberships
from matchmaker.profiles.models import Profile

MOST = 8
FITTING = 4
FIRST_TALK = timedelta(days=30)
"""How long after a yes a first talk is asked for; whoever has agreed on one by e-mail is not asked for ever."""
GOOD = (Band.STRONG, Band.POSSIBLE)
READING = ("matches.place_profile", "matches.read_profiles", "matches.mend_index", "matches.rebuild_index", "matches.renew_all")
"""Jobs after which more may be found: until they have ended, nothing found is not yet nothing."""


@dataclass(frozen=True)
class Listed:
    """The first few rows, and whether there are more."""

    rows: list
    more: bool


def organisations(user, role: Role) -> list[int]:
    """Where the person has the role now."""
    return [each.organisation_id for each in memberships(user) if each.role == role]


def published(departments: list[int]) -> Listed:
    """Rows of (challenge, strong, possible and weak ones, new good ones, companies that answered, whether it has been ranked among all); newest first."""
    away = exists().where(Dismissal.challenge_id == Suggestion.challenge_id, Dismissal.profile_id == Suggestion.profile_id, Dismissal.side == "need")
    listed = (Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))
    found_for = select(func.count(Suggestion.id)).join(Suggestion.profile).where(Suggestion.challenge_id == Challenge.id, *listed, ~away)
    answers = select(func.count(Interest.id)).where(Interest.challenge_id == Challenge.id, Interest.sent_at.is_not(None), Interest.state != InterestState.DRAFT)
    by_band = (found_for.where(Suggestion.band == band) for band in (*GOOD, Band.STRETCH))
    counts = (*by_band, found_for.where(Suggestion.shown_at.is_(None), Suggestion.band.in_(GOOD)), answers)
    ranked = exists().where(Run.direction == NEED_TO_OFFERS, Run.subject_id == Challenge.id)
    reading = exists().where(Job.kind.in_(READING), Job.state.in_(["queued", "running"]))
    columns = [*(each.correlate(Challenge).scalar_subquery() for each in counts), ranked.correlate(Challenge) & ~reading]
    mine = (Challenge.organisation_id.in_(departments), Challenge.state.in_(rules.ANSWERABLE))
    found = select(Challenge).add_columns(*columns).where(*mine).options(lazyload(Challenge.requirements))
    return _listed(found.order_by(Challenge.published_at.desc(), Challenge.id.desc()))


def drafts(departments: list[int]) -> Listed:
    mine = (Challenge.organisation_id.in_(departments), Challenge.state == State.DRAFT)
    return _listed(select(Challenge).where(*mine).options(lazyload(Challenge.requirements)).order_by(Challenge.id.desc()))


def without_feedback(departments: list[int]) -> Listed:
    """Rows of (challenge, how many interests wait for feedback), the longest waiting first."""
    counted = select(Interest.challenge_id, func.count(Interest.id).label("count"), func.min(Interest.sent_at).label("since")).where(
        Interest.state.in_(rules.UNANSWERED)
    )
    waiting = counted.group_by(Interest.challenge_id).subquery()
    found = select(Challenge, waiting.c.count).join(waiting, waiting.c.challenge_id == Challenge.id).where(Challenge.organisation_id.in_(departments))
    return _listed(found.options(lazyload(Challenge.requirements)).order_by(waiting.c.since, Challenge.id))


def unanswered_questions(departments: list[int]) -> Listed:
    found = (
        select(Question)
        .join(Question.challenge)
        .where(Question.answer == "", Challenge.organisation_id.in_(departments), Challenge.state.in_(rules.ANSWERABLE))
    )
    return _listed(found.options(joinedload(Question.challenge).lazyload(Challenge.requirements)).order_by(Question.id))


def introductions_of_departments(departments: list[int]) -> Listed:
    """Rows of (introduction, unread messages), the unread first, then those that wait, then the newest."""
    return _introductions("need", Challenge.organisation_id.in_(departments))


def to_talk_with(departments: list[int]) -> Listed:
    """Introductions that got a yes lately and in which nobody has written since, the longest waiting first."""
    written = exists().where(Message.introduction_id == Introduction.id, Message.created_at >= Introduction.answered_at)
    quiet = (Introduction.state == IntroductionState.ACCEPTED, Introduction.answered_at > now() - FIRST_TALK, ~written)
    found = select(Introduction).join(Introduction.challenge).where(Challenge.organisation_id.in_(departments), Challenge.state.in_(rules.ANSWERABLE), *quiet)
    found = found.options(
        joinedload(Introduction.challenge).lazyload(Challenge.requirements),
        joinedload(Introduction.profile).lazyload(Profile.references),
    )
    return _listed(found.order_by(Introduction.answered_at, Introduction.id))


def introductions_to_companies(companies: list[int]) -> Listed:
    return _introductions("offer", Profile.organisation_id.in_(companies))


def profiles_of(companies: list[int]) -> list[Profile]:
    return list(db.session.scalars(select(Profile).where(Profile.organisation_id.in_(companies)).order_by(Profile.id)).unique())


def fitting_needs(companies: list[int]) -> Listed:
    """The best suggestions of open needs for these companies' profiles, without those they dismissed or have acted on."""
    done = [
        exists().where(model.challenge_id == Suggestion.challenge_id, model.profile_id == Suggestion.profile_id).correlate(Suggestion)
        for model in (Interest, Introduction)
    ]
    away = (
        exists()
        .where(Dismissal.challenge_id == Suggestion.challenge_id, Dismissal.profile_id == Suggestion.profile_id, Dismissal.side == "offer")
        .correlate(Suggestion)
    )
    found = select(Suggestion).join(Suggestion.profile).join(Suggestion.challenge)
    found = found.where(Profile.organisation_id.in_(companies), Challenge.state.in_(OPEN), Suggestion.band.in_(GOOD), ~away, *(~each for each in done))
    return _listed(
        found.options(joinedload(Suggestion.challenge).lazyload(Challenge.requirements)).order_by(Suggestion.score.desc(), Suggestion.id), most=FITTING
    )


def interests_of(companies: list[int]) -> Listed:
    found = select(Interest).join(Interest.profile).where(Profile.organisation_id.in_(companies))
    return _listed(found.options(joinedload(Interest.challenge).lazyload(Challenge.requirements)).order_by(Interest.id.desc()))


def _introductions(side: str, mine) -> Listed:
    unread = unread_count(side)
    found = select(Introduction, unread).join(Introduction.challenge).join(Introduction.profile).where(mine)
    found = found.options(
        joinedload(Introduction.challenge).lazyload(Challenge.requirements),
        joinedload(Introduction.profile).lazyload(Profile.references),
    )
    return _listed(found.order_by((unread > 0).desc(), (Introduction.state == IntroductionState.SENT).desc(), Introduction.id.desc()))


def _listed(statement, *, most: int = MOST) -> Listed:
    several = len(statement.column_descriptions) > 1
    found = db.session.execute(statement.limit(most + 1)).unique().all()
    return Listed([tuple(row) if several else row[0] for row in found[:most]], len(found) > most)
