"""From a problem to a plan that is proven to be good.

The goals are met in their order, each without giving up anything of those before it. For every goal the linear relaxation gives a
bound and, since meetings between two sides are nearly a flow, mostly whole numbers as well; where it does not, what it says guides
a first whole solution, and an integer program goes on from there.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matchmaker.planner.model import Goal, Model, contradictions
from matchmaker.planner.problem import Bound, Meeting, Plan, Problem, worth
from matchmaker.planner.solver import NEARLY, Program, Solver
from matchmaker.planner.tables import seated


@dataclass(frozen=True)
class Progress:
    """Where the work stands: the goal in hand, how much the best plan has of it, what is proven to be the most, seconds gone."""

    goal: str
    best: int
    bound: int
    seconds: float


class Clock:
    """The time that is left, and whether somebody said stop."""

    def __init__(self, seconds: float, stop: Callable[[], bool] | None) -> None:
        self.began, self.seconds, self._stop = time.monotonic(), seconds, stop or (lambda: False)

    @property
    def gone(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Seconds left, none once somebody said stop."""
        return 0.0 if self._stop() else max(0.0, self.seconds - self.gone)


def solve(
    problem: Problem,
    *,
    seconds: float = 60.0,
    keep: Sequence[Meeting] = (),
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """The best plan found in ``seconds``; "optimal" where nothing better exists, "infeasible" where the fixed meetings break a rule.

    ``keep``: meetings of an old plan; as few of them as possible are changed, before value is looked at. ``progress`` is told what is
    reached, ``stop`` is asked several times a second. The same input gives the same plan unless time or ``stop`` cut it short.
    """
    clock = Clock(seconds, stop)
    if contradictions(problem):
        musts, shortfall, value = worth(problem, ())
        return Plan((), musts, shortfall, value, Bound(musts, shortfall, value), "infeasible", clock.gone)
    model = Model(problem, keep)
    best, bounds = Search(model, model.goals, clock, progress or (lambda _: None)).run()
    meetings = tuple(seated(problem, model.pairs(best), keep))
    musts, shortfall, value = worth(problem, meetings)
    bound = Bound(bounds["musts"], -bounds["shortfall"], bounds["value"])
    proven = all(goal.of(best) == bounds[goal.name] for goal in model.goals)
    return Plan(meetings, musts, shortfall, value, bound, "optimal" if proven else "feasible", clock.gone)


def reached(problem: Problem, names: Sequence[str], *, seconds: float, keep: Sequence[Meeting] = ()) -> tuple[tuple[int, ...], bool]:
    """How much can be had of the goals called ``names``, in this order and of nothing else, and whether that is proven.

    Shortfall counts below nought. What some goal costs another is the difference between two such answers.
    """
    model = Model(problem, keep)
    known = {goal.name: goal for goal in model.goals}
    goals = [known[name] for name in names if name in known]
    best, bounds = Search(model, goals, Clock(seconds, None)).run()
    amounts = {goal.name: goal.of(best) for goal in goals}
    return tuple(amounts.get(name, 0) for name in names), amounts == bounds


class Search:
    """One search: the best solution so far, and for every goal a bound on what plans have that are no worse in the goals before it."""

    def __init__(self, model: Model, goals: Sequence[Goal], clock: Clock, progress: Callable[[Progress], None] = lambda _: None) -> None:
        self.model, self.goals, self.clock, self._progress = model, goals, clock, progress
        self.best = completed(model, model.standing)
        self.bounds = {goal.name: ceiling(model, goal) for goal in goals}

    def run(self) -> tuple[np.ndarray, dict[str, int]]:
        """The best solution and the bounds, by goal."""
        hopeful = self._hopeful()
        solver = self._solver()
        for goal in self.goals:
            if hopeful.get(goal.name) == goal.of(self.best):
                self.bounds[goal.name] = hopeful[goal.name]
            else:
                hopeful = {}
                self._prove(solver, goal)
            solver.hold(goal.weights, goal.of(self.best))
            self._tell(goal)
        return self.best, self.bounds

    def _solver(self) -> Solver:
        model = self.model
        return Solver(Program(model.matrix, model.low, model.high, model.least, model.most), lambda: self.clock.left <= 0)

    def _hopeful(self) -> dict[str, int]:
        """Relax goal after goal as if every bound could be had; where the last solution is whole, everything is proven at once."""
        solver, bounds = self._solver(), {}
        for goal in self.goals:
            relaxed = solver.relax(goal.weights)
            if relaxed.columns is None:
                return {}
            bounds[goal.name] = int(np.floor(relaxed.bound + NEARLY))
            solver.hold(goal.weights, bounds[goal.name])
            self._take(completed(self.model, relaxed.columns[: self.model.meetings]))
        return bounds

    def _prove(self, solver: Solver, goal: Goal) -> None:
        relaxed = solver.relax(goal.weights)
        if relaxed.columns is None:
            return
        self.bounds[goal.name] = int(np.floor(relaxed.bound + NEARLY))
        self._take(completed(self.model, relaxed.columns[: self.model.meetings]))
        if goal.of(self.best) < self.bounds[goal.name] and self.clock.left:
            share = 1.0 if goal is self.goals[-1] else 0.5
            found = solver.whole(goal.weights, share * self.clock.left, self.best, lambda best, bound: self._heard(goal, best, bound))
            if found.columns is not None:
                self._take(self.model.filled(np.rint(found.columns[: self.model.meetings])))
            self.bounds[goal.name] = max(goal.of(self.best), self._proven(goal, found.bound))

    def _proven(self, goal: Goal, bound: float) -> int:
        """The least bound known; a solver that was stopped before it proved anything says that there may be endlessly much."""
        return min(self.bounds[goal.name], int(np.floor(bound + NEARLY))) if np.isfinite(bound) else self.bounds[goal.name]

    def _take(self, columns: np.ndarray) -> None:
        """Take a solution where it breaks no row and is better, goal by goal."""
        ours, theirs = ([goal.of(each) for goal in self.goals] for each in (self.best, columns))
        if theirs > ours and self.model.obeys(columns):
            self.best = columns

    def _heard(self, goal: Goal, best: float, bound: float) -> None:
        self._progress(Progress(goal.name, int(np.rint(best)), self._proven(goal, bound), self.clock.gone))

    def _tell(self, goal: Goal) -> None:
        self._progress(Progress(goal.name, goal.of(self.best), self.bounds[goal.name], self.clock.gone))


def completed(model: Model, guide: np.ndarray) -> np.ndarray:
    """First come, first served: fixed meetings, then what ``guide`` (meetings,) has most of, then musts, then the dearest wishes.

    A meeting that ``guide`` has wholly always finds its place; with a guide of noughts this is the plan of a careful hand.
    """
    chosen = np.zeros(model.meetings)
    if not model.meetings:
        return model.filled(chosen)
    optional = np.array([not wish.must for wish in model.problem.wishes])[model.wish]
    value = np.array([wish.value for wish in model.problem.wishes])[model.wish]
    order = np.lexsort((model.slot, -value, optional, -np.round(guide, 6), -model.least[: model.meetings]))
    wishes: set[int] = set()
    busy: set[tuple[int, int]] = set()
    sits: set[tuple[int, int]] = set()
    seats = [model.problem.seats[slot] for slot in model.slots]
    room = [each.max_meetings for each in model.problem.participants]
    for at in order.tolist():
        wish, slot, need, offer = int(model.wish[at]), int(model.slot[at]), int(model.need[at]), int(model.offer[at])
        if wish in wishes or (need, slot) in busy or (offer, slot) in busy or not seats[slot] or not room[need] or not room[offer]:
            continue
        third = {(person, slot) for person in model.shared[wish]}
        if third & sits:
            continue
        sits |= third
        wishes.add(wish)
        busy |= {(need, slot), (offer, slot)}
        seats[slot] -= 1
        room[need] -= 1
        room[offer] -= 1
        chosen[at] = 1
    return model.filled(chosen)


def ceiling(model: Model, goal: Goal) -> int:
    """A bound that needs no search: everything that counts for a goal, nothing that counts against it."""
    if goal.name in ("musts", "value"):
        return int(sum({int(wish): weight for wish, weight in zip(model.wish, goal.weights)}.values()))
    return int(np.maximum(goal.weights, 0) @ model.most)


def priced(problem: Problem, plan: Plan, *, keep: Sequence[Meeting] = (), seconds: float = 20.0) -> Plan:
    """The plan with what each goal between the musts and the value costs in value: how much more there could be without it.

    "shortfall": the minima; "kept": an old plan's meetings; "unexpected": the reserved ones. Only what is proven is said, and None where there
    is less without it: then the goals that come after it took the room, and no cost is its own.
    """
    clock = Clock(seconds, None)
    names = [goal.name for goal in Model(problem, keep).goals]
    price: dict[str, int | None] = {}
    for name in names[1:-1] if plan.status == "optimal" else ():
        amounts, proven = reached(problem, [each for each in names if each != name], seconds=clock.left, keep=keep)
        if proven:
            price[name] = cost if (cost := amounts[-1] - plan.value) >= 0 else None
    return replace(plan, price=price)
