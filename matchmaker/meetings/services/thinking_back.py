"""What participants thought of the event, when it is over."""

from matchmaker.core import audit
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import outcome_queries, rules
from matchmaker.meetings.models import Feedback, Participant
from matchmaker.meetings.refusals import NotOver


def give_feedback(*, participant: Participant, score: int, again: bool | None, words: str, by) -> Feedback:
    """One for each participant; what was said before is said over. `score`: 1 (little use) to 5 (great use). Raises NotOver before the last slot has ended.

    `by`: None for somebody who came by the private address. The log does not hold what was said.
    """
    if not rules.took_place(participant.event):
        raise NotOver
    take_turns(f"feedback of {participant.id}")
    given = outcome_queries.feedback_of(participant)
    if given is None:
        given = Feedback(participant_id=participant.id)
        db.session.add(given)
    given.score, given.again, given.words = score, again, words
    audit.record("event feedback given", by=by, subject=participant.event, on_behalf_of=rules.on_behalf(by, participant), who=participant.name)
    return given
