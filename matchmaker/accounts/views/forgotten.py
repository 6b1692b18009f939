"""A forgotten password."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from matchmaker.accounts import familiar, links, services
from matchmaker.accounts.forms import ForgottenForm, NewPasswordForm
from matchmaker.accounts.views import blueprint
from matchmaker.accounts.views.signing import account_tried
from matchmaker.core.access import public
from matchmaker.core.database import transaction
from matchmaker.core.security import limiter


@blueprint.route("/glemt-passord", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@limiter.limit("5 per hour", methods=["POST"], key_func=account_tried)
@public
def forgotten():
    """The same answer whether or not there is such a person."""
    form = ForgottenForm()
    if form.validate_on_submit():
        with transaction():
            services.ask_for_new_password(email=form.email.data)
        return redirect(url_for("accounts.forgotten_sent"), code=303)
    return render_template("accounts/forgotten.html", form=form), 422 if request.method == "POST" else 200


@blueprint.get("/glemt-passord/sendt")
@public
def forgotten_sent():
    return render_template("accounts/forgotten_sent.html")


@blueprint.route("/nytt-passord/<token>", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@public
def new_password(token: str):
    link = links.find(token, "password")
    if link is None:
        return render_template("accounts/link_over.html", purpose="password"), 410
    form = NewPasswordForm(email=link.user.email)
    if form.validate_on_submit():
        with transaction():
            user = services.set_new_password(link=link, password=form.password.data)
        if user is None:
            return render_template("accounts/link_over.html", purpose="password"), 410
        flash(_("Passordet er endret. Logg inn med det nye."), "success")
        return familiar.remember(redirect(url_for("accounts.sign_in"), code=303), user=user)
    return render_template("accounts/new_password.html", form=form), 422 if request.method == "POST" else 200
