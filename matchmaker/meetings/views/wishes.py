"""Wishes: each participant's own page, and the coordinator's view of them all."""

from collections import Counter
from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.meetings import bridge, queries, recipients, rules, services, sharing, wording
from matchmaker.meetings.forms.pairs import PairForm
from matchmaker.meetings.listing import in_order
from matchmaker.meetings.models import Event, Participant, Wish
from matchmaker.meetings.services import reminding
from matchmaker.meetings.states import OUT, Answer, Level, Side
from matchmaker.meetings.views import blueprint, wish_page
from matchmaker.organisations.rules import belongs_to


@blueprint.route("/arrangementer/<int:event_id>/onsker/<int:participant_id>", methods=["GET", "POST"])
@requires(rules.speaks_for, queries.participant)
def wishes(who: Participant):
    here = url_for("meetings.wishes", event_id=who.event_id, participant_id=who.id)
    behalf = not belongs_to(current_user, who.organisation)
    return wish_page.answered(who, by=current_user, template="meetings/wishes.html", here=here, behalf=behalf)


@blueprint.get("/arrangementer/<int:event_id>/onsker")
@requires(rules.arranges, queries.event)
def all_wishes(event: Event):
    return _page(event)


@blueprint.post("/arrangementer/<int:event_id>/onsker")
@requires(rules.arranges, queries.event)
def say_of_pair(event: Event):
    form = PairForm(wording.Names(event))
    if not form.validate_on_submit():
        return _page(event, form)
    people = {each.id: each for each in event.participants}
    with transaction():
        services.say_of_pair(
            event=event,
            need=people[form.need.data],
            offer=people[form.offer.data],
            level=Level(form.level.data),
            reason=form.reason.data,
            companion=form.coordinators.get(form.companion.data),
            by=current_user,
        )
    flash(_("Lagret. Det gjelder neste gang planen lages."), "success")
    return redirect(url_for("meetings.all_wishes", event_id=event.id), code=303)


@blueprint.post("/arrangementer/<int:event_id>/onsker/<int:wish_id>/ta-tilbake")
@requires(rules.may_take_back, queries.wish)
def take_back_of_pair(wish: Wish):
    event_id = wish.event_id
    with transaction():
        services.take_back_of_pair(wish=wish, by=current_user)
    flash(_("Tatt tilbake."), "success")
    return redirect(url_for("meetings.all_wishes", event_id=event_id), code=303)


def _reminded(event: Event, given: Mapping[int, int], reached: int, unreached: int) -> str:
    """Whom a reminder reaches, and why not the others."""
    answers = Counter("given" if given.get(each.id) and each.answer not in OUT else str(each.answer) for each in event.participants)
    others = [
        (answers["given"], ngettext("%(num)s har gitt ønsker", "%(num)s har gitt ønsker", answers["given"])),
        (answers[Answer.DECLINED], ngettext("%(num)s kommer ikke", "%(num)s kommer ikke", answers[Answer.DECLINED])),
        (answers[Answer.WAITING], ngettext("%(num)s står på venteliste", "%(num)s står på venteliste", answers[Answer.WAITING])),
        (unreached, ngettext("%(num)s har vi ingen e-postadresse til", "%(num)s har vi ingen e-postadresse til", unreached)),
    ]
    said = ngettext(
        "Påminnelsen går til %(reached)s av %(num)s deltaker.",
        "Påminnelsen går til %(reached)s av %(num)s deltakere.",
        len(event.participants),
        reached=reached,
    )
    why = ", ".join(words for number, words in others if number)
    return f"{said} {_('De andre: %(why)s.', why=why)}" if why else said


def _page(event: Event, form: PairForm | None = None):
    material = queries.material(event)
    worth = bridge.worths(material)
    valued = sorted(worth.items(), key=lambda each: (not each[1].must, -each[1].value, each[0]))
    silent, given = reminding.silent(event) if rules.takes_wishes(event) else [], queries.wishes_given(event)
    unreached = [each for each in recipients.audience(event.participants, ()).nobody if each in silent]
    page = {
        "names": wording.Names(event),
        "given": given,
        "valued": [(pair, each, material.said.get(pair, {}), material.bands.get(pair)) for pair, each in valued],
        "ours": sharing.said_by_coordinators(event),
        "sit_in": material.sharing.companions,
        "sides": [(side, in_order(each for each in event.participants if each.side == side)) for side in (Side.NEED, Side.OFFER)],
        "form": form or PairForm(wording.Names(event), formdata=None),
        "most": rules.MOST_MUSTS,
        "open": rules.takes_wishes(event),
        "reminding": rules.reminder_is_due(event),
        "silent": len(silent),
        "unreached": unreached,
        "reminded": _reminded(event, given, len(silent) - len(unreached), len(unreached)),
    }
    return render_template("meetings/all_wishes.html", event=event, **page), 422 if form else 200
