"""Reads about interests."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.challenges.models import Challenge
from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.matches import rules
from matchmaker.matches.models import Interest, Suggestion
from matchmaker.matches.states import InterestState


@dataclass(frozen=True)
class Received:
    """An interest beside the suggestion for the same pair, None where the pair was not suggested."""

    interest: Interest
    suggestion: Suggestion | None


def interest(interest_id: int) -> Interest | None:
    """With everything its page shows."""
    everything = (joinedload(Interest.challenge), joinedload(Interest.profile), joinedload(Interest.by), joinedload(Interest.feedback_by))
    return db.session.scalar(select(Interest).where(Interest.id == interest_id).options(*everything))


def own_interest(challenge_id: int, profile_id: int) -> Interest | None:
    """The company's interest for the need, in whatever state."""
    return db.session.scalar(select(Interest).where(Interest.challenge_id == challenge_id, Interest.profile_id == profile_id))


def unanswered(challenge_id: int) -> list[Interest]:
    """Those who answered and lack feedback, in the order they came."""
    statement = select(Interest).where(Interest.challenge_id == challenge_id, Interest.state.in_(rules.UNANSWERED)).options(joinedload(Interest.profile))
    return list(db.session.scalars(statement.order_by(Interest.sent_at, Interest.id)).unique())


def waiting_too_long(limit: int = 200) -> list[Interest]:
    """Unanswered three weeks after it came and two after the last day for answers, and not reminded of in the last two weeks; the oldest first."""
    today, moment = clock.today(), clock.now()
    overdue = or_(Challenge.answers_due.is_(None), Challenge.answers_due <= today - timedelta(days=14))
    unreminded = or_(Interest.reminded_at.is_(None), Interest.reminded_at < moment - timedelta(days=14))
    statement = (
        select(Interest)
        .join(Interest.challenge)
        .where(Interest.state.in_(rules.UNANSWERED), Interest.sent_at < moment - timedelta(days=21), overdue, unreminded)
    )
    return list(db.session.scalars(statement.options(contains_eager(Interest.challenge)).order_by(Interest.challenge_id, Interest.id).limit(limit)).unique())


def received(challenge_id: int) -> list[Received]:
    """Everything the department has received for the need, the unanswered first, each with its suggestion. One query."""
    seen = (Interest.challenge_id == challenge_id, Interest.sent_at.is_not(None), Interest.state != InterestState.DRAFT)
    statement = (
        select(Interest, Suggestion)
        .outerjoin(Suggestion, (Suggestion.challenge_id == Interest.challenge_id) & (Suggestion.profile_id == Interest.profile_id))
        .where(*seen)
        .options(joinedload(Interest.profile), joinedload(Interest.feedback_by))
        .order_by(Interest.state.in_(rules.UNANSWERED).desc(), Interest.sent_at, Interest.id)
    )
    return [Received(*row) for row in db.session.execute(statement).unique()]
