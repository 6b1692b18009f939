"""Sign-in and sign-out."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.accounts import familiar, links, queries, rules, services, signing_in
from matchmaker.accounts.addresses import spelling
from matchmaker.accounts.browsers import readable
from matchmaker.accounts.forms import ConfirmForm, SignInForm
from matchmaker.accounts.redirects import inside
from matchmaker.accounts.views import blueprint
from matchmaker.core import audit
from matchmaker.core.access import public
from matchmaker.core.database import transaction
from matchmaker.core.security import limiter


def account_tried() -> str:
    """What attempts are counted on beside the caller's address: the account, whether it exists or not."""
    return f"account {spelling(request.form.get('email'))}"


def browser_tried() -> str:
    """As `account_tried`, but a browser that has been let in to the account before is counted for itself."""
    number = familiar.number_for(request.form.get("email"))
    return f"browser {number}" if number else account_tried()


def did_not_work(response) -> bool:
    """Only attempts that failed count."""
    return response.status_code != 303


@blueprint.route("/logg-inn", methods=["GET", "POST"])
@limiter.limit("30 per 5 minutes; 200 per day", methods=["POST"], deduct_when=did_not_work)
@limiter.limit("10 per 15 minutes", methods=["POST"], key_func=browser_tried, deduct_when=did_not_work)
@public
def sign_in():
    wanted = request.values.get("next", "")
    if current_user.is_authenticated and request.method == "GET":
        return redirect(inside(wanted, "organisations.welcome"), code=303)
    form, refused = SignInForm(), False
    if form.validate_on_submit():
        with transaction():
            user = services.person_with(email=form.email.data, password=form.password.data)
            if user is not None:
                return _enter(user, wanted, remember=form.remember.data)
            services.note_failed_sign_in(email=form.email.data)
        refused = True
    return _page(form, wanted, refused=refused), 422 if request.method == "POST" else 200


def _page(form: SignInForm, wanted: str, *, refused: bool = False):
    """`refused`: says so in one way for everybody, known here or not. A new password also confirms an address that was not confirmed."""
    demo = queries.demo_people() if current_app.config["MATCHMAKER_DEMO"] else []
    return render_template("accounts/sign_in.html", form=form, next=wanted, demo=demo, refused=refused)


def _enter(user, wanted: str = "", *, remember: bool = False):
    signing_in.enter(user, browser=readable(request.user_agent.string), remember=remember)
    services.keep_language(user=user)
    audit.record("signed in", by=user, subject=user)
    return familiar.remember(redirect(inside(wanted, "organisations.welcome"), code=303), user=user)


@blueprint.post("/logg-inn/demo")
@limiter.limit("60 per hour")
@public
def try_demo():
    user = queries.demo_person(request.form.get("account", ""))
    if not current_app.config["MATCHMAKER_DEMO"] or user is None or not rules.may_be_tried(user):
        abort(404)
    with transaction():
        return _enter(user, request.form.get("next", ""))


@blueprint.post("/logg-ut")
@public
def sign_out():
    with transaction():
        signing_in.leave()
    flash(_("Du er logget ut."), "success")
    return redirect(url_for("web.start"), code=303)


@blueprint.route("/bekreft/<token>", methods=["GET", "POST"])
@limiter.limit("20 per 15 minutes", methods=["POST"], deduct_when=did_not_work)
@public
def confirm(token: str):
    """The link shows that the letter arrived, the password that it was they who registered."""
    link = links.find(token, "confirm")
    if link is None:
        return render_template("accounts/link_over.html", purpose="confirm"), 410
    form = ConfirmForm()
    if form.validate_on_submit():
        with transaction():
            user = services.confirm_address(link=link, password=form.password.data)
            if user is not None:
                flash(_("Takk, e-postadressen er bekreftet."), "success")
                return _enter(user)
        form.password.errors = [_("Det er ikke passordet som ble valgt. Har du glemt det, kan du lage et nytt.")]
    return render_template("accounts/confirm.html", form=form, email=link.user.email), 422 if request.method == "POST" else 200
