"""A coordinator's own suggestion, with why."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.challenges.models import Challenge
from matchmaker.core import audit
from matchmaker.core.database import db
from matchmaker.core.queue import enqueue_once
from matchmaker.matches import letters
from matchmaker.matches.models import Recommendation
from matchmaker.matches.remembering import remember
from matchmaker.profiles.models import Profile


def recommendation(challenge_id: int, profile_id: int) -> Recommendation | None:
    return db.session.scalar(select(Recommendation).where(Recommendation.challenge_id == challenge_id, Recommendation.profile_id == profile_id))


def recommend(*, challenge: Challenge, profile: Profile, text: str, by) -> Recommendation:
    """Put the pair on the need's list of suggestions as recommended, and write to the department.

    A second time for the pair changes the words, without another letter.
    """
    found = recommendation(challenge.id, profile.id)
    if found is not None:
        found.text, found.by = text, by
        audit.record("recommendation_changed", by=by, subject=found)
        return found
    found = Recommendation(challenge=challenge, profile=profile, text=text, by=by)
    try:
        with db.session.begin_nested():
            db.session.add(found)
    except IntegrityError:
        return db.session.scalars(select(Recommendation).where(Recommendation.challenge_id == challenge.id, Recommendation.profile_id == profile.id)).one()
    kept = remember("recommended", challenge_id=challenge.id, profile_id=profile.id, by=by)
    if kept.run_id is None:
        enqueue_once("matches.rank_challenge", challenge_id=challenge.id)
    audit.record("recommended", by=by, subject=found)
    letters.write(
        "recommended",
        letters.members(challenge.organisation),
        about=found,
        link=("matches.suggestions", {"challenge_id": challenge.id}),
        by=by,
        recommendation=found,
    )
    return found


def take_back(*, recommendation: Recommendation, by) -> None:
    """Off the list again; the act stays in the feedback."""
    remember("recommendation_taken_back", challenge_id=recommendation.challenge_id, profile_id=recommendation.profile_id, by=by)
    audit.record("recommendation_taken_back", by=by, subject=recommendation)
    db.session.delete(recommendation)
