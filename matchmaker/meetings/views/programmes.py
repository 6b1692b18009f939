"""«Mitt program»: what one participant has before it when a plan is published, as a page and as a calendar."""

from flask import Response, abort, render_template, url_for
from flask_login import current_user

from matchmaker.core.access import public, requires
from matchmaker.meetings import calendars, notes, outcome_queries, passes, programmes, queries, rules, wording
from matchmaker.meetings.models import Participant
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.what_changed import what_changed
from matchmaker.meetings.without import without_meetings
from matchmaker.organisations.queries import members
from matchmaker.organisations.rules import belongs_to


@blueprint.get("/arrangementer/<int:event_id>/program/<int:participant_id>")
@requires(rules.speaks_for, queries.participant)
def programme(who: Participant):
    """Of the published version; a draft is nobody's programme yet."""
    published, names = queries.published_plan(who.event), wording.Names(who.event)
    return render_template(
        "meetings/programme.html",
        event=who.event,
        participant=who,
        plan=published,
        names=names,
        changed=what_changed(names, who, published),
        days=wording.days(who.event),
        appointments=programmes.programme(who, published),
        lacking=without_meetings(who, published) if published else None,
        said={} if not rules.is_own(current_user, who) else notes.said_of(who),
        behalf=not belongs_to(current_user, who.organisation),
        thought=outcome_queries.feedback_of(who) if rules.took_place(who.event) else None,
        over=rules.took_place(who.event),
        feed=url_for("meetings.calendar_feed", token=passes.token_for(who, Purpose.CALENDAR), _external=True),
    )


@blueprint.get("/arrangementer/<int:event_id>/program/<int:participant_id>/kalender.ics")
@requires(rules.speaks_for, queries.participant)
def calendar(who: Participant):
    """The meetings as they are now, to be taken into a calendar once."""
    return _calendar(who, f'attachment; filename="moter-{who.event_id}.ics"')


@blueprint.get("/kalender/<token>.ics")
@public
def calendar_feed(token: str):
    """The same for a calendar program that comes back for what is new. Whoever has the address may read it; it is signed and cannot be guessed.

    It leads on to the programme where somebody could sign in to read it; the private address is not given away to whoever shares a calendar.
    """
    who = passes.participant_for(token, Purpose.CALENDAR)
    return _calendar(who, "inline") if who else abort(404)


def _calendar(who: Participant, disposition: str) -> Response:
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    link = url_for("meetings.programme", event_id=who.event_id, participant_id=who.id, _external=True) if members(who.organisation) else ""
    return Response(calendars.calendar_of(who, link), mimetype="text/calendar", headers=headers)
