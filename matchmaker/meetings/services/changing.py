"""Changing a plan by hand: move, swap, lock, cancel, add, undo. Each change is checked at once; what is published is left and a draft changed."""

from collections.abc import Callable, Sequence

from matchmaker.core import audit
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import bridge, queries
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Event, Meeting, Plan
from matchmaker.meetings.refusals import Breaks, PlanChanged
from matchmaker.meetings.services.planning import draft_of, refuse_while_computing, write_meetings


def move_meeting(*, event: Event, meeting: Meeting, slot: int, table: int, mark: str, by) -> Plan:
    """To another time, another table, or both; where it stands does not change whether it is locked. Raises Breaks, PlanChanged, Busy."""
    old = bridge.places([meeting])[0]
    return _change(event, "event meeting moved", mark, by, lambda places: [_moved(each, slot, table) if each == old else each for each in places], old)


def swap_meetings(*, event: Event, meeting: Meeting, other: Meeting, mark: str, by) -> Plan:
    """Each takes the other's time and table. Raises Breaks, PlanChanged, Busy."""
    one, two = bridge.places([meeting, other])
    to = {one: _moved(one, two.slot, two.table), two: _moved(two, one.slot, one.table)}
    return _change(event, "event meetings swapped", mark, by, lambda places: [to.get(each, each) for each in places], one)


def lock_meeting(*, event: Event, meeting: Meeting, locked: bool, mark: str, by) -> Plan:
    """A locked meeting stays where it is when the plan is computed again."""
    old = bridge.places([meeting])[0]
    act = "event meeting locked" if locked else "event meeting unlocked"
    return _change(event, act, mark, by, lambda places: [each._replace(locked=locked) if each == old else each for each in places], old)


def cancel_meeting(*, event: Event, meeting: Meeting, mark: str, by) -> Plan:
    old = bridge.places([meeting])[0]
    return _change(event, "event meeting cancelled", mark, by, lambda places: [each for each in places if each != old], old)


def add_meeting(*, event: Event, place: Place, mark: str, by) -> Plan:
    """Locked, since somebody wants it there; also a pair that nobody wished. Raises Breaks, PlanChanged, Busy."""
    return _change(event, "event meeting added", mark, by, lambda places: [*places, place], place)


def undo_change(*, event: Event, mark: str, by) -> Plan:
    """What the draft held before the last change. There is no way further back. Raises PlanChanged, also when nothing can be undone."""
    take_turns(f"plan of {event.id}")
    refuse_while_computing(event)
    plan = queries.plan_of(event.id)
    if plan is None or plan.mark != mark or plan.before is None:
        raise PlanChanged
    write_meetings(plan, [Place(*each) for each in plan.before], note_before=False)
    plan.before, plan.by_hand = None, True
    audit.record("event plan undone", by=by, subject=event)
    return plan


def _moved(place: Place, slot: int, table: int) -> Place:
    return place._replace(slot=slot, table=table)


def _change(event: Event, act: str, mark: str, by, change: Callable[[Sequence[Place]], list[Place]], about: Place) -> Plan:
    """Raises Breaks for rules that the change breaks; what was broken before it is no reason to refuse."""
    take_turns(f"plan of {event.id}")
    refuse_while_computing(event)
    current = queries.plan_of(event.id)
    if current is None or current.mark != mark:
        raise PlanChanged
    material, before = queries.material(event), bridge.places(queries.meetings_of(current))
    after = change(before)
    known = set(bridge.objections(material, before))
    new = [each for each in bridge.objections(material, after) if each not in known]
    if new:
        raise Breaks(new)
    plan = draft_of(event)
    write_meetings(plan, after, note_before=True)
    plan.by_hand = plan.by_hand or {each[:4] for each in after} != {each[:4] for each in before}
    names = {each.id: each.name for each in event.participants}
    audit.record(act, by=by, subject=event, pair=f"{names[about.need]} – {names[about.offer]}")
    db.session.flush()
    return plan
