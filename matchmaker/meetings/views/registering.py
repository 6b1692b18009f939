"""Registering one's own challenge or profile, and withdrawing it."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import transaction
from matchmaker.meetings import candidates, queries, rules, services, wording
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.refusals import RegistrationClosed
from matchmaker.meetings.states import Answer
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.participants import removed


@blueprint.post("/arrangementer/<int:event_id>/meld-pa")
@requires(rules.may_look_to_register, queries.event)
def register(event: Event):
    """`challenge` or `profile`: which of one's own."""
    here, everything = url_for("meetings.show", event_id=event.id), url_for("meetings.index")
    back = redirect(here if rules.may_see_event(current_user, event) else everything, code=303)
    kind = "challenge" if request.form.get("challenge") else "profile"
    owned = next((each for each in candidates.own_to_register(current_user, event) if (each.kind, each.row.id) == (kind, row_number(kind))), None)
    if owned is None:
        flash(_("Velg en publisert utfordring eller en synlig profil som er deres egen."), "warning")
        return back
    try:
        with transaction():
            new = services.register(event=event, owned=owned.row, by=current_user)
    except RegistrationClosed:
        flash(_("Fristen for å melde seg på er gått ut. Ta kontakt med koordinatoren hvis dere vil være med."), "warning")
        return back
    if new.answer == Answer.WAITING:
        flash(wording.in_queue(new), "info")
        return redirect(here, code=303)
    flash(_("Dere er meldt på. Si hvem som kommer, og hvem dere vil møte."), "success")
    return redirect(here, code=303)


@blueprint.post("/arrangementer/<int:event_id>/deltakere/<int:participant_id>/meld-av")
@requires(rules.speaks_for, queries.participant)
def withdraw(found: Participant):
    event_id, name = found.event_id, found.name
    if not removed(found):
        flash(_("Dere står i møteplanen, og kan ikke melde dere av her. Ring koordinatoren, så blir planen endret for dem dere skulle møte."), "warning")
        return redirect(url_for("meetings.show", event_id=event_id), code=303)
    flash(_("%(name)s er meldt av.", name=name), "success")
    return redirect(url_for("meetings.index"), code=303)
