"""Who sits where, when it is settled who meets when: everybody is kept at one table, or near it, since that costs nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from matchmaker.planner.problem import Meeting, Pair, Problem

ROUNDS = 6
SAME, NEAR = 1.0, 0.05
"""What it is worth to sit at a table where one also sits at another time, and to sit beside it."""
STAYS = 4.0
"""How much more that counts for the side that is to stay."""
HELD, CLOSED = 1e6, 1e9


def seated(problem: Problem, meetings: Iterable[tuple[Pair, str]], keep: Sequence[Meeting] = ()) -> list[Meeting]:
    """A table for each meeting, at most one meeting at a table in a slot, by slot and table.

    No meeting sits at a closed table. Fixed meetings and those of ``keep`` that still have their table sit where they sat. The rest are
    moved slot by slot, each slot seated as well as the others allow (an assignment problem, Kuhn 1955), until nothing is gained.
    """
    tables = list(problem.tables)
    number = {table: at for at, table in enumerate(tables)}
    wanted = [meeting for meeting in [*keep, *problem.fixed] if meeting.table in number and meeting.seat not in problem.closed]
    asked = {(meeting.pair, meeting.slot): meeting.table for meeting in wanted}
    held = {(meeting.slot, meeting.table): meeting.pair for meeting in [*keep[::-1], *problem.fixed]}
    in_slot: dict[str, list[Pair]] = defaultdict(list)
    for pair, slot in sorted(meetings):
        in_slot[slot].append(pair)
    sat: dict[tuple[Pair, str], int] = {}
    used = {id_: np.zeros(len(tables)) for id_ in problem.by_id}
    of_need, of_offer = (STAYS if problem.staying == side else 1.0 for side in ("need", "offer"))

    def seat(slot: str) -> bool:
        pairs = in_slot[slot]
        for pair in pairs:
            if (pair, slot) in sat:
                for id_ in pair:
                    used[id_][sat[pair, slot]] -= 1
        gain = np.array([of_need * _near(used[pair.need]) + of_offer * _near(used[pair.offer]) for pair in pairs])
        for row, pair in enumerate(pairs):
            table = asked.get((pair, slot))
            if table is not None and held.get((slot, table)) == pair:
                gain[row, number[table]] += HELD
        gain[:, [number[each.table] for each in problem.closed if each.slot == slot]] -= CLOSED
        rows, places = linear_sum_assignment(gain, maximize=True)
        changed = False
        for row, place in zip(rows, places):
            pair = pairs[row]
            changed |= sat.get((pair, slot)) != int(place)
            sat[pair, slot] = int(place)
            for id_ in pair:
                used[id_][place] += 1
        return changed

    for _ in range(ROUNDS):
        if not sum([seat(slot) for slot in in_slot]):
            break
    order = {slot.id: at for at, slot in enumerate(problem.slots)}
    found = [Meeting(pair.need, pair.offer, slot, tables[place]) for (pair, slot), place in sat.items()]
    return sorted(found, key=lambda meeting: (order[meeting.slot], number[meeting.table]))


def _near(used: np.ndarray) -> np.ndarray:
    beside = np.zeros(len(used))
    beside[1:] += used[:-1]
    beside[:-1] += used[1:]
    return SAME * used + NEAR * beside
