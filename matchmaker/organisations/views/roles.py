"""Where a person stands, and whom they act for."""

from flask import abort, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user

from matchmaker.accounts.redirects import inside
from matchmaker.core.access import requires, signed_in
from matchmaker.organisations import queries, rules
from matchmaker.organisations.views import blueprint

HOME = "web.mine"


@blueprint.get("/velkommen")
@signed_in
def welcome():
    """After sign-in: to one's own cases, or, for those who belong nowhere yet, to where their request stands."""
    if rules.memberships(current_user):
        return redirect(url_for(HOME if HOME in current_app.view_functions else "web.start"), code=303)
    return redirect(url_for("organisations.standing"), code=303)


@blueprint.get("/soknaden-din")
@signed_in
def standing():
    """What one has asked for and been invited to."""
    page = {"asked": queries.registrations_of(current_user), "invited": queries.invitations_to(current_user.email)}
    return render_template("organisations/standing.html", **page)


@blueprint.get("/roller")
@signed_in
def roles():
    return render_template("organisations/roles.html", mine=rules.memberships(current_user), next=request.args.get("next", ""))


@blueprint.post("/roller/<int:membership_id>/velg")
@requires(rules.may_act_as, queries.membership)
def act_as(membership):
    if membership.ended_at is not None:
        abort(404)
    session["acting"] = membership.id
    return redirect(inside(request.form.get("next"), "organisations.welcome"), code=303)
