"""An organisation's page, its facts changed, its members."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.accounts.services import Refused
from matchmaker.core.access import requires
from matchmaker.core.database import db, transaction
from matchmaker.organisations import queries, rules, services
from matchmaker.organisations.forms import EditOrganisationForm, InviteForm
from matchmaker.organisations.views import blueprint


def page(found, invite: InviteForm | None = None):
    """The organisation as the person may see it; `invite` when the form came back with something to mend."""
    offered = rules.roles_to_give(current_user, found)
    if invite is None:
        invite = InviteForm(formdata=None)
        invite.offer(offered)
    inside = rules.may_see_members(current_user, found)
    seen = {
        "members": queries.members(found) if inside else [],
        "invitations": queries.open_invitations(found) if inside else [],
        "departments": queries.sister_departments(found),
        "history": queries.changes(found) if inside else [],
    }
    may = {"edit": rules.may_edit_organisation(current_user, found), "invite": bool(offered), "inside": inside}
    return render_template("organisations/show.html", organisation=found, form=invite, may=may, may_end=_may_end, **seen)


def _may_end(membership) -> bool:
    return rules.may_end_membership(current_user, membership)


@blueprint.get("/virksomheter/<int:organisation_id>")
@requires(rules.may_see_organisation, queries.organisation)
def show(organisation):
    return page(organisation)


@blueprint.route("/virksomheter/<int:organisation_id>/rediger", methods=["GET", "POST"])
@requires(rules.may_edit_organisation, queries.organisation)
def edit(organisation):
    """Two may have it open: the second sees what the first wrote beside their own words, and loses nothing."""
    form = EditOrganisationForm(obj=organisation)
    stale = False
    if form.validate_on_submit():
        typed = {key: getattr(form, key).data or "" for key in services.EDITABLE}
        same = all(getattr(organisation, key) == value for key, value in typed.items())
        stale = not same and request.form.get("version", type=int) != organisation.version
        if not stale:
            try:
                with transaction():
                    services.change_organisation(organisation=organisation, by=current_user, **typed)
            except Refused as refusal:
                form.form_errors.append(str(refusal))
            except StaleDataError:
                db.session.refresh(organisation)
                stale = True
            else:
                flash(_("Lagret."), "success")
                return redirect(url_for("organisations.show", organisation_id=organisation.id), code=303)
    said = render_template("organisations/edit.html", organisation=organisation, form=form, stale=stale)
    return said, 409 if stale else 422 if request.method == "POST" else 200


@blueprint.post("/medlemskap/<int:membership_id>/avslutt")
@requires(rules.may_press_end, queries.membership)
def end_membership(membership):
    organisation = membership.organisation
    try:
        with transaction():
            services.end_membership(membership=membership, by=current_user)
    except Refused as refusal:
        flash(str(refusal), "warning")
    else:
        flash(_("Rollen er avsluttet."), "success")
    if rules.may_see_organisation(current_user, organisation):
        return redirect(url_for("organisations.show", organisation_id=organisation.id), code=303)
    return redirect(url_for("organisations.welcome"), code=303)
