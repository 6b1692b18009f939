"""Every act on a pair is kept, with the suggestion it was made on, so that the ranking can learn from it later."""

from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.matches.models import Feedback, Suggestion


def remember(act: str, *, challenge_id: int, profile_id: int, by=None, **detail) -> Feedback:
    """Add one act to the running transaction, with rank, score and run of the suggestion as it stood; None where there was none."""
    seen = db.session.execute(
        select(Suggestion.rank, Suggestion.score, Suggestion.run_id).where(Suggestion.challenge_id == challenge_id, Suggestion.profile_id == profile_id)
    ).one_or_none()
    rank, score, run_id = seen or (None, None, None)
    feedback = Feedback(
        act=act, challenge_id=challenge_id, profile_id=profile_id, by_id=getattr(by, "id", None), rank=rank, score=score, run_id=run_id, detail=detail
    )
    db.session.add(feedback)
    return feedback
