"""What could not be had, why, and what would help, in English for the command."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from matchmaker.planner.model import contradictions
from matchmaker.planner.problem import Plan, Problem, Unplaced
from matchmaker.planner.reasons import Cause, Reason, missing, why_not, why_short
from matchmaker.planner.relaxing import Relaxation, relaxations


def words(reason: Reason) -> str:
    """A reason in English."""
    first, last = (reason.figures[0], reason.figures[-1]) if reason.figures else (0, 0)
    return _WORDS[reason.cause].format(*reason.who, n=first, m=last, person=" or ".join(reason.persons))


def relaxation_words(relaxation: Relaxation) -> str:
    """A relaxation and what it brings, in English."""
    asked = " and ".join(
        _CHANGES[change.kind].format(who=change.who, slot=change.slot, pair=" and ".join(change.pair or ())) for change in relaxation.changes
    )
    brought = [f"{number} {text}" for number, text in ((relaxation.musts, "more must placed"), (relaxation.shortfall, "fewer meetings missing")) if number]
    return f"{asked}: {', '.join(brought)}"


_CHANGES = {
    "available": "{who} also in {slot}",
    "maximum": "one meeting more for {who}",
    "table": "one more table",
    "person": "{who} sits in also in {slot}",
    "without": "{pair} meet without {who}",
}
_WORDS = {
    "forbidden": "{0} and {1} must not meet",
    "no_common_slot": "{0} and {1} have no slot in common",
    "need_full": "{0} has all of its {n} meetings",
    "offer_full": "{0} has all of its {n} meetings",
    "both_full": "{0} and {1} have all of their meetings",
    "busy": "{0} or {1} is in another meeting in each of the {n} slots they share",
    "person_away": "{person} is to sit in with {0} and {1}, and cannot come in the {n} slots in which both are free",
    "person_busy": "{person} is to sit in with {0} and {1}, and is busy in the {n} slots in which both are free",
    "no_table": "all tables are taken in the {n} slots in which both are free",
    "time_ran_out": "there was no time to place it",
    "few_slots": "{0} is free in {n} slots and must meet {m}",
    "few_partners": "{0} has {n} possible partners and must meet {m}",
    "low_maximum": "{0} may meet {n} at most and must meet {m}",
    "partners_taken": "those {0} may meet are taken, or the tables are: it has {n} possible partners and must meet {m}",
    "partners_or_person_taken": "those {0} may meet are taken, or {person} is, or the tables: it has {n} possible partners and must meet {m}",
    "not_wished": "nobody wished the fixed meeting of {0} and {1}",
    "unavailable": "{0} or {1} cannot come to their fixed meeting",
    "pair_twice": "the meeting of {0} and {1} is fixed twice",
    "table_closed": "the table of the fixed meeting of {0} and {1} is closed then",
    "table_twice": "another meeting is fixed at the table of {0} and {1}",
    "two_at_once": "{0} or {1} has two fixed meetings at once",
    "too_many": "{0} or {1} has more fixed meetings than it may have",
    "once": "{person} sits in with {0} and {1}, and in another fixed meeting at once",
    "once_unavailable": "{person} sits in with {0} and {1}, and cannot come to their fixed meeting",
}


def explained(problem: Problem, plan: Plan, *, seconds: float = 20.0, stop: Callable[[], bool] = lambda: False) -> Plan:
    """The plan with a reason for every wish that is not in it and for everybody short of meetings, and with relaxations, in English.

    Musts that are missing come first.
    """
    placed = {meeting.pair for meeting in plan.meetings}
    waiting = sorted((wish for wish in problem.wishes if wish.pair not in placed), key=lambda wish: (not wish.must, -wish.value, wish.pair))
    if plan.status == "infeasible":
        third = {pair: tuple(each.who for each in people) for pair, people in problem.sitting_in.items()}
        wrong = [Reason(cast(Cause, rule), meeting.pair, persons=third.get(meeting.pair, ())) for rule, meeting in contradictions(problem)]
        return replace(plan, relaxations=tuple(words(each) for each in wrong))
    unplaced = tuple(Unplaced(wish.need, wish.offer, words(why_not(problem, plan.meetings, wish.pair))) for wish in waiting)
    short = tuple(words(why_short(problem, id_)) for id_ in missing(problem, plan.meetings))
    found = tuple(relaxation_words(each) for each in relaxations(problem, plan, seconds=seconds, stop=stop))
    return replace(plan, unplaced=unplaced, relaxations=found, short=short)
