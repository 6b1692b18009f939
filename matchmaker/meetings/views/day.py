"""The day itself: now and next, for those who run it; and the wall, for everybody in the room."""

from flask import abort, make_response, render_template, url_for

from matchmaker.core.access import public, requires
from matchmaker.core.i18n import hour
from matchmaker.core.paging import Page
from matchmaker.meetings import bridge, day_queries, day_words, passes, queries, rules, spontaneous, wording
from matchmaker.meetings.models import Event, Meeting, Plan, Slot
from matchmaker.meetings.running import Running, running
from matchmaker.meetings.states import PlanState
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.just_said import just_said

MOST = {1: 24, 2: 12}
"""Meetings of one slot that a wall shows at once in letters that can be read from afar, where it shows one slot and where it shows two.

Where there are more it turns the leaf each time it renews.
"""
FEW = 4
"""No letters are larger than what so many meetings, one under another, leave room for."""
RENEWS = 15
"""Seconds between two looks of the wall."""


@blueprint.get("/arrangementer/<int:event_id>/dagen")
@requires(rules.arranges, queries.event)
def day(event: Event):
    """Also with what was just said of somebody, see `just_said`."""
    at, plan, current = running(event), queries.published_plan(event), queries.current_plan(event)
    meetings, shown = _held(event, plan)
    places = bridge.places(queries.meetings_of(current))
    page = {
        "at": at,
        "today": rules.day_there(event) >= event.first_day,
        "plan": plan,
        "waits": current is not None and current.state == PlanState.DRAFT,
        "mark": current.mark if current else "",
        "pairs": spontaneous.offered(queries.material(event), places, at.here) if plan and at.here else [],
        **just_said(event),
        "gone": [each for each in event.participants if each.gone_from is not None],
        "headline": day_words.headline(event, shown),
        "near": [(each, meetings[each.id]) for each in (shown.slot, shown.next) if each is not None and plan],
        "shown": shown,
        "came": sum(each.arrived_at is not None for each in event.participants),
        "names": wording.Names(event),
        "hour": lambda moment: hour(moment, event.zone),
        "screen": url_for("meetings.wall_screen", token=passes.screen_for(event), _external=True),
    }
    return render_template("meetings/day/now.html", event=event, **page)


@blueprint.get("/arrangementer/<int:event_id>/vegg")
@requires(rules.arranges, queries.event)
def wall(event: Event):
    return _wall(event)


@blueprint.get("/vegg/<token>")
@public
def wall_screen(token: str):
    """The same for the machine behind the screen, which nobody signs in on. Whoever has the address may look; it shows no persons."""
    event = passes.event_for(token)
    return _wall(queries.event(event.id) or event) if event else abort(404)


def _held(event: Event, plan: Plan | None) -> tuple[dict[int, list[Meeting]], Running]:
    """The meetings by slot, and where the day stands among the slots that hold any; among all of them where nothing is published."""
    meetings = day_queries.by_slot(plan)
    return meetings, running(event, [each for each in event.slots if each.id in meetings] if plan else None)


def _wall(event: Event):
    plan = queries.published_plan(event)
    meetings, at = _held(event, plan)
    slots = _shown(event, at) if plan else []
    leaves = [_leaf(meetings[each.id], MOST[len(slots)], at) for each in slots]
    longest = max((len(each.items) for each in leaves), default=0)
    columns = 2 if len(slots) == 1 and longest > FEW else 1
    page = {
        "at": at,
        "plan": plan,
        "headline": day_words.headline(event, at),
        "parts": list(zip(slots, leaves)),
        "columns": columns,
        "rows": max(FEW, -(-longest // columns)),
        "names": wording.Names(event),
        "hour": lambda moment: hour(moment, event.zone),
        "renews": RENEWS,
    }
    answer = make_response(render_template("meetings/day/wall.html", event=event, **page))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _shown(event: Event, at: Running) -> list[Slot]:
    """What runs, and what comes next if it comes today; before the first meeting of all that one, whichever day it is."""
    today = day_words.day_of(event, at.at)
    near = at.next is not None and (not at.begun or day_words.day_of(event, at.next.starts_at) == today)
    return [each for each in (at.slot, at.next if near else None) if each is not None]


def _leaf(meetings: list[Meeting], most: int, at: Running) -> Page:
    """The part of a slot's meetings that the wall shows this time; the leaves are equally long."""
    leaves = max(1, -(-len(meetings) // most))
    size = max(1, -(-len(meetings) // leaves))
    number = int(at.at.timestamp() // RENEWS) % leaves
    return Page(meetings[number * size : (number + 1) * size], number + 1, len(meetings), size)
