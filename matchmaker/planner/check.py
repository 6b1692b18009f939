"""Whether a plan keeps every rule of its problem and counts itself rightly. It reads both and knows nothing of how plans are made."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matchmaker.planner.problem import Meeting, Pair, Problem
from matchmaker.planner.telling import kind, listed, listed_pairs, named, shown

STATUSES = ("optimal", "feasible", "infeasible")
RULES = (
    "malformed", "unknown", "not_wished", "forbidden", "pair_twice", "two_at_once", "unavailable", "too_many", "once", "once_unavailable",
    "table_twice", "table_closed", "fixed_moved", "count_musts", "count_shortfall", "count_value", "bound", "status", "unplaced",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One broken rule (of ``RULES``), the place in the plan or the participant it is about, and a sentence that says it."""

    rule: str
    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.words}"


def faults(problem: Problem, plan: Any) -> list[Fault]:
    """Every broken rule of a plan, given as the plain values of its file; whatever these are, nothing is raised.

    The order is that of ``RULES``, then of the plan, then of the problem. An infeasible plan answers for ``fixed`` only where
    the fixed meetings can stand together (see ``fixed_faults``).
    """
    reading = _Reading(plan)
    found = [*reading.faults, *_unknown(problem, reading.meetings)]
    held = [meeting for _, meeting in reading.meetings]
    hopeless = reading.status == "infeasible" and bool(fixed_faults(problem))
    found += _broken(problem, held)
    found += [] if hopeless else _fixed_moved(problem, held)
    found += _figures(problem, reading, held, hopeless)
    found += _unplaced(problem, reading.unplaced, {meeting.pair for meeting in held})
    return sorted(found, key=lambda fault: RULES.index(fault.rule))


def fixed_faults(problem: Problem) -> list[Fault]:
    """The rules that the fixed meetings alone break: while there is one, no plan can keep them all."""
    return _broken(problem, list(dict.fromkeys(problem.fixed)))


# the rules, each over all meetings


def _unknown(problem: Problem, meetings: Iterable[tuple[str, Meeting]]) -> list[Fault]:
    sides = {each.id: each.side for each in problem.participants}
    slots, tables = {slot.id for slot in problem.slots}, set(problem.tables)
    found = []
    for where, meeting in meetings:
        for side, id_ in (("need", meeting.need), ("offer", meeting.offer)):
            if id_ not in sides:
                found.append(Fault("unknown", where, f"there is no participant {shown(id_)}"))
            elif sides[id_] != side:
                found.append(Fault("unknown", where, f"{shown(id_)} stands as the {side}, but is on the other side"))
        if meeting.slot not in slots:
            found.append(Fault("unknown", where, f"there is no slot {shown(meeting.slot)}"))
        if meeting.table not in tables:
            found.append(Fault("unknown", where, f"there is no table {shown(meeting.table)}"))
    return found


def _broken(problem: Problem, meetings: Sequence[Meeting]) -> list[Fault]:
    return [
        *_of_pairs(problem, meetings),
        *_of_people(problem, meetings),
        *_of_the_third(problem, meetings),
        *_of_tables(problem, meetings),
    ]


def _of_pairs(problem: Problem, meetings: Sequence[Meeting]) -> list[Fault]:
    wished = {(wish.need, wish.offer) for wish in problem.wishes}
    known = {each.id for each in problem.participants}
    times = defaultdict(list)
    for meeting in meetings:
        times[meeting.pair].append(meeting.slot)
    found = []
    for pair, slots in times.items():
        names = named(pair)
        # a pair of people nobody knows is told as that
        if pair not in wished and known.issuperset(pair):
            found.append(Fault("not_wished", names, f"they meet in {listed(slots)}, and nobody wished it"))
        if pair in problem.forbidden:
            found.append(Fault("forbidden", names, f"they meet in {listed(slots)}, and must never meet"))
        if len(slots) > 1:
            found.append(Fault("pair_twice", names, f"they meet {len(slots)} times, in {listed(slots)}"))
    return found


def _of_people(problem: Problem, meetings: Sequence[Meeting]) -> list[Fault]:
    slots: dict[str, list[str]] = defaultdict(list)
    partners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for meeting in meetings:
        # whoever is put to meet themselves has one meeting there, and an unknown side besides
        for person, other in {meeting.need: meeting.offer, meeting.offer: meeting.need}.items():
            slots[person].append(meeting.slot)
            partners[person, meeting.slot].append(other)
    found = [
        Fault("two_at_once", shown(person), f"meets {listed(others)} at once in {shown(slot)}")
        for (person, slot), others in partners.items()
        if len(others) > 1
    ]
    for each in problem.participants:
        held = slots[each.id]
        found += [
            Fault("unavailable", shown(each.id), f"meets {listed(partners[each.id, slot])} in {shown(slot)}, and cannot come then")
            for slot in dict.fromkeys(held)
            if slot in each.unavailable
        ]
        if len(held) > each.max_meetings:
            found.append(Fault("too_many", shown(each.id), f"has {len(held)} meetings, and wants {each.max_meetings} at most"))
    return found


def _of_the_third(problem: Problem, meetings: Sequence[Meeting]) -> list[Fault]:
    """Who sits in on the meetings of some pairs: one of these at a time, and none while unavailable."""
    found = []
    for person in problem.once:
        at: dict[str, list[Pair]] = {}
        for meeting in meetings:
            if meeting.pair in person.pairs and meeting.pair not in at.setdefault(meeting.slot, []):
                at[meeting.slot].append(meeting.pair)
        for slot, pairs in at.items():
            if len(pairs) > 1:
                found.append(Fault("once", shown(person.who), f"sits in with {listed_pairs(pairs)} at once in {shown(slot)}"))
            if slot in person.unavailable and pairs:
                found.append(Fault("once_unavailable", shown(person.who), f"sits in with {listed_pairs(pairs)} in {shown(slot)}, and cannot come then"))
    return found


def _of_tables(problem: Problem, meetings: Sequence[Meeting]) -> list[Fault]:
    at = defaultdict(list)
    for meeting in meetings:
        at[meeting.slot, meeting.table].append(meeting.pair)
    found = [
        Fault("table_twice", shown(table), f"holds {listed_pairs(pairs)} at once in {shown(slot)}")
        for (slot, table), pairs in at.items()
        if len(pairs) > 1
    ]
    shut = {tuple(seat) for seat in problem.closed}
    return found + [
        Fault("table_closed", shown(table), f"holds {listed_pairs(pairs)} in {shown(slot)}, when it is closed")
        for (slot, table), pairs in at.items()
        if (slot, table) in shut
    ]


def _fixed_moved(problem: Problem, meetings: Sequence[Meeting]) -> list[Fault]:
    found, held = [], set(meetings)
    for fixed in dict.fromkeys(problem.fixed):
        if fixed in held:
            continue
        others = [f"{shown(each.slot)} at {shown(each.table)}" for each in meetings if each.pair == fixed.pair]
        instead = f"meet in {' and '.join(others)} instead" if others else "do not meet"
        found.append(Fault("fixed_moved", named(fixed.pair), f"are fixed to {shown(fixed.slot)} at {shown(fixed.table)}, and {instead}"))
    return found


# the figures


def _figures(problem: Problem, reading: "_Reading", held: Sequence[Meeting], hopeless: bool) -> list[Fault]:
    counted = _counted(problem, held)
    found = [
        Fault(f"count_{name}", name, f"the plan says {shown(said)}; counted, it is {counted[name]}")
        for name, said in reading.figures.items()
        if said != counted[name]
    ]
    limits = _limits(reading.bound, counted)
    if reading.status == "infeasible":
        return found + limits + ([] if hopeless else [_feasible(held)])
    if reading.status == "optimal" and not limits:
        limits = [
            Fault("status", name, f"the plan calls itself optimal at {counted[name]}, but {shown(limit)} is not ruled out")
            for name, limit in reading.bound.items()
            if counted[name] != limit
        ]
    return found + limits


def _counted(problem: Problem, meetings: Sequence[Meeting]) -> dict[str, int]:
    """The three goals, each wished pair counted once."""
    pairs = {meeting.pair for meeting in meetings}
    placed = [wish for wish in problem.wishes if wish.pair in pairs]
    has = Counter(id_ for wish in placed for id_ in wish.pair)
    return {
        "musts": sum(1 for wish in placed if wish.must),
        "shortfall": sum(max(0, each.min_meetings - has[each.id]) for each in problem.participants),
        "value": sum(wish.value for wish in placed),
    }


def _limits(bound: dict[str, int], counted: dict[str, int]) -> list[Fault]:
    found = []
    if counted["musts"] > bound.get("musts", counted["musts"]):
        found.append(Fault("bound", "bound.musts", f"{counted['musts']} are placed, more than the {shown(bound['musts'])} said to be possible"))
    if counted["shortfall"] < bound.get("shortfall", 0):
        found.append(Fault("bound", "bound.shortfall", f"it is {counted['shortfall']}, less than the {shown(bound['shortfall'])} said to be possible"))
    level = bound.get("musts") == counted["musts"] and bound.get("shortfall") == counted["shortfall"]
    if level and counted["value"] > bound.get("value", counted["value"]):
        found.append(Fault("bound", "bound.value", f"it is {counted['value']}, more than the {shown(bound['value'])} said to be possible"))
    return found


def _feasible(held: Sequence[Meeting]) -> Fault:
    why = f"yet it holds {len(held)} meetings" if held else "yet the fixed meetings alone would be one"
    return Fault("status", "status", f"the plan says that no plan is possible, {why}")


def _unplaced(problem: Problem, rows: Iterable[tuple[str, Pair]], held: set[Pair]) -> list[Fault]:
    wished = {wish.pair for wish in problem.wishes}
    seen: set[Pair] = set()
    found = []
    for where, pair in rows:
        if pair not in wished:
            found.append(Fault("unplaced", where, f"nobody wished that {named(pair)} meet"))
        elif pair in held:
            found.append(Fault("unplaced", where, f"{named(pair)} meet in the plan"))
        if pair in seen:
            found.append(Fault("unplaced", where, f"{named(pair)} stand there twice"))
        seen.add(pair)
    return found


# reading


class _Reading:
    """What can be used of a plan's plain values, and what is wrong with the rest. A part that is malformed is missing here."""

    def __init__(self, plan: Any) -> None:
        self.faults: list[Fault] = []
        if not isinstance(plan, dict):
            self._malformed("plan", f"an object is wanted, not {kind(plan)}")
            plan = {}
        elif not _is_whole(plan.get("version")) or plan["version"] != 1:
            self._malformed("version", "only version 1 is known")
        self.meetings = [
            (where, Meeting(*texts)) for where, row in self._rows(plan, "meetings") if (texts := self._texts(row, where, Meeting._fields))
        ]
        goals = ("musts", "shortfall", "value")
        self.figures = self._wholes(plan, "", goals)
        bound = plan.get("bound")
        if not isinstance(bound, dict):
            self._malformed("bound", f"an object is wanted, not {kind(bound)}")
        self.bound = self._wholes(bound, "bound.", goals) if isinstance(bound, dict) else {}
        self.status = plan.get("status")
        if self.status not in STATUSES:
            self._malformed("status", f"one of {', '.join(STATUSES)} is wanted, not {shown(self.status)}")
        self._seconds(plan.get("seconds"))
        self.unplaced = [
            (where, Pair(*texts[:2])) for where, row in self._rows(plan, "unplaced") if (texts := self._texts(row, where, ("need", "offer", "reason")))
        ]
        relaxations = plan.get("relaxations")
        if not isinstance(relaxations, list) or not all(isinstance(each, str) for each in relaxations):
            self._malformed("relaxations", "a list of texts is wanted")

    def _malformed(self, where: str, words: str) -> None:
        self.faults.append(Fault("malformed", where, words))

    def _rows(self, plan: dict, name: str) -> list[tuple[str, dict]]:
        value = plan.get(name)
        if not isinstance(value, list):
            self._malformed(name, f"a list is wanted, not {kind(value)}")
            return []
        for number, row in enumerate(value):
            if not isinstance(row, dict):
                self._malformed(f"{name}[{number}]", f"an object is wanted, not {kind(row)}")
        return [(f"{name}[{number}]", row) for number, row in enumerate(value) if isinstance(row, dict)]

    def _texts(self, row: dict, where: str, keys: Sequence[str]) -> list[str]:
        wrong = [key for key in keys if not isinstance(row.get(key), str)]
        for key in wrong:
            self._malformed(f"{where}.{key}", f"a text is wanted, not {kind(row.get(key))}")
        return [] if wrong else [row[key] for key in keys]

    def _wholes(self, of: dict, before: str, keys: Sequence[str]) -> dict[str, int]:
        for key in keys:
            if not _is_whole(of.get(key)):
                self._malformed(before + key, f"a whole number from 0 is wanted, not {shown(of.get(key))}")
        return {key: of[key] for key in keys if _is_whole(of.get(key))}

    def _seconds(self, value: Any) -> None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or value < 0 or (isinstance(value, float) and not math.isfinite(value)):
            self._malformed("seconds", f"a number from 0 is wanted, not {shown(value)}")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
