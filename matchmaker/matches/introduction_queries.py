"""Reads about introductions."""

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.core.database import db
from matchmaker.matches import rules
from matchmaker.matches.models import Dismissal, Introduction, Message, Suggestion
from matchmaker.matches.states import Band
from matchmaker.profiles.models import Profile


def introduction(introduction_id: int) -> Introduction | None:
    """With everything its page shows."""
    everything = (joinedload(Introduction.challenge), joinedload(Introduction.profile), joinedload(Introduction.by), joinedload(Introduction.answered_by))
    return db.session.scalar(select(Introduction).where(Introduction.id == introduction_id).options(*everything))


def open_introduction(challenge_id: int, profile_id: int) -> Introduction | None:
    """The one that waits for an answer or was accepted."""
    pair = (Introduction.challenge_id == challenge_id, Introduction.profile_id == profile_id)
    return db.session.scalar(select(Introduction).where(*pair, Introduction.state.in_(rules.CONVERSING)))


def earlier_introductions(challenge_id: int, profile_id: int) -> list[Introduction]:
    """Those of the pair that came to nothing, the newest first."""
    pair = (Introduction.challenge_id == challenge_id, Introduction.profile_id == profile_id)
    return list(db.session.scalars(select(Introduction).where(*pair, Introduction.state.not_in(rules.CONVERSING)).order_by(Introduction.id.desc())))


def messages(introduction_id: int) -> list[Message]:
    """The thread, oldest first, with who wrote."""
    return list(db.session.scalars(select(Message).where(Message.introduction_id == introduction_id).options(joinedload(Message.by)).order_by(Message.id)))


def suggestion(challenge_id: int, profile_id: int) -> Suggestion | None:
    return db.session.scalar(select(Suggestion).where(Suggestion.challenge_id == challenge_id, Suggestion.profile_id == profile_id))


def next_best(challenge_id: int) -> Suggestion | None:
    """The best suggestion for the need that is listed, not dismissed and not introduced before; None when the list is spent."""
    taken = [
        exists().where(model.challenge_id == Suggestion.challenge_id, model.profile_id == Suggestion.profile_id).correlate(Suggestion)
        for model in (Dismissal, Introduction)
    ]
    statement = (
        select(Suggestion)
        .join(Suggestion.profile)
        .where(
            Suggestion.challenge_id == challenge_id, Suggestion.band != Band.NONE, Profile.consent_at.is_not(None), Profile.hidden_at.is_(None), ~or_(*taken)
        )
        .order_by(Suggestion.score.desc(), Suggestion.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def unread_count(side: str):
    """SQL: how many messages from others this side (need or offer) has not opened."""
    read = getattr(Introduction, f"{side}_read_at")
    return (
        select(func.count(Message.id))
        .where(Message.introduction_id == Introduction.id, Message.side != side, or_(read.is_(None), Message.created_at > read))
        .correlate(Introduction)
        .scalar_subquery()
    )
