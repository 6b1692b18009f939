"""Changing a plan by hand: move, swap, lock, cancel, add, undo. Each change is checked at once; what is published is left and a draft changed.

`held`: somebody says that the meeting is or was held in a slot that has begun. Unsaid, no meeting comes into such a slot.
"""

from collections.abc import Callable, Sequence

from matchmaker.core import audit
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import bridge, queries
from matchmaker.meetings.board import Board
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.models import Event, Meeting, Plan
from matchmaker.meetings.refusals import Begun, Breaks, PlanChanged
from matchmaker.meetings.running import running
from matchmaker.meetings.services.planning import change_plan, refuse_while_computing, take_back
from matchmaker.meetings.steps import Step, steps_of


def move_meeting(*, event: AnyEvent, meeting: Meeting, slot: int, table: int, mark: str, by, held: bool = False) -> Plan:
    """To another time, another table, or both; where it stands does not change whether it is locked. Raises Begun, Breaks, PlanChanged, Busy."""
    old = bridge.places([meeting])[0]
    change = lambda places: [_moved(each, slot, table) if each == old else each for each in places]  # noqa: E731 - handed on below
    return _change(event, "event meeting moved", mark, by, change, old, held=held)


def swap_meetings(*, event: AnyEvent, meeting: Meeting, other: Meeting, mark: str, by, held: bool = False) -> Plan:
    """Each takes the other's time and table. Raises Begun, Breaks, PlanChanged, Busy."""
    one, two = bridge.places([meeting, other])
    to = {one: _moved(one, two.slot, two.table), two: _moved(two, one.slot, one.table)}
    return _change(event, "event meetings swapped", mark, by, lambda places: [to.get(each, each) for each in places], one, held=held)


def lock_meeting(*, event: AnyEvent, meeting: Meeting, locked: bool, mark: str, by) -> Plan:
    """A locked meeting stays where it is when the plan is computed again."""
    old = bridge.places([meeting])[0]
    act = "event meeting locked" if locked else "event meeting unlocked"
    return _change(event, act, mark, by, lambda places: [each._replace(locked=locked) if each == old else each for each in places], old)


def cancel_meeting(*, event: AnyEvent, meeting: Meeting, mark: str, by) -> Plan:
    old = bridge.places([meeting])[0]
    return _change(event, "event meeting cancelled", mark, by, lambda places: [each for each in places if each != old], old)


def add_meeting(*, event: AnyEvent, place: Place, mark: str, by, held: bool = False) -> Plan:
    """Locked, since somebody wants it there; also a pair that nobody wished. Raises Begun, Breaks, PlanChanged, Busy."""
    return _change(event, "event meeting added", mark, by, lambda places: [*places, place], place, held=held)


def undo_change(*, event: Event, mark: str, by) -> Step:
    """The last step of the draft taken back, with what was known of the plan then; a draft that the step began is gone again. Gives the step.

    Raises PlanChanged, also when nothing can be undone, and Busy.
    """
    plan = _draft_to_change(event, mark)
    if not steps_of(plan):
        raise PlanChanged
    step = take_back(plan)
    audit.record("event plan undone", by=by, subject=event)
    db.session.flush()
    return step


def discard_draft(*, event: Event, mark: str, by) -> int:
    """The draft with all its changes, whose number it gives; what is published stands. Raises PlanChanged, also when there is no draft, and Busy."""
    plan = _draft_to_change(event, mark)
    audit.record("event draft discarded", by=by, subject=event, number=plan.number)
    db.session.delete(plan)
    db.session.flush()
    return plan.number


def _draft_to_change(event: AnyEvent, mark: str) -> Plan:
    take_turns(f"plan of {event.id}")
    refuse_while_computing(event)
    plan = queries.standing_draft(event.id)
    if plan is None or plan.mark != mark:
        raise PlanChanged
    return plan


def _moved(place: Place, slot: int, table: int) -> Place:
    return place._replace(slot=slot, table=table)


def _change(event: AnyEvent, act: str, mark: str, by, change: Callable[[Sequence[Place]], list[Place]], about: Place, *, held: bool = False) -> Plan:
    """Raises Breaks for rules that the change breaks; what was broken before it is no reason to refuse."""
    take_turns(f"plan of {event.id}")
    refuse_while_computing(event)
    current = queries.plan_of(event.id)
    if current is None or current.mark != mark:
        raise PlanChanged
    material, before = queries.material(event), bridge.places(queries.meetings_of(current))
    after = change(before)
    known = set(Board(material, before).objections())
    new = [each for each in Board(material, after).objections() if each not in known]
    if new:
        raise Breaks(new)
    if not held:
        _refuse_what_has_begun(event, before, after)
    by_hand = current.by_hand or {each[:4] for each in after} != {each[:4] for each in before}
    plan = change_plan(event=event, places=after, act=act, about=about.pair, by_hand=by_hand)
    names = {each.id: each.name for each in event.participants}
    audit.record(act, by=by, subject=db.session.get(Event, event.id), pair=f"{names[about.need]} – {names[about.offer]}")
    db.session.flush()
    return plan


def _refuse_what_has_begun(event: AnyEvent, before: Sequence[Place], after: Sequence[Place]) -> None:
    """Raises Begun for a meeting that was not in such a slot already; another table there is no other time."""
    stood, begun = {(each.pair, each.slot) for each in before}, running(event).begun
    late = next((each.slot for each in after if each.slot in begun and (each.pair, each.slot) not in stood), None)
    if late is not None:
        raise Begun(late)
