"""Who has come: noted by a press, by a badge, or afterwards from paper."""

from datetime import datetime

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, take_turns
from matchmaker.meetings.models import Participant, Representative
from matchmaker.meetings.refusals import NotYet


def check_in(*, participant: Participant, person: Representative | None = None, at: datetime | None = None, by) -> bool:
    """The person is there, or the participant where nobody is named; the participant has come when the first of its people has.

    Since now, or since `at`, which also corrects what was noted before. Pressing twice notes the first; False where nothing was changed.
    Raises NotYet for a time to come.
    """
    if at is not None and at > now():
        raise NotYet
    take_turns(f"arrivals at {participant.event_id}")
    who = person or participant
    db.session.refresh(who, ["arrived_at"])
    if who.arrived_at is not None and at in (None, who.arrived_at):
        return False
    who.arrived_at = at or now()
    _first_of_its_people(participant)
    audit.record("event checked in", by=by, subject=participant.event, who=participant.name)
    return True


def undo_check_in(*, participant: Participant, person: Representative | None = None, by) -> bool:
    """As if they had not come yet; False where nothing was noted."""
    take_turns(f"arrivals at {participant.event_id}")
    who = person or participant
    db.session.refresh(who, ["arrived_at"])
    if who.arrived_at is None:
        return False
    who.arrived_at = None
    _first_of_its_people(participant)
    audit.record("event check-in undone", by=by, subject=participant.event, who=participant.name)
    return True


def _first_of_its_people(participant: Participant) -> None:
    if people := participant.representatives:
        db.session.flush()
        for each in people:
            db.session.refresh(each, ["arrived_at"])
        participant.arrived_at = min((each.arrived_at for each in people if each.arrived_at), default=None)
