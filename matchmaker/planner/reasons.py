"""Why something could not be had: a cause and whom it is about, for pages and commands to put into words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matchmaker.planner.problem import Meeting, Pair, Problem

Cause = Literal[
    "forbidden", "no_common_slot", "need_full", "offer_full", "both_full", "busy", "person_away", "person_busy", "no_table", "time_ran_out",
    "few_slots", "few_partners", "low_maximum", "partners_taken", "partners_or_person_taken",
    "not_wished", "unavailable", "pair_twice", "table_twice", "table_closed", "two_at_once", "too_many", "once", "once_unavailable",
]  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """Why: a cause, the participants it is about, and the figures that belong to it. ``persons``: who sit in (of ``Problem.once``), where that is why."""

    cause: Cause
    who: tuple[str, ...]
    figures: tuple[int, ...] = ()
    persons: tuple[str, ...] = ()


def why_not(problem: Problem, meetings: Sequence[Meeting], pair: Pair) -> Reason:
    """Why a wished pair does not meet in a plan."""
    need, offer = (problem.by_id[id_] for id_ in pair)
    common = problem.free(need.id) & problem.free(offer.id)
    if pair in problem.forbidden:
        return Reason("forbidden", pair)
    if not common:
        return Reason("no_common_slot", pair)
    held = Counter(id_ for meeting in meetings for id_ in meeting.pair)
    full = [each for each in (need, offer) if held[each.id] >= each.max_meetings]
    if full:
        cause: Cause = "both_full" if len(full) == 2 else "need_full" if full[0] is need else "offer_full"
        return Reason(cause, tuple(each.id for each in full), tuple(each.max_meetings for each in full))
    taken = {meeting.slot for meeting in meetings if meeting.need == need.id or meeting.offer == offer.id}
    if common <= taken:
        return Reason("busy", pair, (len(common),))
    third = problem.sitting_in.get(pair, ())
    barred = [each.unavailable | {meeting.slot for meeting in meetings if meeting.pair in each.pairs} for each in third]
    here = common - taken
    if here <= frozenset().union(*barred):
        names = dict.fromkeys(each.who for each, slots in zip(third, barred) if slots & here)
        away = here <= frozenset().union(*(each.unavailable for each in third))
        return Reason("person_away" if away else "person_busy", pair, (len(here),), tuple(names))
    here = here.difference(*barred)
    seats = Counter(meeting.slot for meeting in meetings)
    if all(seats[slot] >= problem.seats[slot] for slot in here):
        return Reason("no_table", pair, (len(here),))
    return Reason("time_ran_out", pair)


def why_short(problem: Problem, id_: str) -> Reason:
    """Why a participant does not get the meetings it must have at least."""
    who = problem.by_id[id_]
    free = len(problem.free(id_))
    partners = sum(id_ in wish.pair and wish.pair not in problem.forbidden for wish in problem.wishes)
    for cause, figure in (("low_maximum", who.max_meetings), ("few_slots", free), ("few_partners", partners)):
        if figure < who.min_meetings:
            return Reason(cause, (id_,), (figure, who.min_meetings))  # type: ignore[arg-type]
    persons = dict.fromkeys(each.who for each in problem.once if any(id_ in pair for pair in each.pairs))
    if persons:
        return Reason("partners_or_person_taken", (id_,), (partners, who.min_meetings), tuple(persons))
    return Reason("partners_taken", (id_,), (partners, who.min_meetings))


def missing(problem: Problem, meetings: Sequence[Meeting]) -> dict[str, int]:
    """How many meetings each participant lacks to its minimum, those that lack most first; nobody who lacks none."""
    held = Counter(id_ for meeting in meetings for id_ in meeting.pair)
    lack = {each.id: each.min_meetings - held[each.id] for each in problem.participants}
    return dict(sorted(((id_, number) for id_, number in lack.items() if number > 0), key=lambda item: (-item[1], item[0])))
