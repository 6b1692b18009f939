"""Problems and plans out of their files. Reading a file finds every fault in it, not the first one only."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from matchmaker.planner.problem import Meeting, Once, Pair, Participant, Problem, Seat, Side, Slot, Wish

VALUES = range(1, 101)
MAY_BE_MISSING = ("forbidden", "fixed", "unavailable", "closed", "once")


class ProblemError(ValueError):
    """A file that is no meeting problem or no plan. ``faults`` lists every place and what is wrong there."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


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
            self.different(name, ids)
        self.different("wishes", [f"{wish.need} – {wish.offer}" for wish in wishes])
        self.different("fixed", [f"{meeting.need} – {meeting.offer} in {meeting.slot} at {meeting.table}" for meeting in fixed])
        return Problem(
            slots, tables, participants, wishes, forbidden, fixed,
            self.text(self.root, "title", "title", ""), self.text(self.root, "timezone", "timezone", "Europe/Oslo"),
            self.whole(self.root, "unexpected", "unexpected", 0), self.staying(),
            frozenset(self.closed({slot.id for slot in slots}, set(tables))), tuple(self.once(sides, {slot.id for slot in slots})),
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

    def once(self, sides: dict[str, Side], slots: set[str]) -> Iterator[Once]:
        for where, row in self.rows(self.root, "once"):
            away, pairs = frozenset(self.texts(row, "unavailable", where)), self.pairs(row, where)
            self.faults += [f"{where}.unavailable: there is no slot {slot!r}" for slot in sorted(away - slots)]
            read = [Pair(*self.pair(each, f"{where}.pairs[{nth}]", sides)) for nth, each in enumerate(pairs)]
            yield Once(self.text(row, "who", where), frozenset(read), away)

    def pairs(self, row: dict, where: str) -> list[dict]:
        value = row.get("pairs")
        if isinstance(value, list) and all(isinstance(each, list) and len(each) == 2 for each in value):
            return [dict(zip(Pair._fields, each)) for each in value]
        self.faults.append(f"{where}.pairs: a list of pairs [need, offer] is wanted")
        return []

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

    def different(self, name: str, ids: Iterable[str]) -> None:
        seen: set[str] = set()
        for id_ in ids:
            if id_ in seen:
                self.faults.append(f"{name}: {id_} stands there twice")
            seen.add(id_)
