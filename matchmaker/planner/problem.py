"""A meeting problem and a plan, as their files say them. Reading a file finds every fault in it, not the first one only."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

Side = Literal["need", "offer"]
Status = Literal["optimal", "feasible", "infeasible"]
VALUES = range(1, 101)
MAY_BE_MISSING = ("forbidden", "fixed", "unavailable", "closed")


class ProblemError(ValueError):
    """A file that is no meeting problem or no plan. ``faults`` lists every place and what is wrong there."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


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

    def free(self, id_: str) -> frozenset[str]:
        """The slots in which a participant can meet."""
        return frozenset(slot.id for slot in self.slots) - self.by_id[id_].unavailable


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
    meetings and the kept ones cost in value. ``short``: why somebody has fewer meetings than the minimum."""

    meetings: tuple[Meeting, ...]
    musts: int
    shortfall: int
    value: int
    bound: Bound
    status: Status
    seconds: float = 0.0
    unplaced: tuple[Unplaced, ...] = ()
    relaxations: tuple[str, ...] = ()
    price: dict[str, int] = field(default_factory=dict)
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


# reading


def read_problem(path: Path) -> Problem:
    """The problem in a file. Raises ``ProblemError`` with every fault in it."""
    return problem_from(read_plain(path))


def read_meetings(path: Path) -> tuple[Meeting, ...]:
    """The meetings of a plan's file, for mending it. Raises ``ProblemError``."""
    reader = _Reader(read_plain(path))
    meetings = tuple(reader.meetings(reader.root, "meetings"))
    reader.end()
    return meetings


def problem_from(value: Any) -> Problem:
    """A problem from the plain values of its file. Raises ``ProblemError`` with every fault in it."""
    reader = _Reader(value)
    problem = reader.problem()
    reader.end()
    return problem


def read_plain(path: Path) -> Any:
    """The plain values of a JSON file. Raises ``ProblemError`` where it is none, also for numbers of more digits than Python reads."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ProblemError([f"{path.name}: {error}"]) from error


class _Reader:
    """Reads plain values and collects what is wrong with them."""

    def __init__(self, value: Any) -> None:
        self.faults: list[str] = []
        self.root = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.faults.append("the file must hold one object")
        elif value.get("version") != 1 or value["version"] is True:
            self.faults.append(f"version: 1 is read here, not {value.get('version')!r}")

    def end(self) -> None:
        if self.faults:
            raise ProblemError(self.faults)

    def problem(self) -> Problem:
        slots = tuple(self.slots())
        tables = tuple(self.texts(self.root, "tables", "tables"))
        participants = tuple(self.participants({slot.id for slot in slots}))
        sides = {each.id: each.side for each in participants}
        wishes = tuple(self.wishes(sides))
        forbidden = frozenset(Pair(*self.pair(row, where, sides)) for where, row in self.rows(self.root, "forbidden"))
        fixed = tuple(self.meetings(self.root, "fixed", sides, {slot.id for slot in slots}, set(tables)))
        for name, ids in (("slots", [slot.id for slot in slots]), ("tables", tables), ("participants", [p.id for p in participants])):
            self.once(name, ids)
        self.once("wishes", [f"{wish.need} – {wish.offer}" for wish in wishes])
        self.once("fixed", [f"{meeting.need} – {meeting.offer} in {meeting.slot} at {meeting.table}" for meeting in fixed])
        return Problem(
            slots, tables, participants, wishes, forbidden, fixed,
            self.text(self.root, "title", "title", ""), self.text(self.root, "timezone", "timezone", "Europe/Oslo"),
            self.whole(self.root, "unexpected", "unexpected", 0), self.staying(),
            frozenset(self.closed({slot.id for slot in slots}, set(tables))),
        )  # fmt: skip

    def slots(self) -> Iterator[Slot]:
        for where, row in self.rows(self.root, "slots"):
            slot = Slot(*(self.text(row, key, where) for key in ("id", "start", "end")))
            try:
                if datetime.fromisoformat(slot.start) >= datetime.fromisoformat(slot.end):
                    self.faults.append(f"{where}: ends before it starts")
            except (ValueError, TypeError):
                self.faults.append(f"{where}: start and end must be ISO 8601 times of one kind")
            yield slot

    def participants(self, slots: set[str]) -> Iterator[Participant]:
        for where, row in self.rows(self.root, "participants"):
            side = self.text(row, "side", where)
            if side not in ("need", "offer"):
                self.faults.append(f"{where}.side: need or offer, not {side!r}")
            away = frozenset(self.texts(row, "unavailable", where))
            self.faults += [f"{where}.unavailable: there is no slot {slot!r}" for slot in sorted(away - slots)]
            least, most = self.whole(row, "min_meetings", where, 0), self.whole(row, "max_meetings", where, len(slots))
            yield Participant(self.text(row, "id", where), side, away, least, most)  # type: ignore[arg-type]

    def wishes(self, sides: dict[str, Side]) -> Iterator[Wish]:
        for where, row in self.rows(self.root, "wishes"):
            need, offer = self.pair(row, where, sides)
            value = self.whole(row, "value", where)
            if value not in VALUES:
                self.faults.append(f"{where}.value: 1 to 100, not {value}")
            yield Wish(need, offer, value, self.flag(row, "must", where), self.flag(row, "unexpected", where))

    def meetings(
        self, of: dict, name: str, sides: dict[str, Side] | None = None, slots: set[str] | None = None, tables: set[str] | None = None
    ) -> Iterator[Meeting]:
        for where, row in self.rows(of, name):
            need, offer = self.pair(row, where, sides)
            seat = Seat(self.text(row, "slot", where), self.text(row, "table", where))
            self.known(where, seat, slots, tables)
            yield Meeting(need, offer, *seat)

    def closed(self, slots: set[str], tables: set[str]) -> Iterator[Seat]:
        for where, row in self.rows(self.root, "closed"):
            seat = Seat(self.text(row, "slot", where), self.text(row, "table", where))
            self.known(where, seat, slots, tables)
            yield seat

    def known(self, where: str, seat: Seat, slots: set[str] | None, tables: set[str] | None) -> None:
        for kind, id_, known in (("slot", seat.slot, slots), ("table", seat.table, tables)):
            if known is not None and id_ not in known:
                self.faults.append(f"{where}: there is no {kind} {id_!r}")

    def pair(self, row: dict, where: str, sides: dict[str, Side] | None) -> tuple[str, str]:
        need, offer = self.text(row, "need", where), self.text(row, "offer", where)
        for side, id_ in (("need", need), ("offer", offer)):
            if sides is not None and sides.get(id_) != side:
                self.faults.append(f"{where}.{side}: there is no participant {id_!r} on this side")
        return need, offer

    def rows(self, of: dict, name: str) -> Iterator[tuple[str, dict]]:
        value = of.get(name, [] if name in MAY_BE_MISSING else None)
        if not isinstance(value, list):
            self.faults.append(f"{name}: a list is wanted")
            return
        for number, row in enumerate(value):
            if isinstance(row, dict):
                yield f"{name}[{number}]", row
            else:
                self.faults.append(f"{name}[{number}]: an object is wanted")

    def staying(self) -> Side | None:
        said = self.root.get("staying")
        if said not in (None, "need", "offer"):
            self.faults.append(f"staying: need or offer, not {said!r}")
        return said

    def text(self, row: dict, key: str, where: str, default: str | None = None) -> str:
        value = row.get(key, default)
        if isinstance(value, str):
            return value
        self.faults.append(f"{where}.{key}: a text is wanted, not {value!r}")
        return ""

    def texts(self, row: dict, key: str, where: str) -> list[str]:
        value = row.get(key, [] if key in MAY_BE_MISSING else None)
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return value
        self.faults.append(f"{where}.{key}: a list of texts is wanted")
        return []

    def whole(self, row: dict, key: str, where: str, default: int | None = None) -> int:
        value = row.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.faults.append(f"{where}.{key}: a whole number from 0 is wanted, not {value!r}")
        return 0

    def flag(self, row: dict, key: str, where: str) -> bool:
        value = row.get(key, False)
        if not isinstance(value, bool):
            self.faults.append(f"{where}.{key}: true or false is wanted, not {value!r}")
        return value is True

    def once(self, name: str, ids: Iterable[str]) -> None:
        seen: set[str] = set()
        for id_ in ids:
            if id_ in seen:
                self.faults.append(f"{name}: {id_} stands there twice")
            seen.add(id_)
