"""Sending the private addresses: to one, or to all who have not answered."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.meetings import queries, rules, services
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.states import Answer
from matchmaker.meetings.views import blueprint


@blueprint.post("/arrangementer/<int:event_id>/deltakere/inviter")
@requires(rules.arranges, queries.event)
def invite_all(event: Event):
    """All who have not answered."""
    return _sent(event, [each for each in event.participants if each.answer == Answer.NONE])


@blueprint.post("/arrangementer/<int:event_id>/deltakere/<int:participant_id>/inviter")
@requires(rules.arranges, queries.participant)
def invite(found: Participant):
    return _sent(found.event, [found])


@blueprint.post("/arrangementer/<int:event_id>/onsker/minn")
@requires(rules.arranges, queries.event)
def remind(event: Event):
    """Of the deadline for wishes, those who have given none."""
    with transaction():
        letters = services.remind(event=event, by=current_user)
    if letters:
        flash(ngettext("%(num)s brev med påminnelse er sendt.", "%(num)s brev med påminnelse er sendt.", letters), "success")
    else:
        flash(_("Ingen ble minnet på det nå: fristen er ute, de er nettopp minnet på det, eller vi har ingen adresse."), "info")
    return redirect(url_for("meetings.all_wishes", event_id=event.id), code=303)


def _sent(event: Event, participants: Sequence[Participant]):
    with transaction():
        done = services.send_invitations(event=event, participants=participants, by=current_user)
    if done.letters:
        flash(ngettext("%(num)s invitasjon er sendt.", "%(num)s invitasjoner er sendt.", done.letters), "success")
    if done.lately:
        lately = len(done.lately)
        said = ngettext("%(num)s er invitert for litt siden, og får ikke brev igjen.", "%(num)s er invitert for litt siden, og får ikke brev igjen.", lately)
        flash(said, "info")
    if done.unreachable:
        names = ", ".join(each.name for each in done.unreachable[:5]) + ("…" if len(done.unreachable) > 5 else "")
        flash(_("Vi har ingen e-postadresse til %(names)s. Send dem den private lenken selv, eller skriv inn hvem som kommer.", names=names), "warning")
    return redirect(url_for("meetings.participants", event_id=event.id), code=303)
