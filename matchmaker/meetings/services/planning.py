"""Computing a plan: asked for, stopped, and kept only when the check finds nothing wrong with it."""

import logging
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import flag_modified

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed, take_turns
from matchmaker.core.queue import enqueue
from matchmaker.meetings import bridge, queries, rules
from matchmaker.meetings.bridge import Made, Place
from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.models import Event, Meeting, Plan, PlanRun
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.refusals import Busy, NotReady
from matchmaker.meetings.states import PlanState, RunState, Side
from matchmaker.meetings.steps import COMPUTED, MENDED, Step, noted, steps_of, undone

log = logging.getLogger(__name__)


def missing_for_plan(event: AnyEvent) -> str | None:
    """What there must be before anything can be planned: "slots", "tables", "needs" or "offers"; None when all is there."""
    there = {"slots": event.slots, "tables": event.tables}
    there |= {name: [each for each in event.participants if each.side == side] for name, side in (("needs", Side.NEED), ("offers", Side.OFFER))}
    return next((name for name, rows in there.items() if not rows), None)


def ask_for_plan(*, event: Event, anew: bool, by, mend: bool = False) -> PlanRun:
    """Queue a computation; while one goes on it serves for both. `mend`: as few changes as possible from what people have been told. Raises NotReady."""
    if missing := missing_for_plan(event):
        raise NotReady(missing)
    take_turns(f"plan of {event.id}")
    run, job = queries.newest_run(event)
    if run is not None and queries.is_going(run, job):
        return run
    run = PlanRun(event_id=event.id, anew=anew, by_id=getattr(by, "id", None))
    db.session.add(run)
    db.session.flush()
    run.job_id = enqueue("meetings.make_plan", by=by, run_id=run.id, mend=mend).id
    audit.record("event plan asked", by=by, subject=event)
    return run


def stop_run(*, event: Event, by) -> bool:
    """Ask the computation to stop with the best it has; False when none goes on."""
    run, job = queries.newest_run(event)
    if run is None or not queries.is_going(run, job):
        return False
    run.stop_asked_at = run.stop_asked_at or now()
    audit.record("event plan stopped", by=by, subject=event)
    return True


def begin_run(*, run: PlanRun) -> bool:
    """Whether there is something to do; a computation whose worker died is begun again."""
    before = RunState(run.state)
    if not rules.run_may_become(before, RunState.RUNNING):
        return False
    return rows_changed(update(PlanRun).where(PlanRun.id == run.id, PlanRun.state == before).values(state=RunState.RUNNING), synchronize="fetch") == 1


def end_run(*, run: PlanRun, event: Event, made: Made, by, mend: bool = False) -> Plan | None:
    """Keep the plan as the event's draft, unless it breaks a rule of the event as it is now: then it is refused and logged."""
    take_turns(f"plan of {event.id}")
    faults = list(made.faults) or bridge.objections(queries.material(event), made.places)
    run.ended_at = now()
    if faults:
        log.error("the plan of event %s was refused: %s", event.id, faults)
        run.state, run.faults = RunState.REFUSED, [{"rule": each.rule, "about": list(each.about), "person": each.person} for each in faults]
        audit.record("event plan refused", by=by, subject=event)
        return None
    run.state = RunState.DONE
    return keep_plan(event=event, made=made, act=MENDED if mend else COMPUTED)


def keep_plan(*, event: Event, made: Made, act: str = COMPUTED) -> Plan:
    """The draft with these meetings. What it held before can be had again by undo."""
    return change_plan(event=event, places=made.places, act=act, by_hand=False, findings=made.findings)


def to_mend_from(event_id: int) -> Plan | None:
    """The plan that a mended one should differ little from: what people have been told, unless somebody has changed the draft by hand since."""
    plan, published = queries.plan_of(event_id), queries.published_of(event_id)
    return published if published is not None and only_mended(plan) else plan


def only_mended(plan: Plan | None) -> bool:
    """A draft that came about by mending what is published, and by nothing else: it can be made again at any time."""
    steps = steps_of(plan)
    return plan is not None and plan.state == PlanState.DRAFT and bool(steps) and all(each["act"] == MENDED for each in steps) and steps[0]["opened"]


def change_plan(
    *, event: AnyEvent, places: Sequence[Place], act: str, about: Pair | None = None, by_hand: bool, findings: dict[str, Any] | None = None
) -> Plan:
    """The draft with these meetings, and a step back to what there was; a draft is begun where there is none. See `steps` for the acts."""
    opened = queries.standing_draft(event.id) is None
    plan = draft_of(event)
    before = bridge.places(queries.meetings_of(plan))
    plan.before = noted(plan, before, places, act=act, about=about, opened=opened, findings=findings is not None)
    flag_modified(plan, "before")  # a change of meetings alone would not move the version on
    plan.by_hand = by_hand
    if findings is not None:
        plan.findings = findings
    write_meetings(plan, places)
    return plan


def take_back(draft: Plan) -> Step:
    """The draft's last step taken back, with what was known of the plan then; a draft that the step began is gone again. Gives the step."""
    *earlier, step = steps_of(draft)
    if step["opened"]:
        db.session.delete(draft)
    else:
        draft.before, draft.by_hand, draft.findings = earlier, step["by_hand"], step.get("findings", draft.findings)
        flag_modified(draft, "before")
        write_meetings(draft, undone(bridge.places(queries.meetings_of(draft)), step))
    return step


def draft_of(event: AnyEvent) -> Plan:
    """The event's draft; one that has to be made holds what is published."""
    plans = list(db.session.scalars(select(Plan).where(Plan.event_id == event.id).order_by(Plan.number)))
    found = next((plan for plan in plans if plan.state == PlanState.DRAFT), None)
    if found is not None:
        return found
    published = next((plan for plan in plans if plan.state == PlanState.PUBLISHED), None)
    last = db.session.scalar(select(func.max(Plan.number)).where(Plan.event_id == event.id)) or 0
    draft = Plan(event_id=event.id, number=last + 1, findings=published.findings if published else {}, by_hand=published.by_hand if published else False)
    db.session.add(draft)
    db.session.flush()
    if published is not None:
        write_meetings(draft, bridge.places(queries.meetings_of(published)))
    return draft


def write_meetings(plan: Plan, places: Sequence[Place]) -> None:
    """Make the plan's meetings these; rows of those that stay are kept."""
    standing = {Place(each.need_id, each.offer_id, each.slot_id, each.table_id): each for each in queries.meetings_of(plan)}
    wanted = {place._replace(locked=False): place for place in places}
    for key, meeting in standing.items():
        if key in wanted:
            meeting.locked = wanted[key].locked
        else:
            db.session.delete(meeting)
    db.session.flush()  # who moves may go where another one was until now
    for key, place in wanted.items():
        if key not in standing:
            need, offer, slot, table, locked = place
            db.session.add(Meeting(plan_id=plan.id, need_id=need, offer_id=offer, slot_id=slot, table_id=table, locked=locked))
    db.session.flush()
    db.session.expire(plan, ["meetings"])


def refuse_while_computing(event: AnyEvent) -> None:
    """Raises Busy: what is changed by hand meanwhile would be lost."""
    if queries.is_going(*queries.newest_run(event)):
        raise Busy
