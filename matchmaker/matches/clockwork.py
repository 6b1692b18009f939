"""What time brings about: reminders and introductions that run out, and the end of what hung on a need that ended."""

from matchmaker.challenges.events import ChallengeEnded
from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db, transaction
from matchmaker.core.events import receives
from matchmaker.core.queue import every
from matchmaker.matches import interests, running_out


@every(minutes=10)
def look_at_the_clock() -> None:
    """Remind of introductions nobody answers, let the overdue run out, and remind of the feedback companies wait for."""
    with transaction():
        running_out.remind_due()
    with transaction():
        running_out.expire_due()
    with transaction():
        interests.remind_of_feedback()


@receives(ChallengeEnded)
def let_nobody_wait_for_what_ended(event: ChallengeEnded) -> None:
    running_out.end_introductions(event.challenge_id)
    interests.end_interests(db.session.get_one(Challenge, event.challenge_id))
