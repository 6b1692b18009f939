"""«Hva kom ut av det?»: for coordinators, from publishing on."""

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires
from matchmaker.core.paging import page_of_list
from matchmaker.matches.pairing import Pairing
from matchmaker.matches.rules import may_introduce
from matchmaker.meetings import led_to, outcomes, queries, rules, wording
from matchmaker.meetings.led_to import Choice
from matchmaker.meetings.models import Event, Participant, Plan
from matchmaker.meetings.states import NextStep
from matchmaker.meetings.views import blueprint


@blueprint.get("/arrangementer/<int:event_id>/resultat")
@requires(rules.arranges, queries.event)
def results(event: Event):
    """Beside last year's where the event was copied from one that has a published plan. `?vis=`: which of the meetings are named."""
    published = queries.published_plan(event)
    before = queries.event(event.copied_from_id) if event.copied_from_id else None
    found = outcomes.results(event) if published else None
    page = {
        "found": found,
        "before": before,
        "then": outcomes.results(before) if before and queries.published_plan(before) else None,
        "names": wording.Names(event),
        "days": wording.days(event),
        "steps": wording.step_words(),
        "over": rules.is_over(event),
    }
    if published and found:
        page |= _named(event, found, published)
    return render_template("meetings/results/show.html", event=event, **page)


def _named(event: Event, found: outcomes.Results, plan: Plan) -> dict:
    """A page of the meetings that are asked for. `standing`: those of the plan, which have pages of their own; `to_introduce`: those who said
    that they want it, are not introduced, and can be.
    """
    which = led_to.choice(request.args.get("vis", ""))
    shown = page_of_list(led_to.chosen(found.outcomes, which))
    who = {each.id: each for each in event.participants}
    asked = [each for each in shown.items if each.asks_for_introduction]
    return {
        "which": which,
        "choices": led_to.choices(found.outcomes),
        "choice_words": _words(),
        "shown": shown,
        "standing": {each.meeting.id for each in shown.items if each.meeting.plan_id == plan.id},
        "to_introduce": {each.meeting.id for each in asked if _may_introduce(who[each.meeting.need_id], who[each.meeting.offer_id])},
    }


def _may_introduce(need: Participant, offer: Participant) -> bool:
    return need.challenge is not None and offer.profile is not None and may_introduce(current_user, Pairing(need.challenge, offer.profile))


def _words() -> dict[Choice, str]:
    steps = wording.step_words()
    return {
        Choice.LEADS: _("Fører til noe mer"),
        Choice.PILOT: steps[NextStep.PILOT],
        Choice.INTRODUCTION: steps[NextStep.INTRODUCTION],
        Choice.CONTACT: steps[NextStep.CONTACT],
        Choice.DIFFER: _("De to svarer ulikt"),
        Choice.NOTHING: steps[NextStep.NOTHING],
        Choice.NOT_HELD: _("Ikke holdt"),
        Choice.UNSAID: _("Ingen har sagt noe"),
        Choice.ALL: _("Alle møtene"),
    }
