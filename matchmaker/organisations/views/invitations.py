"""Inviting, and being invited."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.accounts import signing_in
from matchmaker.accounts.browsers import readable
from matchmaker.accounts.queries import by_email
from matchmaker.accounts.services import Refused
from matchmaker.core.access import public, requires
from matchmaker.core.database import transaction
from matchmaker.core.security import limiter
from matchmaker.organisations import queries, rules, services
from matchmaker.organisations.forms import InviteForm, NewcomerForm
from matchmaker.organisations.models import Role
from matchmaker.organisations.views import blueprint
from matchmaker.organisations.views.show import page


@blueprint.post("/virksomheter/<int:organisation_id>/inviter")
@limiter.limit("60 per hour")
@requires(rules.may_invite, queries.organisation)
def invite(organisation):
    form = InviteForm()
    form.offer(rules.roles_to_give(current_user, organisation))
    if form.validate_on_submit():
        try:
            with transaction():
                services.invite(organisation=organisation, email=form.email.data, role=Role(form.role.data), by=current_user)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Invitasjonen er sendt til %(email)s.", email=form.email.data), "success")
            return redirect(url_for("organisations.show", organisation_id=organisation.id), code=303)
    return page(organisation, form), 422


def _do(invitation, act, said: str):
    try:
        with transaction():
            act(invitation=invitation, by=current_user)
    except Refused as refusal:
        flash(str(refusal), "warning")
    else:
        flash(said, "success")
    return redirect(url_for("organisations.show", organisation_id=invitation.organisation_id), code=303)


@blueprint.post("/invitasjoner/<int:invitation_id>/send-igjen")
@limiter.limit("60 per hour")
@requires(rules.may_handle_invitation, queries.invitation)
def send_again(invitation):
    return _do(invitation, services.send_again, _("Et nytt brev er sendt. Den gamle lenken virker ikke lenger."))


@blueprint.post("/invitasjoner/<int:invitation_id>/trekk")
@requires(rules.may_handle_invitation, queries.invitation)
def withdraw(invitation):
    return _do(invitation, services.withdraw_invitation, _("Invitasjonen er trukket tilbake."))


@blueprint.route("/invitasjon/<token>", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@public
def invited(token: str):
    """The link in the letter: a newcomer makes an account, somebody signed in with the invited address presses one button."""
    found = queries.invitation_behind(signing_in.digest(token))
    if found is None:
        return render_template("organisations/invitation_over.html"), 410
    known = by_email(found.email)
    newcomer = known is None or known.email_confirmed_at is None
    form = NewcomerForm(email=found.email)
    mine = current_user.is_authenticated and current_user.email == found.email
    if request.method == "POST" and (mine or (newcomer and not current_user.is_authenticated and form.validate_on_submit())):
        try:
            with transaction():
                membership = _accept(found, form, mine)
        except Refused as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Velkommen! Du er nå med i %(organisation)s.", organisation=membership.organisation.display_name), "success")
            return redirect(url_for("organisations.welcome"), code=303)
    said = render_template("organisations/invited.html", invitation=found, form=form, mine=mine, newcomer=newcomer)
    return said, 422 if request.method == "POST" else 200


def _accept(found, form: NewcomerForm, mine: bool):
    if mine:
        return services.accept_invitation(invitation=found, user=current_user)
    membership = services.accept_invitation(invitation=found, name=form.name.data, password=form.password.data)
    signing_in.enter(membership.user, browser=readable(request.user_agent.string))
    return membership
