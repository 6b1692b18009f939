"""What a plan means for people: what another plan changes for each of them, how evenly meetings are spread, how good the plan is.

All is given as numbers and ids, for pages to say in their own words; ``lines`` say it in English for the command.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matchmaker.planner.problem import Meeting, Pair, Plan, Problem


@dataclass(frozen=True)
class Move:
    """A meeting of the same two at another time, at another table, or both."""

    before: Meeting
    after: Meeting

    @property
    def time(self) -> bool:
        """Whether the slot is another one."""
        return self.before.slot != self.after.slot

    @property
    def table(self) -> bool:
        """Whether the table is another one."""
        return self.before.table != self.after.table


@dataclass(frozen=True)
class PersonChange:
    """What is new for one participant: meetings that fell out, that came, and that moved, each in the order of its slots' ids."""

    id: str
    gone: tuple[Meeting, ...] = ()
    new: tuple[Meeting, ...] = ()
    moved: tuple[Move, ...] = ()


def changes(old: Sequence[Meeting], new: Sequence[Meeting]) -> list[PersonChange]:
    """What is new for whom, by id; whoever keeps everything as it was is not in the list. A meeting changes for both who meet."""
    gone, came, moved = _differences(old, new)
    of: dict[str, tuple[list[Meeting], list[Meeting], list[Move]]] = defaultdict(lambda: ([], [], []))
    for meeting in gone:
        for id_ in meeting.pair:
            of[id_][0].append(meeting)
    for meeting in came:
        for id_ in meeting.pair:
            of[id_][1].append(meeting)
    for move in moved:
        for id_ in move.after.pair:
            of[id_][2].append(move)
    return [PersonChange(id_, *(tuple(each) for each in of[id_])) for id_ in sorted(of)]  # type: ignore[arg-type]


def _differences(old: Sequence[Meeting], new: Sequence[Meeting]) -> tuple[list[Meeting], list[Meeting], list[Move]]:
    before: dict[Pair, list[Meeting]] = defaultdict(list)
    for meeting in sorted(set(old) - set(new), key=_time):
        before[meeting.pair].append(meeting)
    came, moved = [], []
    for meeting in sorted(set(new) - set(old), key=_time):
        if before[meeting.pair]:
            moved.append(Move(before[meeting.pair].pop(0), meeting))
        else:
            came.append(meeting)
    return sorted((meeting for rest in before.values() for meeting in rest), key=_time), came, moved


def _time(meeting: Meeting) -> tuple[str, str, str, str]:
    return meeting.slot, meeting.table, meeting.need, meeting.offer


def lines(changed: Iterable[PersonChange]) -> list[str]:
    """The changes in English, a line each."""
    said = []
    for person in changed:
        other = lambda meeting, id_=person.id: meeting.offer if meeting.need == id_ else meeting.need  # noqa: E731
        said += [f"{person.id}: no longer meets {other(each)} ({each.slot}, {each.table})" for each in person.gone]
        said += [f"{person.id}: now meets {other(each)} ({each.slot}, {each.table})" for each in person.new]
        said += [
            f"{person.id}: meets {other(each.after)} in {each.after.slot} at {each.after.table}, not {each.before.slot} at {each.before.table}"
            for each in person.moved
        ]
    return said


@dataclass(frozen=True)
class Spread:
    """Meetings a person: the fewest, the median, the most, and how many people have none."""

    least: int
    median: float
    most: int
    without: int


def spread(people: Iterable[str], meetings: Iterable[Meeting]) -> Spread:
    """How meetings are spread over some people (ids); all nought for nobody at all."""
    held = Counter(id_ for meeting in meetings for id_ in meeting.pair)
    counts = [held[id_] for id_ in people]
    return Spread(min(counts), statistics.median(counts), max(counts), counts.count(0)) if counts else Spread(0, 0, 0, 0)


def table_changes(problem: Problem, meetings: Iterable[Meeting]) -> dict[str, int]:
    """How often each participant goes to another table than that of the meeting before."""
    order = {slot.id: nth for nth, slot in enumerate(problem.slots)}
    sits: dict[str, list[str]] = {id_: [] for id_ in problem.by_id}
    for meeting in sorted(meetings, key=lambda meeting: order[meeting.slot]):
        for id_ in meeting.pair:
            sits[id_].append(meeting.table)
    return {id_: sum(one != other for one, other in pairwise(tables)) for id_, tables in sits.items()}


def gap(plan: Plan) -> float:
    """How much more value there could be at most, in per cent of the bound."""
    return 100 * (plan.bound.value - plan.value) / plan.bound.value if plan.bound.value > plan.value else 0.0
