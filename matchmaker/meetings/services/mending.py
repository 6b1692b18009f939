"""On the day: somebody did not come, left early, comes later, or is there after all. What they miss is mended with the fewest changes; nothing is published."""

from datetime import datetime

from matchmaker.core import audit
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import bridge, queries, rules
from matchmaker.meetings.models import Absence, Event, Participant
from matchmaker.meetings.refusals import TooLate
from matchmaker.meetings.running import running
from matchmaker.meetings.services.planning import ask_for_plan, only_mended, take_back
from matchmaker.meetings.steps import MENDED, steps_of, undone


def report_gone(*, participant: Participant, by, since: datetime | None = None) -> bool:
    """Not there from the slot that runs now on, or from the next, or `since` before that; pressing twice says it once. Whether a mended plan was asked for."""
    take_turns(f"plan of {participant.event_id}")
    db.session.refresh(participant, ["gone_from"])
    if participant.gone_from is not None:
        return False
    now_on = running(participant.event).from_now
    participant.gone_from = min(since or now_on, now_on)
    audit.record("event participant gone", by=by, subject=participant.event, who=participant.name)
    return _mend(participant, by)


def report_back(*, participant: Participant, by) -> bool:
    """There after all. What was only made to mend is taken back where the plan before it can be held again; else a mended plan is asked for."""
    take_turns(f"plan of {participant.event_id}")
    db.session.refresh(participant, ["gone_from"])
    if participant.gone_from is None:
        return False
    participant.gone_from = None
    audit.record("event participant back", by=by, subject=participant.event, who=participant.name)
    db.session.flush()
    event, standing = participant.event, queries.plan_of(participant.event_id)
    if drop_mended(event) or _step_taken_back(participant):
        return False
    held = sum(participant.id in place.pair for place in bridge.places(queries.meetings_of(standing)))
    if not only_mended(standing) and rules.least_for(participant) <= held:
        return False
    ask_for_plan(event=event, anew=False, by=by, mend=True)
    return True


def drop_mended(event: Event) -> bool | None:
    """A draft that was only made to mend goes, where what is published can be held again; False where it cannot, None where there is no such draft."""
    draft = queries.plan_of(event.id)
    if draft is None or not only_mended(draft) or queries.is_going(*queries.newest_run(event)):
        return None
    if bridge.objections(queries.material(event), bridge.places(queries.meetings_of(queries.published_of(event.id)))):
        return False
    db.session.delete(draft)
    db.session.flush()
    return True


def _step_taken_back(participant: Participant) -> bool:
    """A draft changed by hand that was mended last for this participant is again as it was before, where that can be held."""
    event, draft = participant.event, queries.plan_of(participant.event_id)
    steps = steps_of(draft)
    if draft is None or not steps or only_mended(draft) or queries.is_going(*queries.newest_run(event)):
        return False
    last = steps[-1]
    if last["act"] != MENDED or not any(participant.id in each[:2] for each in last["gone"]):
        return False
    if bridge.objections(queries.material(event), undone(bridge.places(queries.meetings_of(draft)), last)):
        return False
    take_back(draft)
    return True


def report_late(*, participant: Participant, at: datetime, by) -> bool:
    """Comes first at `at`: cannot meet in what begins before. Whether a mended plan was asked for. Raises TooLate when nothing begins after that."""
    take_turns(f"plan of {participant.event_id}")
    slots, clock = participant.event.slots, running(participant.event).at
    if not any(each.starts_at >= at for each in slots):
        raise TooLate
    known = {each.slot_id for each in participant.absences}
    missed = [each.id for each in slots if each.starts_at < at and each.ends_at > clock and each.id not in known]
    participant.absences += [Absence(slot_id=each) for each in missed]
    participant.gone_from = None
    audit.record("event participant late", by=by, subject=participant.event, who=participant.name)
    return _mend(participant, by)


def _mend(participant: Participant, by) -> bool:
    db.session.flush()
    event, away = participant.event, rules.away(participant)
    missed = [each for each in queries.meetings_of(queries.plan_of(event.id)) if participant.id in (each.need_id, each.offer_id) and each.slot_id in away]
    if missed or queries.is_going(*queries.newest_run(event)):
        ask_for_plan(event=event, anew=False, by=by, mend=True)
        return True
    return False
