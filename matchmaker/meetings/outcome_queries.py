"""What is read of meetings once there is a plan: why two met, what was said afterwards, and what became of it."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from matchmaker.core.database import db
from matchmaker.matches.models import Suggestion
from matchmaker.meetings.models import Meeting, Participant, Plan


def suggestions_of_meetings(plan: Plan | None) -> dict[int, Suggestion]:
    """What the suggestions say of each two who meet, by the number of their meeting."""
    if plan is None:
        return {}
    need, offer = aliased(Participant), aliased(Participant)
    found = (
        select(Meeting.id, Suggestion)
        .join(need, need.id == Meeting.need_id)
        .join(offer, offer.id == Meeting.offer_id)
        .join(Suggestion, (Suggestion.challenge_id == need.challenge_id) & (Suggestion.profile_id == offer.profile_id))
        .where(Meeting.plan_id == plan.id)
    )
    return dict(db.session.execute(found).tuples().all())
