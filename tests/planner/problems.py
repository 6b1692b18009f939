"""Meeting problems for the tests: small odd ones for hypothesis, and big ones that look like a real partner conference."""

import random
from datetime import datetime, timedelta

from hypothesis import strategies as st

from matchmaker.planner.check import fixed_faults
from matchmaker.planner.problem import Meeting, Once, Pair, Participant, Plan, Problem, Seat, Slot, Wish, worth


def slots(number: int) -> tuple[Slot, ...]:
    """Slots of twenty minutes, five minutes apart."""
    first = datetime(2027, 3, 11, 9)
    times = [first + timedelta(minutes=25 * nth) for nth in range(number)]
    return tuple(Slot(f"S{nth:02}", time.isoformat(), (time + timedelta(minutes=20)).isoformat()) for nth, time in enumerate(times, 1))


def tables(number: int) -> tuple[str, ...]:
    return tuple(f"T{nth:02}" for nth in range(1, number + 1))


# small ones


@st.composite
def participants(draw, side: str, at: tuple[Slot, ...], most: int, willing: bool) -> list[Participant]:
    """People of one side. Some cannot come at all, some want more meetings than there are slots, and some want none, unless all are `willing`."""
    ids = [slot.id for slot in at]
    people = []
    for nth in range(1, draw(st.integers(2, most)) + 1):
        some = [st.just([]), st.lists(st.sampled_from(ids), unique=True, max_size=2)]
        away = draw(st.one_of(*some, *([] if willing else [st.just(ids)])))
        least, highest = draw(st.integers(0, len(ids) + 1)), draw(st.integers(1 if willing else 0, len(ids)))
        people.append(Participant(f"{side[0].upper()}{nth}", side, frozenset(away), least, highest))  # type: ignore[arg-type]
    return people


@st.composite
def problems(draw, *, most: int = 8, fixed: str = "any", unexpected: bool = False, once: bool = False, roomy: bool = False) -> Problem:
    """A small problem. ``fixed``: "any" (mostly consistent), "consistent", or "none". ``once``: one or two people sit in on some meetings. ``roomy``: two meetings can be held at one time."""
    at = slots(draw(st.integers(2, 6)))
    seats = tables(draw(st.integers(2 if roomy else 1, 4)))
    needs, offers = draw(participants("need", at, most, roomy)), draw(participants("offer", at, most, roomy))
    pairs = [Pair(need.id, offer.id) for need in needs for offer in offers]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=24))
    flags = st.sampled_from([True, False, False, False])
    wishes = tuple(Wish(*pair, draw(st.integers(1, 100)), draw(flags), unexpected and draw(flags)) for pair in chosen)
    forbidden = frozenset(draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3)))
    problem = Problem(at, seats, tuple(needs + offers), wishes, forbidden, (), "small", unexpected=draw(st.integers(1, 2)) if unexpected else 0)
    closed = draw(st.one_of(st.just([]), st.lists(st.builds(lambda slot, table: Seat(slot.id, table), st.sampled_from(at), st.sampled_from(seats)), max_size=4)))
    problem = changed(problem, closed=frozenset(closed))
    if once:
        away = st.frozensets(st.sampled_from([slot.id for slot in at]), max_size=2)
        groups = draw(st.lists(st.builds(Once, st.sampled_from(["X", "Y"]), st.frozensets(st.sampled_from(pairs), max_size=8), away), min_size=1, max_size=2))
        problem = changed(problem, once=tuple(groups))
    if fixed == "none" or draw(st.booleans()):
        return problem
    wild = fixed == "any" and draw(st.sampled_from([True, False, False]))
    if wild:
        some = st.builds(lambda pair, slot, table: Meeting(*pair, slot.id, table), st.sampled_from(pairs), st.sampled_from(at), st.sampled_from(seats))
        rows = draw(st.lists(some, unique=True, min_size=1, max_size=3))
    else:
        rows = draw(st.lists(st.sampled_from(first_come(problem) or [None]), unique=True, max_size=3))
    rows = [row for row in rows if row]
    return changed(problem, fixed=tuple(rows))


def changed(problem, **values):
    """A problem, or somebody who sits in, with other values."""
    return type(problem)(**{name: getattr(problem, name) for name in problem.__dataclass_fields__} | values)


def with_person(problem: Problem, id_: str, **values) -> Problem:
    people = tuple(Participant(**vars(each) | values) if each.id == id_ else each for each in problem.participants)
    return changed(problem, participants=people)


# a plan


def first_come(problem: Problem) -> list[Meeting]:
    """Meetings handed out as people come: fixed ones, then musts, then by value, each in the first slot and at the first table that is free."""
    held = list(problem.fixed)
    busy = {(id_, meeting.slot) for meeting in held for id_ in meeting.pair}
    seats = {(meeting.slot, meeting.table) for meeting in held}
    count = {each.id: sum(each.id in meeting.pair for meeting in held) for each in problem.participants}
    met = {meeting.pair for meeting in held}
    third = {(nth, slot) for nth, each in enumerate(problem.once) for slot in each.unavailable}
    third |= {(nth, meeting.slot) for meeting in held for nth in visitors(problem, meeting.pair)}
    for wish in sorted(problem.wishes, key=lambda wish: (not wish.must, -wish.value)):
        people = [problem.by_id[id_] for id_ in wish.pair]
        if wish.pair in met | problem.forbidden or any(count[each.id] >= each.max_meetings for each in people):
            continue
        for slot in (slot.id for slot in problem.slots):
            table = next((table for table in problem.tables if (slot, table) not in seats | problem.closed), None)
            sits = {(nth, slot) for nth in visitors(problem, wish.pair)}
            if table and not sits & third and not any(slot in each.unavailable or (each.id, slot) in busy for each in people):
                held.append(Meeting(*wish.pair, slot, table))
                met.add(wish.pair)
                seats.add((slot, table))
                third |= sits
                busy.update((id_, slot) for id_ in wish.pair)
                count[wish.need] += 1
                count[wish.offer] += 1
                break
    return held


def visitors(problem: Problem, pair: Pair) -> list[int]:
    """The numbers of those who sit in on a pair's meeting."""
    return [nth for nth, each in enumerate(problem.once) if pair in each.pairs]


def plain_plan(problem: Problem, meetings: list[Meeting]) -> dict:
    """The plain values of a plan's file that holds these meetings and promises nothing more."""
    musts, shortfall, value = worth(problem, meetings)
    return {
        "version": 1,
        "meetings": [meeting._asdict() for meeting in meetings],
        "musts": musts,
        "shortfall": shortfall,
        "value": value,
        "bound": {"musts": musts, "shortfall": shortfall, "value": value},
        "status": "feasible",
        "seconds": 0.01,
        "unplaced": [
            {"need": wish.need, "offer": wish.offer, "reason": "others came first"}
            for wish in problem.wishes
            if wish.must and wish.pair not in {meeting.pair for meeting in meetings}
        ],
        "relaxations": [],
    }


def consistent(problem: Problem) -> bool:
    """Whether the fixed meetings can stand together."""
    return not fixed_faults(problem)


# big ones


def random_problem(seed: int, needs: int, offers: int, slots_: int, tables_: int, wishes_each: int) -> Problem:
    """A conference like a real one: a few offers that many ask for, values both ways, minima of 3 and 2 where wishes allow them.

    ``wishes_each``: wishes of a need on average. The same seed gives the same problem.
    """
    dice = random.Random(seed)
    at = slots(slots_)
    names = {"need": [f"N{nth:03}" for nth in range(1, needs + 1)], "offer": [f"O{nth:03}" for nth in range(1, offers + 1)]}
    asked = [dice.paretovariate(1.6) for _ in names["offer"]]
    wishes: dict[Pair, Wish] = {}
    for need in names["need"]:
        number = min(offers, max(1, round(dice.expovariate(1 / wishes_each))))
        ranked = sorted(range(offers), key=lambda nth: dice.random() ** (1 / asked[nth]), reverse=True)
        for nth in ranked[:number]:
            both = dice.random() < 0.45
            pair = Pair(need, names["offer"][nth])
            wishes[pair] = Wish(*pair, dice.randint(60, 100) if both else dice.randint(10, 59), both and dice.random() < 0.05)
    people = []
    for side, least in (("need", 3), ("offer", 2)):
        for id_ in names[side]:
            away = frozenset(dice.sample([slot.id for slot in at], dice.choice((0, 1, 1, 2, 2, 3))))
            wished = sum(id_ in pair for pair in wishes)
            highest = min(len(at), dice.randint(4, 8))
            people.append(Participant(id_, side, away, min(least, wished), highest))  # type: ignore[arg-type]
    return Problem(at, tables(tables_), tuple(people), tuple(wishes.values()), title=f"random {needs}x{offers}")


def as_plain(problem: Problem) -> dict:
    """The plain values of a problem's file."""
    return {
        "version": 1,
        "title": problem.title,
        "timezone": problem.timezone,
        "slots": [vars(slot).copy() for slot in problem.slots],
        "tables": list(problem.tables),
        "participants": [
            {"id": each.id, "side": each.side, "unavailable": sorted(each.unavailable), "min_meetings": each.min_meetings, "max_meetings": each.max_meetings}
            for each in problem.participants
        ],
        "wishes": [vars(wish).copy() for wish in problem.wishes],
        "forbidden": [pair._asdict() for pair in sorted(problem.forbidden)],
        "fixed": [meeting._asdict() for meeting in problem.fixed],
        "unexpected": problem.unexpected,
        "closed": [seat._asdict() for seat in sorted(problem.closed)],
        "once": [{"who": each.who, "pairs": [list(pair) for pair in sorted(each.pairs)], "unavailable": sorted(each.unavailable)} for each in problem.once],
    }


def as_plan(plan: Plan) -> dict:
    """A plan's plain values as its file gives them back."""
    import json

    return json.loads(json.dumps(plan.as_json()))
