"""The waiting list of a full event: first come, first served, and a letter to who gets a place."""

from sqlalchemy import func, select

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import letters, rules
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.states import OUT, Answer


def places_left(event: Event) -> int | None:
    """As the rows are now, for who has the turn; None where there is no limit."""
    take_turns(f"event {event.id}")
    db.session.flush()
    db.session.refresh(event, ["capacity"])
    if event.capacity is None:
        return None
    taken = db.session.scalar(select(func.count()).where(Participant.event_id == event.id, Participant.answer.not_in(OUT))) or 0
    return max(0, event.capacity - taken)


def fill_places(*, event: Event, by=None, but: Participant | None = None) -> list[Participant]:
    """Those who have waited longest get the places that are free; nobody once the event is over. `by`: whose act freed them; `but`: who just gave one up."""
    left = places_left(event)
    if rules.is_over(event):
        return []
    waiting = select(Participant).where(Participant.event_id == event.id, Participant.answer == Answer.WAITING)
    if but is not None:
        waiting = waiting.where(Participant.id != but.id)
    found = list(db.session.scalars(waiting.order_by(Participant.answered_at, Participant.id).limit(left)))
    for each in found:
        give_place(participant=each, by=by)
    return found


def give_place(*, participant: Participant, by) -> bool:
    """Up from the waiting list, also past others and past what there is room for; False for who does not wait."""
    take_turns(f"event {participant.event_id}")
    db.session.refresh(participant, ["answer"])
    if participant.answer != Answer.WAITING:
        return False
    participant.answer, participant.answered_at = Answer.COMES, now()
    letters.write_places([participant])
    audit.record("event place given", by=by, subject=participant.event, who=participant.name)
    return True
