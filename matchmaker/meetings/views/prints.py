"""What is printed before the day: everybody's programme, a sign for each table and badges, on sheets in the event's language."""

from flask import render_template, url_for
from flask_babel import force_locale
from markupsafe import Markup

from matchmaker.core.access import requires
from matchmaker.meetings import badges, codes, day_queries, programmes, queries, rules, wording
from matchmaker.meetings.models import Event
from matchmaker.meetings.views import blueprint


@blueprint.get("/arrangementer/<int:event_id>/skriv-ut")
@requires(rules.arranges, queries.event)
def prints(event: Event):
    """Everything that can be printed, and what each is for."""
    return render_template("meetings/prints/index.html", event=event, published=queries.published_plan(event))


@blueprint.get("/arrangementer/<int:event_id>/skriv-ut/programmer")
@requires(rules.arranges, queries.event)
def print_programmes(event: Event):
    """Of the published version: a page for everybody who meets somebody."""
    everybody = programmes.programmes(event, queries.published_plan(event))
    return _paper("programmes", event, everybody=[each for each in everybody if each[1]], idle=[who for who, own in everybody if not own])


@blueprint.get("/arrangementer/<int:event_id>/skriv-ut/bordskilt")
@requires(rules.arranges, queries.event)
def print_signs(event: Event):
    """Of the published version: a page for each table, with who meets there and when."""
    at: dict[int, list] = {}
    for meeting in queries.meetings_of(queries.published_plan(event)):
        at.setdefault(meeting.table_id, []).append(meeting)
    return _paper("signs", event, at=at)


@blueprint.get("/arrangementer/<int:event_id>/skriv-ut/navneskilt")
@requires(rules.arranges, queries.event)
def print_badges(event: Event):
    """One for each person who is to come, substitutes too; where nobody is named, one for the participant. The code leads to the check-in."""
    wearers = day_queries.comers(event)
    addresses = {each.key: url_for("meetings.badge", token=badges.token(each), _external=True) for each in wearers}
    return _paper("badges", event, wearers=wearers, addresses=addresses, svg=codes.svg)


def _paper(kind: str, event: Event, **values):
    """A page of sheets: the page in the reader's language, the sheets in the event's."""
    values |= {"event": event, "published": queries.published_plan(event)}
    with force_locale(event.language):
        sheets = Markup(render_template(f"meetings/prints/_{kind}.html", names=wording.Names(event), days=wording.days(event), **values))  # noqa: S704 - a template's own output
    return render_template("meetings/prints/paper.html", kind=kind, sheets=sheets, **values)
