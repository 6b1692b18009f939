"""The day itself: now and next, for those who run it; and the wall, for everybody in the room."""

from flask import abort, make_response, render_template, url_for

from matchmaker.core.access import public, requires, row_number
from matchmaker.core.i18n import hour
from matchmaker.core.paging import Page
from matchmaker.meetings import bridge, day_queries, day_words, passes, queries, rules, spontaneous, wording
from matchmaker.meetings.models import Event
from matchmaker.meetings.running import Running, running
from matchmaker.meetings.states import PlanState
from matchmaker.meetings.views import blueprint

ROWS = 12
"""Tables of one slot that a wall shows at once in letters that can be read from afar; where there are more it turns the leaf each time it renews."""
RENEWS = 15
"""Seconds between two looks of the wall."""


@blueprint.get("/arrangementer/<int:event_id>/dagen")
@requires(rules.arranges, queries.event)
def day(event: Event):
    """`?satt=` is who was just reported gone: there it can be undone."""
    at, plan, current = running(event), queries.published_plan(event), queries.current_plan(event)
    places = bridge.places(queries.meetings_of(current))
    page = {
        "at": at,
        "plan": plan,
        "waits": current is not None and current.state == PlanState.DRAFT,
        "mark": current.mark if current else "",
        "pairs": spontaneous.offered(queries.material(event), places, at.here) if plan and at.here else [],
        "missed": day_queries.missed(event, row_number("satt")),
        "gone": [each for each in event.participants if each.gone_from is not None],
        "headline": day_words.headline(event, at),
        "now": day_queries.meetings_in(plan, at.slot),
        "next": day_queries.meetings_in(plan, at.next),
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


def _wall(event: Event):
    at, plan = running(event), queries.published_plan(event)
    page = {
        "at": at,
        "plan": plan,
        "headline": day_words.headline(event, at),
        "parts": [(slot, _leaf(day_queries.meetings_in(plan, slot), at)) for slot in _shown(event, at)],
        "names": wording.Names(event),
        "hour": lambda moment: hour(moment, event.zone),
        "renews": RENEWS,
    }
    answer = make_response(render_template("meetings/day/wall.html", event=event, **page))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _shown(event: Event, at: Running) -> list:
    """What runs, and what comes next if it comes today."""
    today = day_words.day_of(event, at.at)
    return [each for each in (at.slot, at.next) if each is not None and (each is at.slot or day_words.day_of(event, each.starts_at) == today)]


def _leaf(meetings: list, at: Running) -> Page:
    """The part of a slot's meetings that the wall shows this time."""
    leaves = max(1, -(-len(meetings) // ROWS))
    number = int(at.at.timestamp() // RENEWS) % leaves
    return Page(meetings[number * ROWS : (number + 1) * ROWS], number + 1, len(meetings), ROWS)
