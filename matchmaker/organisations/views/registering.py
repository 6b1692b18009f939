"""Asking to come in."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.addresses import spelling
from matchmaker.core.access import public
from matchmaker.core.database import transaction
from matchmaker.core.security import limiter, went_through
from matchmaker.organisations import services
from matchmaker.organisations.forms import JoinForm, RegisterForm
from matchmaker.organisations.views import blueprint


def address_asked() -> str:
    return f"register {spelling(request.form.get('email'))}"


@blueprint.route("/registrer", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"], deduct_when=went_through)
@limiter.limit("5 per hour", methods=["POST"], key_func=address_asked, deduct_when=went_through)
@public
def register():
    """Visitors say who they are too; those signed in only what more they represent. The answer never tells whether an address is known."""
    form = JoinForm() if current_user.is_authenticated else RegisterForm()
    if not form.validate_on_submit():
        return render_template("organisations/register.html", form=form), 422 if request.method == "POST" else 200
    if current_user.is_authenticated:
        with transaction():
            services.ask_to_join(user=current_user, **form.asked())
        flash(_("Takk. Koordinatoren ser på det, og du får svar på e-post."), "success")
        return redirect(url_for("organisations.standing"), code=303)
    try:
        with transaction():
            services.register(email=form.email.data, name=form.name.data, password=form.password.data, **form.asked())
    except IntegrityError:  # the same form was sent twice at once: the other one has done the work
        pass
    return redirect(url_for("organisations.register_sent"), code=303)


@blueprint.get("/registrer/sendt")
@public
def register_sent():
    return render_template("organisations/register_sent.html")
