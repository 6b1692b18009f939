"""Registering by link without an account, and the coordinator's answer."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.accounts.addresses import spelling
from matchmaker.accounts.services import Refused
from matchmaker.core.access import public, requires
from matchmaker.core.database import transaction
from matchmaker.core.security import limiter, went_through
from matchmaker.meetings import newcomers, passes, rules, services, wording
from matchmaker.meetings.forms.newcomers import NewcomerForm
from matchmaker.meetings.models import Newcomer
from matchmaker.meetings.refusals import RegistrationClosed
from matchmaker.meetings.states import Answer
from matchmaker.meetings.views import blueprint
from matchmaker.organisations import queries as organisations
from matchmaker.organisations.forms import DecideForm, DeclineForm


def address_asked() -> str:
    return f"event {spelling(request.form.get('email'))}"


@blueprint.route("/pamelding/<token>", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"], deduct_when=went_through)
@limiter.limit("5 per hour", methods=["POST"], key_func=address_asked, deduct_when=went_through)
@public
def ask_to_take_part(token: str):
    """Whoever has the address may ask; that an organisation is in the service is said, for everybody can look that up, and never who is in it."""
    event = passes.event_to_register(token) or abort(404)
    open_, form = rules.takes_registrations(event), NewcomerForm()
    if open_ and form.validate_on_submit():
        try:
            with transaction():
                made = services.ask_to_take_part(event=event, **form.asked())
            return redirect(url_for("meetings.asked_to_take_part", token=token, finnes=None if made else "ja"), code=303)
        except RegistrationClosed:
            open_ = False
    page = {"event": event, "form": form, "open": open_, "room": rules.has_room(event), "days": wording.days(event)}
    return render_template("meetings/newcomers/ask.html", **page), 422 if open_ and form.errors else 200


@blueprint.get("/pamelding/<token>/sendt")
@public
def asked_to_take_part(token: str):
    event = passes.event_to_register(token) or abort(404)
    return render_template("meetings/newcomers/sent.html", event=event, known=request.args.get("finnes") == "ja")


@blueprint.get("/arrangementer/<int:event_id>/deltakere/nye/<int:newcomer_id>")
@requires(rules.arranges, newcomers.newcomer)
def newcomer(found: Newcomer):
    return _page(found, _decide_form(found), DeclineForm(prefix="decline"))


@blueprint.post("/arrangementer/<int:event_id>/deltakere/nye/<int:newcomer_id>/godkjenn")
@requires(rules.arranges, newcomers.newcomer)
def approve_newcomer(found: Newcomer):
    form = _decide_form(found)
    if not form.validate_on_submit():
        return _page(found, form, DeclineForm(prefix="decline", formdata=None)), 422
    chosen = form.organisation.data
    organisation = None if chosen == "new" else organisations.organisation(int(chosen))

    def approve() -> str:
        made = services.approve_newcomer(newcomer=found, organisation=organisation, by=current_user)
        if made.answer == Answer.WAITING:
            return _("%(name)s står på venteliste, og har fått brev.", name=found.display_name)
        return _("%(name)s er med, og har fått brev.", name=found.display_name)

    return _done(found, approve)


@blueprint.post("/arrangementer/<int:event_id>/deltakere/nye/<int:newcomer_id>/avvis")
@requires(rules.arranges, newcomers.newcomer)
def decline_newcomer(found: Newcomer):
    form = DeclineForm(prefix="decline")
    if not form.validate_on_submit():
        return _page(found, _decide_form(found), form), 422

    def decline() -> str:
        services.decline_newcomer(newcomer=found, reason=form.reason.data, by=current_user)
        return _("Svaret er sendt.")

    return _done(found, decline)


def _done(found: Newcomer, act: Callable[[], str]):
    """Do what says what was done; a decision that came too late is said, not done."""
    back = url_for("meetings.participants", event_id=found.event_id)
    try:
        with transaction():
            said = act()
        flash(said, "success")
    except Refused as refusal:
        flash(str(refusal), "warning")
    return redirect(back, code=303)


def _decide_form(found: Newcomer) -> DecideForm:
    form, alike = DecideForm(prefix="approve"), organisations.look_alikes(found)
    new = ("new", _("Opprett ny virksomhet: %(name)s", name=found.display_name))
    form.organisation.choices = [*((str(each.id), each.display_name) for each in alike), new]
    if not alike:
        form.organisation.data = form.organisation.data or "new"
    return form


def _page(found: Newcomer, approve: DecideForm, decline: DeclineForm):
    return render_template("meetings/newcomers/decide.html", event=found.event, room=rules.has_room(found.event), asked=found, approve=approve, decline=decline)
