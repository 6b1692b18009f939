"""A problem as numbers: one 0/1 column for every wish in every slot where both can come, and rows for the hard rules.

Tables are only counted here, since one table is as good as another: who sits where is decided last (``tables``). What a person
falls short of the minimum, and how far the reserved unexpected meetings are filled, are columns of their own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from matchmaker.planner.problem import Meeting, Pair, Problem, Seat


@dataclass(frozen=True)
class Goal:
    """Something to have as much of as possible: ``name`` and its weight in every column."""

    name: str
    weights: np.ndarray

    def of(self, columns: np.ndarray) -> int:
        """How much of it a solution has."""
        return int(np.rint(self.weights @ columns))


class Model:
    """``matrix`` (rows, columns) between ``low`` and ``high``; every column is whole and between ``least`` and ``most``.

    The first ``len(wish)`` columns are meetings: ``wish`` and ``slot`` number what each would hold.
    """

    def __init__(self, problem: Problem, keep: Sequence[Meeting] = ()) -> None:
        self.problem = problem
        self.keep = keep
        self.slots = [slot.id for slot in problem.slots]
        self.number = {each.id: number for number, each in enumerate(problem.participants)}
        self.slot_number = {slot: number for number, slot in enumerate(self.slots)}
        self._meetings()
        self._rows()

    def _meetings(self) -> None:
        free = {each.id: self.problem.free(each.id) for each in self.problem.participants}
        closed = {pair: frozenset().union(*(each.unavailable for each in people)) for pair, people in self.problem.sitting_in.items()}
        wish, slot = [], []
        for number, each in enumerate(self.problem.wishes):
            if each.pair in self.problem.forbidden:
                continue
            both = (free[each.need] & free[each.offer]) - closed.get(each.pair, frozenset())
            here = [at for at, name in enumerate(self.slots) if name in both]
            wish += [number] * len(here)
            slot += here
        self.wish, self.slot = np.array(wish, int), np.array(slot, int)
        self.need = np.array([self.number[each.need] for each in self.problem.wishes], int)[self.wish] if wish else self.wish
        self.offer = np.array([self.number[each.offer] for each in self.problem.wishes], int)[self.wish] if wish else self.wish
        numbers = {each.pair: number for number, each in enumerate(self.problem.wishes)}
        self.shared: list[tuple[int, ...]] = [()] * len(numbers)
        """By wish: the numbers of the people who sit in (of ``Problem.once``)."""
        for nth, person in enumerate(self.problem.once):
            for number in (numbers[pair] for pair in person.pairs if pair in numbers):
                self.shared[number] = (*self.shared[number], nth)

    @cached_property
    def column_of(self) -> dict[tuple[Pair, str], int]:
        """The column of a pair in a slot."""
        pairs = [wish.pair for wish in self.problem.wishes]
        return {(pairs[wish], self.slots[slot]): column for column, (wish, slot) in enumerate(zip(self.wish, self.slot))}

    def _rows(self) -> None:
        people, slots, meetings = len(self.number), len(self.slots), len(self.wish)
        least = np.array([each.min_meetings for each in self.problem.participants], int)
        most = np.array([each.max_meetings for each in self.problem.participants], float)
        short = np.flatnonzero(least)
        reserved = np.arange(people if self.problem.unexpected else 0)
        every, both = np.arange(meetings), np.concatenate([self.need, self.offer])
        twice = np.concatenate([every, every])
        odd = np.array([wish.unexpected for wish in self.problem.wishes], float)[self.wish] if meetings else np.zeros(0)
        once = _counted(self.wish, every, (len(self.problem.wishes), meetings))
        busy = _counted(both * slots + np.concatenate([self.slot, self.slot]), twice, (people * slots, meetings))
        seats = _counted(self.slot, every, (slots, meetings))
        held = _counted(both, twice, (people, meetings))
        surprises = held.multiply(odd).tocsr()[reserved]
        visited = every[np.array([bool(each) for each in self.shared], bool)[self.wish]] if meetings else every
        sits = np.array([(nth * slots + self.slot[at], at) for at in visited for nth in self.shared[self.wish[at]]], int).reshape(-1, 2)
        third = _counted(sits[:, 0], sits[:, 1], (len(self.problem.once) * slots, meetings))
        nothing = [sparse.csr_matrix((rows.shape[0], len(short) + len(reserved))) for rows in (once, busy, third, seats, held)]
        missing = sparse.hstack([sparse.identity(len(short)), sparse.csr_matrix((len(short), len(reserved)))])
        filled = sparse.hstack([sparse.csr_matrix((len(reserved), len(short))), -sparse.identity(len(reserved))])
        blocks = [once, busy, third, seats, held, held[short], surprises]
        matrix = sparse.vstack([sparse.hstack(pair) for pair in zip(blocks, [*nothing, missing, filled])]).tocsr()
        seating = np.array([self.problem.seats[slot] for slot in self.slots], float)
        limits: list[Any] = [1, 1, 1, seating, most, np.inf, np.inf]
        floors: list[Any] = [-np.inf, -np.inf, -np.inf, -np.inf, -np.inf, least[short].astype(float), 0]
        low, high = (np.concatenate([np.broadcast_to(value, block.shape[0]) for value, block in zip(values, blocks)]) for values in (floors, limits))
        used = np.diff(matrix.indptr) > 0
        self.matrix, self.low, self.high = matrix[used], low[used].astype(float), high[used].astype(float)
        self.meetings, self.short, self.reserved = meetings, short, reserved
        self.least = np.zeros(matrix.shape[1])
        self.most = np.concatenate([np.ones(meetings), least[short], np.full(len(reserved), self.problem.unexpected)])
        for meeting in self.problem.fixed:
            column = self.column_of.get((meeting.pair, meeting.slot))
            if column is not None:
                self.least[column] = 1

    # the goals, in their order

    @cached_property
    def goals(self) -> list[Goal]:
        """Musts, shortfall (as what is not missing), the meetings kept, the unexpected ones, value; those that can matter."""
        musts = self._of_wishes(lambda wish: wish.must)
        shortfall = np.zeros(len(self.most))
        shortfall[self.meetings : self.meetings + len(self.short)] = -1
        unexpected = np.zeros(len(self.most))
        unexpected[self.meetings + len(self.short) :] = 1
        value = self._of_wishes(lambda wish: wish.value)
        named = {"musts": musts, "shortfall": shortfall, "kept": self._kept(), "unexpected": unexpected, "value": value}
        return [Goal(name, weights) for name, weights in named.items() if weights.any() or name in ("musts", "shortfall", "value")]

    def _of_wishes(self, number) -> np.ndarray:
        weights = np.zeros(len(self.most))
        weights[: self.meetings] = np.array([number(wish) for wish in self.problem.wishes], float)[self.wish] if self.meetings else 0
        return weights

    def _kept(self) -> np.ndarray:
        weights = np.zeros(len(self.most))
        tables = set(self.problem.tables)
        taken: dict[Seat, Pair] = {meeting.seat: meeting.pair for meeting in self.problem.fixed}
        stays: list[int] = []
        moved: list[int] = []
        for meeting in self.keep:
            column = self.column_of.get((meeting.pair, meeting.slot))
            if column is None or meeting.table not in tables:
                continue
            if meeting.seat in self.problem.closed:
                moved.append(column)
            elif taken.setdefault(meeting.seat, meeting.pair) == meeting.pair:
                stays.append(column)
        # another table at the same time is the next best, and never costs one that could stand
        weights[moved], weights[stays] = 1, 1 + len(moved)
        return weights

    @cached_property
    def standing(self) -> np.ndarray:
        """1 for the meetings of the old plan that can stand as they stood, (meetings,)."""
        return self._kept()[: self.meetings]

    # to and from solutions

    def filled(self, chosen: np.ndarray) -> np.ndarray:
        """Every column, given which meetings take place (meetings,)."""
        columns = np.zeros(len(self.most))
        columns[: self.meetings] = chosen
        held = np.bincount(self.need, chosen, len(self.number)) + np.bincount(self.offer, chosen, len(self.number))
        least = np.array([each.min_meetings for each in self.problem.participants])
        columns[self.meetings : self.meetings + len(self.short)] = np.maximum(0, least - held)[self.short]
        if len(self.reserved):
            odd = chosen * np.array([self.problem.wishes[wish].unexpected for wish in self.wish], float)
            met = np.bincount(self.need, odd, len(self.number)) + np.bincount(self.offer, odd, len(self.number))
            columns[self.meetings + len(self.short) :] = np.minimum(met, self.problem.unexpected)
        return columns

    def obeys(self, columns: np.ndarray) -> bool:
        """Whether a solution breaks no row."""
        sums = self.matrix @ columns
        inside = np.all(sums <= self.high + 1e-6) and np.all(sums >= self.low - 1e-6)
        return bool(inside and np.all(columns >= self.least) and np.all(columns <= self.most))

    def pairs(self, columns: np.ndarray) -> list[tuple[Pair, str]]:
        """Who meets in which slot."""
        return [(self.problem.wishes[self.wish[at]].pair, self.slots[self.slot[at]]) for at in np.flatnonzero(columns[: self.meetings] > 0.5)]


def _counted(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape)


def contradictions(problem: Problem) -> list[tuple[str, Meeting]]:
    """Fixed meetings that break a hard rule whatever else is planned, each with the rule's name."""
    found: list[tuple[str, Meeting]] = []
    seen: Counter = Counter()
    for meeting in problem.fixed:
        need, offer = problem.by_id[meeting.need], problem.by_id[meeting.offer]
        table, times = ("table", meeting.slot, meeting.table), [("time", each.id, meeting.slot) for each in (need, offer)]
        held, third = [("held", each.id) for each in (need, offer)], problem.sitting_in.get(meeting.pair, ())
        sits = [("sits", problem.once.index(each), meeting.slot) for each in third]
        broken = {
            "not_wished": meeting.pair not in problem.wish_of,
            "forbidden": meeting.pair in problem.forbidden,
            "unavailable": meeting.slot in need.unavailable | offer.unavailable,
            "pair_twice": seen[meeting.pair] > 0,
            "table_twice": seen[table] > 0,
            "table_closed": meeting.seat in problem.closed,
            "two_at_once": any(seen[time] for time in times),
            "too_many": any(seen[key] >= each.max_meetings for key, each in zip(held, (need, offer))),
            "once": any(seen[key] for key in sits),
            "once_unavailable": any(meeting.slot in each.unavailable for each in third),
        }
        seen.update([meeting.pair, table, *times, *held, *sits])
        found += [(rule, meeting) for rule, wrong in broken.items() if wrong]
    return found
