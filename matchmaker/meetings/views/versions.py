"""Earlier versions of the plan: all of them, one as it was, and two side by side."""

from flask import redirect, render_template, url_for
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.core.access import requires, row_number
from matchmaker.core.database import db
from matchmaker.meetings import bridge, overview, queries, rules, wording
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.brief import BriefEvent
from matchmaker.meetings.models import Plan
from matchmaker.meetings.states import PlanState
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.boards import board_of
from matchmaker.meetings.views.differences import meetings_changed, news
from matchmaker.meetings.wanting import wanted


@blueprint.get("/arrangementer/<int:event_id>/plan/versjoner")
@requires(rules.arranges, overview.event)
def versions(event: BriefEvent):
    """The newest first. What a version has of what was wanted is counted after what is wished now."""
    if not event.plans:
        return redirect(url_for("meetings.plan", event_id=event.id), code=303)
    material, places = queries.material(event), _places(event)
    asked = wanted(material)
    rows = [(each, len(places[each.id]), bridge.figures(material, places[each.id], asked)) for each in reversed(event.plans)]
    by = {each.published_by_id for each in event.plans if each.published_by_id}
    people = {each.id: each.name for each in db.session.scalars(select(User).where(User.id.in_(by)))}
    return render_template("meetings/versions/index.html", event=event, rows=rows, people=people)


@blueprint.get("/arrangementer/<int:event_id>/plan/versjoner/<int:number>")
@requires(rules.arranges, queries.version)
def show_version(found: Plan):
    """The board as it was; what stands now is on the plan's own page."""
    event = overview.event(found.event_id)
    assert event is not None  # the plan's own
    if found.state != PlanState.REPLACED and found == queries.current_plan(event):
        return redirect(url_for("meetings.plan", event_id=event.id), code=303)
    material, meetings = queries.material(event), overview.seats_of(found)
    page = board_of(found, wording.Names(event), material, meetings) | {"readonly": True, "meetings": len(meetings)}
    return render_template("meetings/versions/show.html", event=event, figures_of_plan=bridge.figures(material, bridge.places(meetings)), **page)


@blueprint.get("/arrangementer/<int:event_id>/plan/sammenlign")
@requires(rules.arranges, overview.event)
def compare_versions(event: BriefEvent):
    """`?fra=` and `?til=` are versions' numbers; without them the last two."""
    numbers = [each.number for each in event.plans]
    if len(numbers) < 2:
        return redirect(url_for("meetings.plan", event_id=event.id), code=303)
    asked = [row_number(name) for name in ("fra", "til")]
    one, two = (next(each for each in event.plans if each.number == (number if number in numbers else other)) for number, other in zip(asked, numbers[-2:]))
    names, material, places = wording.Names(event), queries.material(event), _places(event)
    asked_for = wanted(material)
    old, new = places[one.id], places[two.id]
    return render_template(
        "meetings/versions/compare.html",
        event=event,
        one=one,
        two=two,
        same=len({each[:4] for each in old} & {each[:4] for each in new}),
        counts=(len(old), len(new)),
        figures=[bridge.figures(material, each, asked_for) for each in (old, new)],
        people=news(names, bridge.new_for_whom(old, new)),
        changed=meetings_changed(names, old, new),
        names=names,
    )


def _places(event: BriefEvent) -> dict[int, list[Place]]:
    return {plan: [Place(*each) for each in held] for plan, held in queries.places_in(event).items()}
