"""Name, language and look, password, address, sessions."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.accounts import familiar, links, passwords, queries, rules, services, signing_in
from matchmaker.accounts.forms import ChangeAddressForm, ChangePasswordForm, PersonForm
from matchmaker.accounts.views import blueprint
from matchmaker.core.access import public, requires, signed_in
from matchmaker.core.database import transaction
from matchmaker.core.i18n import choose_locale, choose_theme
from matchmaker.core.security import limiter


def me() -> str:
    return f"person {current_user.get_id()}"


@blueprint.route("/konto", methods=["GET", "POST"])
@signed_in
def settings():
    form = PersonForm(data={"name": current_user.name, "locale": choose_locale(), "theme": choose_theme()})
    if form.validate_on_submit():
        with transaction():
            services.change_name(user=current_user, name=form.name.data)
            services.choose_preferences(user=current_user, locale=form.locale.data, theme=form.theme.data)
        flash(_("Lagret."), "success")
        return redirect(url_for("accounts.settings"), code=303)
    page = render_template("accounts/settings.html", form=form, sessions=queries.open_sessions(current_user), present=signing_in.present())
    return page, 422 if request.method == "POST" else 200


@blueprint.route("/konto/passord", methods=["GET", "POST"])
@limiter.limit("10 per 15 minutes", methods=["POST"], key_func=me)
@requires(rules.may_change_identity)
def change_password():
    form = ChangePasswordForm(email=current_user.email)
    if form.validate_on_submit():
        if passwords.matches(form.old.data, current_user.password_hash):
            with transaction():
                services.change_password(user=current_user, password=form.password.data, keep=signing_in.present())
            flash(_("Passordet er endret. Du er logget ut alle andre steder."), "success")
            return familiar.remember(redirect(url_for("accounts.settings"), code=303), user=current_user)
        form.old.errors = [_("Det er ikke passordet du har nå.")]
    return render_template("accounts/change_password.html", form=form), 422 if request.method == "POST" else 200


@blueprint.route("/konto/e-post", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"], key_func=me)
@requires(rules.may_change_identity)
def change_address():
    form = ChangeAddressForm()
    if form.validate_on_submit():
        if not passwords.matches(form.password.data, current_user.password_hash):
            form.password.errors = [_("Det er ikke passordet ditt.")]
        else:
            with transaction():
                services.ask_to_change_address(user=current_user, email=form.email.data)
            flash(_("Vi har sendt et brev til den nye adressen. Følg lenken i det for å ta den i bruk."), "info")
            return redirect(url_for("accounts.settings"), code=303)
    return render_template("accounts/change_address.html", form=form), 422 if request.method == "POST" else 200


@blueprint.route("/ny-adresse/<token>", methods=["GET", "POST"])
@public
def new_address(token: str):
    """The link came to the new address; pressing the button shows that a person and not a mail program opened it."""
    link = links.find(token, "email")
    changed = None
    if link is not None and request.method == "POST":
        with transaction():
            changed = services.change_address(link=link)
        if changed:
            flash(_("Den nye e-postadressen er tatt i bruk."), "success")
            return redirect(url_for("accounts.settings"), code=303)
    if link is None or request.method == "POST":
        return render_template("accounts/link_over.html", purpose="email"), 410
    return render_template("accounts/new_address.html", email=link.value)


@blueprint.post("/konto/okter/<int:session_id>/avslutt")
@signed_in
def end_session(session_id: int):
    with transaction():
        ended = services.end_session(user=current_user, session_id=session_id)
    flash(_("Du er logget ut der.") if ended else _("Den økten var alt avsluttet."), "success")
    return redirect(url_for("accounts.settings") + "#okter", code=303)


@blueprint.post("/konto/okter/avslutt-andre")
@signed_in
def end_other_sessions():
    with transaction():
        services.end_sessions(user=current_user, keep=signing_in.present())
    flash(_("Du er logget ut alle andre steder."), "success")
    return familiar.remember(redirect(url_for("accounts.settings") + "#okter", code=303), user=current_user)
