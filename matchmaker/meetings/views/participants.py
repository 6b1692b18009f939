"""Who takes part: the two sides, finding more, one participant."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from matchmaker.core.access import LARGEST, requires
from matchmaker.core.database import transaction
from matchmaker.core.texts import clean_line
from matchmaker.meetings import queries, rules, services, wording
from matchmaker.meetings.forms.participants import ParticipantForm
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.refusals import InUse
from matchmaker.meetings.states import Side
from matchmaker.meetings.views import blueprint


@blueprint.get("/arrangementer/<int:event_id>/deltakere")
@requires(rules.arranges, queries.event)
def participants(event: Event):
    """`?finn=` narrows those that may be added, `?side=offer` looks among the companies."""
    return _page(event)


@blueprint.post("/arrangementer/<int:event_id>/deltakere")
@requires(rules.arranges, queries.event)
def add_participants(event: Event):
    chosen = {each for each in request.form.getlist("chosen", type=int) if 0 < each <= LARGEST}
    side = _side()
    if not chosen:
        return _page(event, problem=_("Kryss av for dem som skal med."))
    challenges = queries.challenges_numbered(chosen) if side == Side.NEED else []
    profiles = queries.profiles_numbered(chosen) if side == Side.OFFER else []
    with transaction():
        added = services.add_participants(event=event, challenges=challenges, profiles=profiles, by=current_user)
    flash(ngettext("Én deltaker er lagt til.", "%(num)s deltakere er lagt til.", len(added)), "success")
    return redirect(url_for("meetings.participants", event_id=event.id, side=side), code=303)


@blueprint.route("/arrangementer/<int:event_id>/deltakere/<int:participant_id>", methods=["GET", "POST"])
@requires(rules.arranges, queries.participant)
def participant(found: Participant):
    values = {"least": found.least, "most": found.most, "away": [each.slot_id for each in found.absences]}
    for number, person in enumerate(found.representatives, start=1):
        values |= {f"name{number}": person.name, f"email{number}": person.email}
    form = ParticipantForm(data=values)
    if form.validate_on_submit():
        with transaction():
            services.change_participant(
                participant=found,
                least=form.least.data or 0,
                most=form.most.data or 0,
                away=set(form.away.data or ()),
                representatives=form.representatives,
                by=current_user,
            )
        flash(_("Endringene er lagret."), "success")
        return redirect(url_for("meetings.participants", event_id=found.event_id), code=303)
    page = {"participant": found, "event": found.event, "form": form, "names": wording.Names(found.event), "by_day": wording.by_day(found.event)}
    return render_template("meetings/participant.html", **page), 422 if form.errors else 200


@blueprint.post("/arrangementer/<int:event_id>/deltakere/<int:participant_id>/fjern")
@requires(rules.arranges, queries.participant)
def remove_participant(found: Participant):
    event_id, name = found.event_id, found.name
    try:
        with transaction():
            services.remove_participant(participant=found, by=current_user)
    except InUse:
        flash(_("%(name)s har møter i en plan. Sett høyeste antall møter til 0 og lag planen på nytt, så får de ingen.", name=name), "warning")
        return redirect(url_for("meetings.participant", event_id=event_id, participant_id=found.id), code=303)
    flash(_("%(name)s er ikke med lenger.", name=name), "success")
    return redirect(url_for("meetings.participants", event_id=event_id), code=303)


def _side() -> Side:
    return Side.OFFER if request.values.get("side") == Side.OFFER else Side.NEED


def _page(event: Event, *, problem: str = ""):
    side, text = _side(), clean_line(request.values.get("finn"))[:200]
    page = {
        "needs": [each for each in event.participants if each.side == Side.NEED],
        "offers": [each for each in event.participants if each.side == Side.OFFER],
        "to_invite": queries.challenges_to_invite(event, text) if side == Side.NEED else queries.profiles_to_invite(event, text),
        "given": queries.wishes_given(event),
    }
    names = wording.Names(event)
    return render_template("meetings/participants.html", event=event, side=side, text=text, names=names, problem=problem, most=queries.MOST_FOUND, **page), (
        422 if problem else 200
    )
