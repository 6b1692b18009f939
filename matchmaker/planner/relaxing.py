"""The least that would have to change for something to be had. A suggestion is given only after solving again with it."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import sparse

from matchmaker.planner.model import Model
from matchmaker.planner.problem import Pair, Participant, Plan, Problem
from matchmaker.planner.reasons import missing, why_short
from matchmaker.planner.solve import reached
from matchmaker.planner.solver import Program, Solver

EXAMINED = 12
"""How many people and musts are looked into; the others mostly wait for the same table or the same partner."""
COST = {"without": 1, "available": 2, "maximum": 2, "person": 2, "table": 3}
"""What each kind of change costs: to do without one who sits in is the coordinator's own to decide, the others must be asked, a table must be found."""


@dataclass(frozen=True)
class Change:
    """One thing a coordinator could give: ``kind`` and what it is about.

    "available": a participant in a slot; "maximum": one meeting more for a participant; "table": one more table, in all slots;
    "person": somebody who sits in, in a slot; "without": ``pair`` meets without somebody who was to sit in.
    """

    kind: Literal["available", "maximum", "table", "person", "without"]
    who: str = ""
    slot: str = ""
    pair: Pair | None = None


@dataclass(frozen=True)
class Relaxation:
    """Changes that together help, and what solving with them brought: so many musts placed more, so many meetings missing less."""

    changes: tuple[Change, ...]
    musts: int
    shortfall: int


def relaxations(problem: Problem, plan: Plan, *, seconds: float = 20.0, stop: Callable[[], bool] = lambda: False) -> list[Relaxation]:
    """The smallest changes that would place a must that is missing, or give somebody a meeting they must have; the best first.

    One more table in every slot is tried first. Then, for each missing must and each person short of meetings, the fewest changes are
    looked for (an integer program with a column for every change) and tried by solving the changed problem.
    """
    ends = time.monotonic() + seconds
    placed = {meeting.pair for meeting in plan.meetings}
    targets: list[Pair | str] = [wish.pair for wish in problem.wishes if wish.must and wish.pair not in placed and wish.pair not in problem.forbidden]
    targets += [id_ for id_ in missing(problem, plan.meetings) if why_short(problem, id_).cause != "few_partners"]
    found: dict[tuple[Change, ...], Relaxation] = {}

    def left() -> float:
        return 0.0 if stop() else max(0.0, ends - time.monotonic())

    def tried(changes: tuple[Change, ...]) -> None:
        if changes and changes not in found and left():
            (musts, shortfall), _ = reached(changed(problem, changes), ("musts", "shortfall"), seconds=left())
            better = musts - plan.musts, plan.shortfall + shortfall
            if better > (0, 0):
                found[changes] = Relaxation(changes, *better)

    if targets:
        tried((Change("table"),))
    for target in targets[:EXAMINED]:
        tried(_fewest(problem, plan, target, left()))
    return sorted(found.values(), key=lambda each: (-each.musts, len(each.changes), -each.shortfall))


def changed(problem: Problem, changes: Sequence[Change]) -> Problem:
    """The problem with some changes made; a table that is added is called by its number."""
    for change in changes:
        if change.kind == "table":
            problem = replace(problem, tables=(*problem.tables, f"+{len(problem.tables) + 1}"))
        elif change.kind in ("person", "without"):
            without = frozenset({change.pair}) if change.pair else frozenset()
            problem = replace(problem, once=tuple(
                replace(each, pairs=each.pairs - without, unavailable=each.unavailable - {change.slot}) if each.who == change.who else each
                for each in problem.once
            ))  # fmt: skip
        else:
            people = tuple(_given(each, change) if each.id == change.who else each for each in problem.participants)
            problem = replace(problem, participants=people)
    return problem


def _given(who: Participant, change: Change) -> Participant:
    if change.kind == "maximum":
        return replace(who, max_meetings=who.max_meetings + 1)
    return replace(who, unavailable=who.unavailable - {change.slot})


def _fewest(problem: Problem, plan: Plan, target: Pair | str, seconds: float) -> tuple[Change, ...]:
    """The fewest changes that give ``target`` (a must, or a participant one meeting more) without harm to the goals; none where there are none.

    Changes are looked for at the target, those it may meet and those who sit in there, and one table may be added.
    """
    if seconds <= 0:
        return ()
    partners = {id_ for wish in problem.wishes if target in wish.pair for id_ in wish.pair} if isinstance(target, str) else set(target)
    near = [each for each in problem.participants if each.id in partners]
    changes = [Change("available", each.id, slot) for each in near for slot in sorted(each.unavailable)]
    changes += [Change("maximum", each.id) for each in near]
    third = [(person, pair) for person in problem.once for pair in sorted(person.pairs) if pair == target or target in pair]
    others = {person: person.pairs - {pair for each, pair in third if each == person} for person, _ in third}
    changes += [Change("without", person.who, pair=pair) for person, pair in third]
    changes += [Change("person", person.who, slot) for person in others for slot in sorted(person.unavailable)]
    changes = [*dict.fromkeys(changes), Change("table")]
    model = Model(changed(problem, changes))
    rows, limits = [], []

    def at_most(meetings: np.ndarray, limit: int, *raised: Change) -> None:
        bought = np.zeros(len(changes))
        bought[[changes.index(change) for change in raised]] = -1
        rows.append(np.concatenate([meetings, np.zeros(len(model.most) - model.meetings), bought]))
        limits.append(limit)

    def between(pairs: Iterable[Pair], slot: str) -> np.ndarray:
        wanted = set(pairs)
        there = np.array([problem.wishes[wish].pair in wanted for wish in model.wish], bool)
        return 1.0 * (there & (model.slot == model.slot_number[slot]))

    for person, pair in third:
        for slot in model.slots:  # the pairs of `third` that a person is asked to leave never meet at once: they share `target`
            at_most(between({pair, *others[person]}, slot), 1, Change("without", person.who, pair=pair))
        for slot in person.unavailable:
            at_most(between({pair}, slot), 0, Change("without", person.who, pair=pair), Change("person", person.who, slot))
            at_most(between(others[person], slot), 0, Change("person", person.who, slot))
    for change in changes[:-1]:
        if change.kind not in ("available", "maximum"):
            continue
        number = model.number[change.who]
        its = (model.need == number) | (model.offer == number)
        if change.kind == "available":
            at_most(1.0 * (its & (model.slot == model.slot_number[change.slot])), 0, change)
        else:
            at_most(1.0 * its, problem.by_id[change.who].max_meetings, change)
    for number, slot in enumerate(model.slots):
        at_most(1.0 * (model.slot == number), problem.seats[slot], changes[-1])
    wanted = dict(zip(("musts", "shortfall"), model.goals))
    floors = [(wanted["musts"].weights, plan.musts + (not isinstance(target, str))), (wanted["shortfall"].weights, isinstance(target, str) - plan.shortfall)]
    most = model.most.copy()
    if isinstance(target, str):
        column = model.meetings + int(np.flatnonzero(model.short == model.number[target])[0])
        most[column] = missing(problem, plan.meetings)[target] - 1
    else:
        floors = [floors[0], (np.where([problem.wishes[wish].pair == target for wish in model.wish], 1.0, 0.0), 1)]
    return _bought(model, most, floors, (rows, limits), changes, seconds)


def _bought(model: Model, most: np.ndarray, floors: list, own: tuple[list, list], changes: list[Change], seconds: float) -> tuple[Change, ...]:
    width, extra = len(model.most), len(changes)
    wide = sparse.hstack([model.matrix, sparse.csr_matrix((model.matrix.shape[0], extra))])
    goals = np.array([np.pad(weights, (0, width + extra - len(weights))) for weights, _ in floors])
    matrix = sparse.vstack([wide, sparse.csr_matrix(np.array(own[0])), sparse.csr_matrix(goals)]).tocsr()
    low = np.concatenate([model.low, np.full(len(own[1]), -np.inf), [float(least) for _, least in floors]])
    high = np.concatenate([model.high, np.array(own[1], float), np.full(len(floors), np.inf)])
    least, top = np.concatenate([model.least, np.zeros(extra)]), np.concatenate([most, np.ones(extra)])
    cost = np.concatenate([np.zeros(width), [COST[change.kind] for change in changes]])
    ends = time.monotonic() + seconds
    found = Solver(Program(matrix, low, high, least, top), lambda: time.monotonic() > ends).whole(-cost, seconds)
    if found.columns is None:
        return ()
    return tuple(change for change, bought in zip(changes, found.columns[width:]) if bought > 0.5)
