"""The rest of the day: what has begun stays as it was, and only what is to come is planned."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from matchmaker.meetings import rules
from matchmaker.meetings.brief import AnyEvent
from matchmaker.planner import problem as planner


def divided(event: AnyEvent, standing: Sequence[Any], begun: Collection[int]) -> tuple[list[Any], list[Any]]:
    """Places that have begun and stay, and places to come. Of those that have begun, one that somebody cannot be at falls out.

    A meeting to come is not locked any more, but mended like the others, where its table is closed, or on the day itself where somebody cannot be at it.
    """
    away = {each.id: rules.away(each) for each in event.participants}
    closed = rules.closed(event)
    impossible = [any(place.slot in away.get(id_, ()) for id_ in place.pair) for place in standing]
    mends = rules.day_there(event) >= event.first_day
    held = [place for place, gone in zip(standing, impossible) if place.slot in begun and not gone]
    coming = [
        place._replace(locked=place.locked and not (gone and mends) and (place.slot, place.table) not in closed)
        for place, gone in zip(standing, impossible)
        if place.slot not in begun
    ]
    return held, coming


def rest_of(problem: planner.Problem, held: Sequence[Any], begun: Collection[int]) -> planner.Problem:
    """The problem without the slots that have begun: who met in them needs that many fewer, and no pair meets again. The same where none has begun."""
    if not begun:
        return problem
    closed = {str(each) for each in begun}
    met = {planner.Pair(str(place.need), str(place.offer)) for place in held}
    times = Counter(str(id_) for place in held for id_ in place.pair)
    return replace(
        problem,
        slots=tuple(each for each in problem.slots if each.id not in closed),
        participants=tuple(
            replace(
                each,
                unavailable=each.unavailable - closed,
                min_meetings=max(0, each.min_meetings - times[each.id]),
                max_meetings=max(0, each.max_meetings - times[each.id]),
            )
            for each in problem.participants
        ),
        wishes=tuple(each for each in problem.wishes if each.pair not in met),
        fixed=tuple(each for each in problem.fixed if each.slot not in closed),
        closed=frozenset(each for each in problem.closed if each.slot not in closed),
    )
