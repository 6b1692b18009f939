"""Meetings laid out by person, time and table: which rules they break, and where one of them could go, asked often and answered at once.

It reads the rows as they are now, and finds what `planner.check` finds; a test throws random plans at both. The check itself stands at
the gates: what is computed and what is published goes through it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matchmaker.meetings import rules
from matchmaker.meetings.bridge import Objection, Place
from matchmaker.meetings.queries import Material, Pair
from matchmaker.meetings.running import running


@dataclass
class Choices:
    """What may be chosen, in the order of time, and how often each reason stands in the way of the others."""

    open: list[Place] = field(default_factory=list)
    closed: Counter[Objection] = field(default_factory=Counter)


class Board:
    """The meetings of one plan, by the numbers of the rows."""

    def __init__(self, material: Material, places: Sequence[Place]) -> None:
        event = material.event
        self.places = list(places)
        self._material, self._sharing = material, material.sharing
        self._away = {each.id: rules.away(each) for each in event.participants}
        self._most = {each.id: each.most for each in event.participants}
        self._slots, self._tables = [each.id for each in event.slots], [each.id for each in event.tables]
        self._closed = rules.closed(event)
        self._of: dict[tuple[int, int], list[Place]] = defaultdict(list)
        self._at: dict[tuple[int, int], list[Place]] = defaultdict(list)
        self._held: Counter[int] = Counter()
        self._pairs: Counter[Pair] = Counter()
        self._sits: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for place in self.places:
            pair = place.pair
            self._at[place.slot, place.table].append(place)
            self._pairs[pair] += 1
            for id_ in pair:
                self._of[id_, place.slot].append(place)
                self._held[id_] += 1
            for person in self._sharing.of(pair):
                self._sits[person, place.slot].append(place)

    def objections(self) -> list[Objection]:
        """Every rule that these meetings break, each once; what has begun is read as `bridge.objections` does."""
        begun = running(self._material.event).begun
        past = {place.pair for place in self.places if place.slot in begun}
        found = [Objection("forbidden", pair) for pair in self._pairs if pair not in past and rules.is_forbidden(self._material.said.get(pair, {}))]
        found += [Objection("pair_twice", pair) for pair, times in self._pairs.items() if times > 1]
        found += [Objection("two_at_once", (id_,), slot) for (id_, slot), held in self._of.items() if len(held) > 1]
        found += [Objection("unavailable", (id_,), slot) for (id_, slot), held in self._of.items() if held and slot in self._away[id_]]
        found += [Objection("too_many", (id_,)) for id_, number in self._held.items() if number > self._most[id_]]
        found += [self._twice(person, slot) for (person, slot), held in self._sits.items() if slot not in begun and len({place.pair for place in held}) > 1]
        found += [Objection("table_twice", (table,), slot) for (slot, table), held in self._at.items() if len(held) > 1]
        found += [Objection("table_closed", (table,), slot) for (slot, table), held in self._at.items() if held and (slot, table) in self._closed]
        return found

    def free(self) -> list[tuple[int, int]]:
        """(slot, table) where nobody sits and somebody could, in the order of time."""
        return [seat for seat in self._empty() if seat not in self._closed]

    def _empty(self) -> list[tuple[int, int]]:
        return [(slot, table) for slot in self._slots for table in self._tables if not self._at.get((slot, table))]

    def moves(self, place: Place) -> Choices:
        """Where a meeting may move to, of the places where nobody sits."""
        found = Choices()
        why = {slot: self._in_the_way(place, slot, {place}) for slot in self._slots}
        for slot, table in self._empty():
            if (slot, table) in self._closed:
                found.closed[Objection("table_closed", (table,), slot)] += 1
            elif objection := why[slot]:
                found.closed[objection] += 1
            else:
                found.open.append(place._replace(slot=slot, table=table))
        return found

    def swaps(self, place: Place) -> Choices:
        """The meetings it may change places with; who of the two meetings is in the way stands in `closed`."""
        found = Choices()
        ours = {slot: self._people_in_the_way(place, slot) for slot in self._slots}
        order = {slot: number for number, slot in enumerate(self._slots)}
        for other in sorted(self.places, key=lambda each: (order[each.slot], each.table)):
            if other == place:
                continue
            both = {place, other}
            if objection := self._still(ours[other.slot], both) or self._still(self._people_in_the_way(other, place.slot), both):
                found.closed[objection] += 1
            else:
                found.open.append(other)
        return found

    def _in_the_way(self, place: Place, slot: int, without: set[Place]) -> Objection | None:
        return self._still(self._people_in_the_way(place, slot), without)

    def _people_in_the_way(self, place: Place, slot: int) -> list[tuple[Objection, list[Place]]]:
        """What keeps the two from meeting in a slot, each with the meetings that are the reason; none where they just cannot come."""
        away: list[tuple[Objection, list[Place]]] = [(Objection("unavailable", (id_,), slot), []) for id_ in place.pair if slot in self._away[id_]]
        busy = [(Objection("two_at_once", (id_,), slot), self._of[id_, slot]) for id_ in place.pair if (id_, slot) in self._of]
        sits = [(person, [each for each in self._sits.get((person, slot), ()) if each.pair != place.pair]) for person in self._sharing.of(place.pair)]
        return [*away, *busy, *((self._twice(person, slot), held) for person, held in sits if held)]

    def _twice(self, person: int, slot: int) -> Objection:
        return Objection("once", (), slot, self._sharing.people[person].name)

    @staticmethod
    def _still(found: Iterable[tuple[Objection, list[Place]]], without: set[Place]) -> Objection | None:
        """The first of these that does not go with some meetings."""
        return next((objection for objection, because in found if not because or any(each not in without for each in because)), None)
