"""«Mitt program»: what one participant has before it when a plan is published."""

from flask import render_template
from flask_login import current_user

from matchmaker.core.access import requires
from matchmaker.meetings import programmes, queries, rules, wording
from matchmaker.meetings.models import Participant
from matchmaker.meetings.views import blueprint
from matchmaker.organisations.rules import belongs_to


@blueprint.get("/arrangementer/<int:event_id>/program/<int:participant_id>")
@requires(rules.speaks_for, queries.participant)
def programme(who: Participant):
    """Of the published version; a draft is nobody's programme yet."""
    published = queries.published_plan(who.event)
    return render_template(
        "meetings/programme.html",
        event=who.event,
        participant=who,
        plan=published,
        names=wording.Names(who.event),
        days=wording.days(who.event),
        appointments=programmes.programme(who, published),
        behalf=not belongs_to(current_user, who.organisation),
    )
