"""The coordinator's list of people who ask to come in."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.services import Refused
from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.core.paging import page_of
from matchmaker.organisations import queries, rules, services
from matchmaker.organisations.forms import DecideForm, DeclineForm
from matchmaker.organisations.views import blueprint

STATES = ("waiting", "approved", "declined")


@blueprint.get("/registreringer")
@requires(rules.is_coordinator)
def registrations():
    state = request.args.get("state", "waiting")
    state = state if state in STATES else "waiting"
    return render_template("organisations/registrations.html", page=page_of(queries.registrations(state)), state=state)


def _decide_form(found) -> DecideForm:
    form = DecideForm(prefix="approve")
    alike = queries.look_alikes(found)
    new = ("new", _("Opprett ny virksomhet: %(name)s", name=_described(found)))
    form.organisation.choices = [*((str(each.id), each.display_name) for each in alike), new]
    if not alike:
        form.organisation.data = form.organisation.data or "new"
    return form


def _described(found) -> str:
    return f"{found.organisation_name}, {found.department}" if found.department else found.organisation_name


def _page(found, approve: DecideForm, no: DeclineForm):
    return render_template("organisations/registration.html", asked=found, title=_described(found), approve=approve, decline=no)


@blueprint.get("/registreringer/<int:registration_id>")
@requires(rules.may_decide_registration, queries.registration)
def registration(found):
    return _page(found, _decide_form(found), DeclineForm(prefix="decline"))


@blueprint.post("/registreringer/<int:registration_id>/godkjenn")
@requires(rules.may_decide_registration, queries.registration)
def approve(found):
    form = _decide_form(found)
    if not form.validate_on_submit():
        return _page(found, form, DeclineForm(prefix="decline", formdata=None)), 422
    chosen = form.organisation.data
    return _do(
        lambda: services.approve(registration=found, organisation=None if chosen == "new" else queries.organisation(int(chosen)), by=current_user),
        _("Godkjent. Personen har fått brev."),
    )


@blueprint.post("/registreringer/<int:registration_id>/avvis")
@requires(rules.may_decide_registration, queries.registration)
def decline(found):
    form = DeclineForm(prefix="decline")
    if not form.validate_on_submit():
        return _page(found, _decide_form(found), form), 422
    return _do(lambda: services.decline(registration=found, reason=form.reason.data, by=current_user), _("Svaret er sendt."))


def _do(act, said: str):
    """Do it and go back to the list; a decision that came too late is said, not done."""
    try:
        try:
            with transaction():
                act()
        except IntegrityError:  # somebody made the same organisation in the same moment: the second round finds it
            with transaction():
                act()
    except Refused as refusal:
        flash(str(refusal), "warning")
    else:
        flash(said, "success")
    return redirect(url_for("organisations.registrations"), code=303)
