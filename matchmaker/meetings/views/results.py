"""«Hva kom ut av det?»: for coordinators, from publishing on."""

from flask import render_template

from matchmaker.core.access import requires
from matchmaker.meetings import outcomes, queries, rules, wording
from matchmaker.meetings.models import Event
from matchmaker.meetings.views import blueprint


@blueprint.get("/arrangementer/<int:event_id>/resultat")
@requires(rules.arranges, queries.event)
def results(event: Event):
    """Beside last year's where the event was copied from one that has a published plan."""
    published = queries.published_plan(event)
    before = queries.event(event.copied_from_id) if event.copied_from_id else None
    page = {
        "published": published,
        "found": outcomes.results(event) if published else None,
        "before": before,
        "then": outcomes.results(before) if before and queries.published_plan(before) else None,
        "names": wording.Names(event),
        "days": wording.days(event),
        "steps": wording.step_words(),
        "over": rules.is_over(event),
    }
    return render_template("meetings/results/show.html", event=event, **page)
