"""The best there can be in a small problem, from one plain 0/1 model with a column for every wish, slot and table."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import LinearConstraint, milp

from matchmaker.planner.problem import Meeting, Problem


def optimum(problem: Problem, keep: Sequence[Meeting] = ()) -> dict[str, int]:
    """The most musts, then the least shortfall, then the most old meetings that stand, then the most unexpected, then the most value.

    Nothing is left out beforehand and no rule is implied by another; the fixed meetings must be able to stand.
    """
    meetings = [Meeting(*wish.pair, slot.id, table) for wish in problem.wishes for slot in problem.slots for table in problem.tables]
    people = [each.id for each in problem.participants]
    # after the meetings: how much each person falls short, and how many of its reserved places the unexpected meetings fill
    wide = len(meetings) + 2 * len(people)
    short, filled = ({id_: len(meetings) + nth + shift for nth, id_ in enumerate(people)} for shift in (0, len(people)))
    rows: list[tuple[np.ndarray, float, float]] = []

    def row(columns: dict[int, float], low: float, high: float) -> None:
        line = np.zeros(wide)
        for at, weight in columns.items():
            line[at] += weight
        rows.append((line, low, high))

    groups: dict[tuple, list[int]] = defaultdict(list)
    for at, meeting in enumerate(meetings):
        groups["pair", meeting.pair].append(at)
        groups["table", meeting.slot, meeting.table].append(at)
        for id_ in meeting.pair:
            groups["person", id_, meeting.slot].append(at)
            groups["all", id_].append(at)
        away = any(meeting.slot in problem.by_id[id_].unavailable for id_ in meeting.pair)
        for nth, third in enumerate(problem.once):
            if meeting.pair in third.pairs:
                groups["third", nth, meeting.slot].append(at)
                away |= meeting.slot in third.unavailable
        if away or meeting.pair in problem.forbidden or meeting.seat in problem.closed:
            row({at: 1}, 0, 0)
        if meeting in problem.fixed:
            row({at: 1}, 1, 1)
    for name, columns in groups.items():
        row(dict.fromkeys(columns, 1), 0, problem.by_id[name[1]].max_meetings if name[0] == "all" else 1)
    for each in problem.participants:
        mine = groups["all", each.id]
        row({short[each.id]: 1, **dict.fromkeys(mine, 1)}, each.min_meetings, np.inf)
        surprises = [at for at in mine if problem.wish_of[meetings[at].pair].unexpected]
        row({filled[each.id]: 1, **dict.fromkeys(surprises, -1)}, -np.inf, 0)
    highest = np.full(wide, np.inf)
    highest[: len(meetings)] = 1
    highest[len(meetings) + len(people) :] = problem.unexpected

    def of_meetings(number: Callable[[Meeting], float]) -> np.ndarray:
        return np.array([number(meeting) for meeting in meetings] + [0.0] * (2 * len(people)))

    def of_people(columns: dict[str, int], weight: float) -> np.ndarray:
        line = np.zeros(wide)
        line[list(columns.values())] = weight
        return line

    goals = {
        "musts": of_meetings(lambda meeting: problem.wish_of[meeting.pair].must),
        "shortfall": of_people(short, -1),
        "kept": of_meetings(lambda meeting: meeting in keep),
        "unexpected": of_people(filled, 1),
        "value": of_meetings(lambda meeting: problem.wish_of[meeting.pair].value),
    }
    best = {}
    for name, weights in goals.items():
        lines, low, high = (np.array(each) for each in zip(*rows))
        found = milp(-weights, constraints=LinearConstraint(lines, low, high), bounds=(np.zeros(wide), highest), integrality=np.ones(wide))
        assert found.status == 0, found.message
        reached = round(float(-found.fun))
        rows.append((weights, reached, np.inf))
        best[name] = -reached if name == "shortfall" else reached
    return best
