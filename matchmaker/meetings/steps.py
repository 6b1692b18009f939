"""A draft's steps back: what each change took out and put in, so that the last twenty can be undone one after another.

A step, as kept in `Plan.before` (the oldest first): `{"act", "about": [need, offer] or null, "gone", "came": [[need, offer, slot, table, locked]],
"by_hand", "findings" (only where the change brought new ones), "opened": the change began the draft}`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Plan
from matchmaker.meetings.queries import Pair

MOST = 20
COMPUTED = "computed"
"""The act of a plan that was made by pressing for one."""
MENDED = "mended"
"""The act of a plan that was computed because somebody did not come."""
Step = dict[str, Any]


def steps_of(plan: Plan | None) -> list[Step]:
    """The oldest first; none for no plan."""
    return [step for step in (plan.before or ()) if isinstance(step, dict)] if plan is not None else []


def undoable(plan: Plan | None) -> int:
    """How many changes can be taken back. The first plan of all is none: before it there was nothing to come back to."""
    steps = steps_of(plan)
    first = bool(steps) and steps[0]["opened"] and steps[0]["act"] == COMPUTED and plan is not None and plan.number == 1
    return len(steps) - first


def noted(plan: Plan, before: Iterable[Place], after: Iterable[Place], *, act: str, about: Pair | None, opened: bool, findings: bool) -> list[Step]:
    """The plan's steps with one more, for a change from some meetings to others. `findings`: the change brings new ones, so the old are kept."""
    old, new = set(before), set(after)
    step: Step = {"act": act, "about": list(about) if about else None, "by_hand": plan.by_hand, "opened": opened}
    step |= {"gone": [list(each) for each in sorted(old - new)], "came": [list(each) for each in sorted(new - old)]}
    return [*steps_of(plan), step | ({"findings": plan.findings} if findings else {})][-MOST:]


def undone(places: Sequence[Place], step: Step) -> list[Place]:
    """The meetings as they were before a step."""
    came = {Place(*each) for each in step["came"]}
    return [each for each in places if each not in came] + [Place(*each) for each in step["gone"]]
