"""Why something could not be had, and the least that would have to change. A suggestion is given only after solving again with it."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

import numpy as np
from scipy import sparse

from matchmaker.planner.model import Model, contradictions
from matchmaker.planner.problem import Meeting, Pair, Participant, Plan, Problem, Unplaced
from matchmaker.planner.solve import reached
from matchmaker.planner.solver import Program, Solver

Cause = Literal[
    "forbidden", "no_common_slot", "need_full", "offer_full", "both_full", "busy", "no_table", "time_ran_out",
    "few_slots", "few_partners", "low_maximum", "partners_taken",
    "not_wished", "unavailable", "pair_twice", "table_twice", "table_closed", "two_at_once", "too_many",
]  # fmt: skip
EXAMINED = 12
"""How many people and musts are looked into; the others mostly wait for the same table or the same partner."""
PERSON, TABLE = 2, 3
"""What it costs to ask one person for a slot or a meeting more, and to find another table."""


@dataclass(frozen=True)
class Reason:
    """Why: a cause, who it is about, and the figures that belong to it."""

    cause: Cause
    who: tuple[str, ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True)
class Change:
    """One thing a coordinator could give: ``kind`` and what it is about.

    "available": a participant in a slot; "maximum": one meeting more for a participant; "table": one more table, in all slots.
    """

    kind: Literal["available", "maximum", "table"]
    who: str = ""
    slot: str = ""


@dataclass(frozen=True)
class Relaxation:
    """Changes that together help, and what solving with them brought: so many musts placed more, so many meetings missing less."""

    changes: tuple[Change, ...]
    musts: int
    shortfall: int


def why_not(problem: Problem, meetings: Sequence[Meeting], pair: Pair) -> Reason:
    """Why a wished pair does not meet in a plan."""
    need, offer = (problem.by_id[id_] for id_ in pair)
    common = problem.free(need.id) & problem.free(offer.id)
    if pair in problem.forbidden:
        return Reason("forbidden", pair)
    if not common:
        return Reason("no_common_slot", pair)
    held = Counter(id_ for meeting in meetings for id_ in meeting.pair)
    full = [each for each in (need, offer) if held[each.id] >= each.max_meetings]
    if full:
        cause: Cause = "both_full" if len(full) == 2 else "need_full" if full[0] is need else "offer_full"
        return Reason(cause, tuple(each.id for each in full), tuple(each.max_meetings for each in full))
    taken = {meeting.slot for meeting in meetings if meeting.need == need.id or meeting.offer == offer.id}
    if common <= taken:
        return Reason("busy", pair, (len(common),))
    seats = Counter(meeting.slot for meeting in meetings)
    if all(seats[slot] >= problem.seats[slot] for slot in common - taken):
        return Reason("no_table", pair, (len(common - taken),))
    return Reason("time_ran_out", pair)


def why_short(problem: Problem, id_: str) -> Reason:
    """Why a participant does not get the meetings it must have at least."""
    who = problem.by_id[id_]
    free = len(problem.free(id_))
    partners = sum(id_ in wish.pair and wish.pair not in problem.forbidden for wish in problem.wishes)
    for cause, figure in (("low_maximum", who.max_meetings), ("few_slots", free), ("few_partners", partners)):
        if figure < who.min_meetings:
            return Reason(cause, (id_,), (figure, who.min_meetings))  # type: ignore[arg-type]
    return Reason("partners_taken", (id_,), (partners, who.min_meetings))


def missing(problem: Problem, meetings: Sequence[Meeting]) -> dict[str, int]:
    """How many meetings each participant lacks to its minimum, those that lack most first; nobody who lacks none."""
    held = Counter(id_ for meeting in meetings for id_ in meeting.pair)
    lack = {each.id: each.min_meetings - held[each.id] for each in problem.participants}
    return dict(sorted(((id_, number) for id_, number in lack.items() if number > 0), key=lambda item: (-item[1], item[0])))


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

    Changes are looked for at the target and those it may meet, and one table may be added.
    """
    if seconds <= 0:
        return ()
    partners = {id_ for wish in problem.wishes if target in wish.pair for id_ in wish.pair} if isinstance(target, str) else set(target)
    near = [each for each in problem.participants if each.id in partners]
    changes = [Change("available", each.id, slot) for each in near for slot in sorted(each.unavailable)]
    changes += [*(Change("maximum", each.id) for each in near), Change("table")]
    model = Model(changed(problem, changes))
    rows, limits = [], []

    def at_most(meetings: np.ndarray, change: Change, limit: int) -> None:
        bought = np.zeros(len(changes))
        bought[changes.index(change)] = -1
        rows.append(np.concatenate([meetings, np.zeros(len(model.most) - model.meetings), bought]))
        limits.append(limit)

    for change in changes[:-1]:
        number = model.number[change.who]
        its = (model.need == number) | (model.offer == number)
        if change.kind == "available":
            at_most(1.0 * (its & (model.slot == model.slot_number[change.slot])), change, 0)
        else:
            at_most(1.0 * its, change, problem.by_id[change.who].max_meetings)
    for number, slot in enumerate(model.slots):
        at_most(1.0 * (model.slot == number), changes[-1], problem.seats[slot])
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
    cost = np.concatenate([np.zeros(width), [TABLE if change.kind == "table" else PERSON for change in changes]])
    ends = time.monotonic() + seconds
    found = Solver(Program(matrix, low, high, least, top), lambda: time.monotonic() > ends).whole(-cost, seconds)
    if found.columns is None:
        return ()
    return tuple(change for change, bought in zip(changes, found.columns[width:]) if bought > 0.5)


# in words, for the command


def words(reason: Reason) -> str:
    """A reason in English."""
    return _WORDS[reason.cause].format(*reason.who, n=reason.figures[0] if reason.figures else 0, m=reason.figures[-1] if reason.figures else 0)


def relaxation_words(relaxation: Relaxation) -> str:
    """A relaxation and what it brings, in English."""
    asked = " and ".join(_CHANGES[change.kind].format(who=change.who, slot=change.slot) for change in relaxation.changes)
    brought = [f"{number} {text}" for number, text in ((relaxation.musts, "more must placed"), (relaxation.shortfall, "fewer meetings missing")) if number]
    return f"{asked}: {', '.join(brought)}"


_CHANGES = {"available": "{who} also in {slot}", "maximum": "one meeting more for {who}", "table": "one more table"}
_WORDS = {
    "forbidden": "{0} and {1} must not meet",
    "no_common_slot": "{0} and {1} have no slot in common",
    "need_full": "{0} has all of its {n} meetings",
    "offer_full": "{0} has all of its {n} meetings",
    "both_full": "{0} and {1} have all of their meetings",
    "busy": "{0} or {1} is in another meeting in each of the {n} slots they share",
    "no_table": "all tables are taken in the {n} slots in which both are free",
    "time_ran_out": "there was no time to place it",
    "few_slots": "{0} is free in {n} slots and must meet {m}",
    "few_partners": "{0} has {n} possible partners and must meet {m}",
    "low_maximum": "{0} may meet {n} at most and must meet {m}",
    "partners_taken": "those {0} may meet are taken, or the tables are: it has {n} possible partners and must meet {m}",
    "not_wished": "nobody wished the fixed meeting of {0} and {1}",
    "unavailable": "{0} or {1} cannot come to their fixed meeting",
    "pair_twice": "the meeting of {0} and {1} is fixed twice",
    "table_closed": "the table of the fixed meeting of {0} and {1} is closed then",
    "table_twice": "another meeting is fixed at the table of {0} and {1}",
    "two_at_once": "{0} or {1} has two fixed meetings at once",
    "too_many": "{0} or {1} has more fixed meetings than it may have",
}


def explained(problem: Problem, plan: Plan, *, seconds: float = 20.0, stop: Callable[[], bool] = lambda: False) -> Plan:
    """The plan with a reason for every wish that is not in it and for everybody short of meetings, and with relaxations, in English.

    Musts that are missing come first.
    """
    placed = {meeting.pair for meeting in plan.meetings}
    waiting = sorted((wish for wish in problem.wishes if wish.pair not in placed), key=lambda wish: (not wish.must, -wish.value, wish.pair))
    if plan.status == "infeasible":
        return replace(plan, relaxations=tuple(words(Reason(cast(Cause, rule), meeting.pair)) for rule, meeting in contradictions(problem)))
    unplaced = tuple(Unplaced(wish.need, wish.offer, words(why_not(problem, plan.meetings, wish.pair))) for wish in waiting)
    short = tuple(words(why_short(problem, id_)) for id_ in missing(problem, plan.meetings))
    found = tuple(relaxation_words(each) for each in relaxations(problem, plan, seconds=seconds, stop=stop))
    return replace(plan, unplaced=unplaced, relaxations=found, short=short)
