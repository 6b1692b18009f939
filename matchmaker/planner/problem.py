"""A meeting problem and a plan, as their files say them (see ``reading``)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

Side = Literal["need", "offer"]
Status = Literal["optimal", "feasible", "infeasible"]


class Pair(NamedTuple):
    """Two participants who could meet, by their ids."""

    need: str
    offer: str


@dataclass(frozen=True)
class Slot:
    """A time when every table can hold one meeting; ``start`` and ``end`` are local times, ISO 8601."""

    id: str
    start: str
    end: str


@dataclass(frozen=True)
class Participant:
    """One side of a meeting, with the slots it cannot come in and how many meetings it wants at least and at most."""

    id: str
    side: Side
    unavailable: frozenset[str] = frozenset()
    min_meetings: int = 0
    max_meetings: int = 0


@dataclass(frozen=True)
class Wish:
    """A pair that may meet, what a meeting is worth (1-100), and whether it must take place.

    ``unexpected``: a plausible pair that is far from what either has met before; see ``Problem.unexpected``.
    """

    need: str
    offer: str
    value: int
    must: bool = False
    unexpected: bool = False

    @property
    def pair(self) -> Pair:
        """Who would meet."""
        return Pair(self.need, self.offer)


class Seat(NamedTuple):
    """A table in one slot."""

    slot: str
    table: str


@dataclass(frozen=True)
class Once:
    """Somebody besides the two who sits in on the meetings of ``pairs``: in one of them at a time, and in none in the ``unavailable`` slots."""

    who: str
    pairs: frozenset[Pair]
    unavailable: frozenset[str] = frozenset()


class Meeting(NamedTuple):
    """Who meets, when and at which table."""

    need: str
    offer: str
    slot: str
    table: str

    @property
    def pair(self) -> Pair:
        """Who meets."""
        return Pair(self.need, self.offer)

    @property
    def seat(self) -> Seat:
        """Where and when."""
        return Seat(self.slot, self.table)


@dataclass(frozen=True)
class Problem:
    """All that a plan depends on. ``unexpected``: how many meetings each participant gives to pairs marked so. ``staying``: the side that
    rather keeps its table while the other goes round; no side where none is said. ``closed``: tables that hold nothing in a slot.
    ``once``: who sits in on several pairs' meetings.
    """

    slots: tuple[Slot, ...]
    tables: tuple[str, ...]
    participants: tuple[Participant, ...]
    wishes: tuple[Wish, ...]
    forbidden: frozenset[Pair] = frozenset()
    fixed: tuple[Meeting, ...] = ()
    title: str = ""
    timezone: str = "Europe/Oslo"
    unexpected: int = 0
    staying: Side | None = None
    closed: frozenset[Seat] = frozenset()
    once: tuple[Once, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Participant]:
        """Participants by their id."""
        return {each.id: each for each in self.participants}

    @cached_property
    def wish_of(self) -> dict[Pair, Wish]:
        """Wishes by their pair."""
        return {wish.pair: wish for wish in self.wishes}

    @cached_property
    def seats(self) -> dict[str, int]:
        """How many meetings can be held in each slot."""
        shut = Counter(seat.slot for seat in self.closed)
        return {slot.id: len(self.tables) - shut[slot.id] for slot in self.slots}

    @cached_property
    def sitting_in(self) -> dict[Pair, tuple[Once, ...]]:
        """Who sits in on a pair's meeting; only the pairs with whom somebody does."""
        found: dict[Pair, tuple[Once, ...]] = {}
        for each in self.once:
            found |= {pair: (*found.get(pair, ()), each) for pair in each.pairs}
        return found

    def free(self, id_: str) -> frozenset[str]:
        """The slots in which a participant can meet."""
        return frozenset(slot.id for slot in self.slots) - self.by_id[id_].unavailable

    def open_to(self, pair: Pair) -> frozenset[str]:
        """The slots in which both of a pair can meet, and everybody who sits in."""
        return (self.free(pair.need) & self.free(pair.offer)).difference(*(each.unavailable for each in self.sitting_in.get(pair, ())))


@dataclass(frozen=True)
class Bound:
    """Proven limits, each for plans that are no worse in the goals before it: at most so many musts, at least so much shortfall,
    at most so much value."""

    musts: int
    shortfall: int
    value: int


@dataclass(frozen=True)
class Unplaced:
    """A wish that is not in the plan, and why, in words."""

    need: str
    offer: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """Meetings and what they are worth. ``seconds``: how long they took to find. ``price``: what the minima, the unexpected
    meetings and the kept ones cost in value, None where there is less without one. ``short``: why somebody has fewer meetings than the minimum."""

    meetings: tuple[Meeting, ...]
    musts: int
    shortfall: int
    value: int
    bound: Bound
    status: Status
    seconds: float = 0.0
    unplaced: tuple[Unplaced, ...] = ()
    relaxations: tuple[str, ...] = ()
    price: dict[str, int | None] = field(default_factory=dict)
    short: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The plan's file, as ``formats`` has it; ``price`` and ``short`` stand there only where there is something to say."""
        plain: dict[str, Any] = {
            "version": 1,
            "meetings": [meeting._asdict() for meeting in self.meetings],
            "musts": self.musts,
            "shortfall": self.shortfall,
            "value": self.value,
            "bound": vars(self.bound).copy(),
            "status": self.status,
            "seconds": round(self.seconds, 3),
            "unplaced": [vars(each).copy() for each in self.unplaced],
            "relaxations": list(self.relaxations),
        }
        more = {"price": self.price, "short": list(self.short)}
        return plain | {name: value for name, value in more.items() if value}


def worth(problem: Problem, meetings: Iterable[Meeting]) -> tuple[int, int, int]:
    """Musts placed, shortfall, value of some meetings: the three goals, recounted from nothing."""
    held = [problem.wish_of[meeting.pair] for meeting in meetings if meeting.pair in problem.wish_of]
    counts = dict.fromkeys(problem.by_id, 0)
    for wish in held:
        counts[wish.need] += 1
        counts[wish.offer] += 1
    missing = sum(max(0, each.min_meetings - counts[each.id]) for each in problem.participants)
    return sum(wish.must for wish in held), missing, sum(wish.value for wish in held)
