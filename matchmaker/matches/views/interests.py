"""Interests: the company's idea sketch, and its page."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.rules import takes_answers
from matchmaker.core.access import requires, row_number
from matchmaker.core.clock import now
from matchmaker.core.database import db, transaction
from matchmaker.core.i18n import hour
from matchmaker.core.texts import clean_line
from matchmaker.matches import interest_queries as queries
from matchmaker.matches import interests, picking, rules
from matchmaker.matches.delivery import delivery
from matchmaker.matches.forms.interests import ChooseForm, FeedbackForm, SketchForm
from matchmaker.matches.introduction_queries import suggestion
from matchmaker.matches.letters import letters_about
from matchmaker.matches.reasons import reasons_of, unmet_of
from matchmaker.matches.refusing import Closed
from matchmaker.matches.states import InterestState
from matchmaker.matches.views import blueprint
from matchmaker.organisations.rules import belongs_to

DRAFTS = {InterestState.DRAFT, InterestState.WITHDRAWN}


def _challenge(challenge_id: int) -> Challenge | None:
    return db.session.get(Challenge, challenge_id)


@blueprint.route("/utfordringer/<int:challenge_id>/interesse", methods=["GET", "POST"])
@requires(rules.may_show_interest, _challenge)
def show_interest(challenge: Challenge):
    """Write a sketch, look it over, send. `?profile=` says for whom, for coordinators and people in several companies."""
    profile = picking.own_profile(current_user, row_number("profile"))
    if profile is None:
        words = clean_line(request.args.get("q"))[:200]
        found = picking.find_profiles(words) if words else []
        return render_template("matches/interests/whose.html", challenge=challenge, found=found)
    interest = queries.own_interest(challenge.id, profile.id)
    if interest is not None and interest.state not in DRAFTS:
        return redirect(url_for("matches.interest", interest_id=interest.id), code=303)
    form, step, theirs = SketchForm(obj=interest), request.form.get("step", ""), None
    late = not takes_answers(challenge)
    if request.method == "POST" and form.validate_on_submit():
        if _outdated(form, interest):
            theirs = interest
            flash(_("En kollega har lagret en annen versjon i mellomtiden. Begge står her; ingenting er borte."), "warning")
        elif step in {"preview", "send"} and not form.ready():
            pass
        elif step == "send" and late:
            flash(_("Fristen for å svare er gått ut. Utkastet er lagret."), "warning")
            _save(challenge, profile, form)
        elif step == "send":
            return _send(challenge, profile, form)
        else:
            interest = _save(challenge, profile, form)
            if step != "preview":
                flash(_("Utkastet er lagret. Bare dere ser det."), "success")
                return redirect(url_for("matches.show_interest", challenge_id=challenge.id, profile=profile.id), code=303)
    version = interest.version if interest else 0
    template = "preview" if step == "preview" and not form.errors and theirs is None and not late else "write"
    page = {"form": form, "challenge": challenge, "profile": profile, "theirs": theirs, "late": late, "interest": interest}
    behalf = not belongs_to(current_user, profile.organisation)
    return render_template(f"matches/interests/{template}.html", **page, version=version, behalf=behalf), 422 if form.errors else 409 if theirs else 200


@blueprint.post("/utfordringer/<int:challenge_id>/interesse/utkast")
@requires(rules.may_show_interest, _challenge)
def save_interest(challenge: Challenge):
    """For the page that saves by itself: {saved, version} or {error}."""
    profile, form = picking.own_profile(current_user, row_number("profile")), SketchForm()
    if profile is None:
        abort(404)
    interest = queries.own_interest(challenge.id, profile.id)
    if not form.validate_on_submit():
        return jsonify(error=_("Ikke lagret: noe i skjemaet må rettes.")), 422
    if _outdated(form, interest):
        return jsonify(error=_("Ikke lagret: en kollega har lagret en annen versjon.")), 409
    try:
        interest = _save(challenge, profile, form)
    except Closed:
        return jsonify(error=_("Ikke lagret: skissen er allerede sendt.")), 409
    return jsonify(saved=_("Lagret kl. %(clock)s", clock=hour(now())), version=interest.version)


@blueprint.get("/interesser/<int:interest_id>")
@requires(rules.may_see_interest, queries.interest)
def interest(found):
    return interest_page(found)


@blueprint.post("/interesser/<int:interest_id>/trekk")
@requires(rules.writes_interest, queries.interest)
def withdraw_interest(found):
    return take(
        found, lambda: interests.withdraw_interest(interest=found, by=current_user), _("Idéskissen er trukket. Den ligger her som utkast til dere selv.")
    )


@blueprint.post("/interesser/<int:interest_id>/kortliste")
@requires(rules.judges_interest, queries.interest)
def shortlist_interest(found):
    return take(found, lambda: interests.shortlist_interest(interest=found, by=current_user), _("Lagt på kortlista. Virksomheten får vite det."))


@blueprint.post("/interesser/<int:interest_id>/velg")
@requires(rules.judges_interest, queries.interest)
def choose_interest(found):
    form = ChooseForm(prefix="choose")
    if not form.validate_on_submit():
        return interest_page(found, choose=form), 422
    return take(
        found, lambda: interests.choose_interest(interest=found, feedback=form.feedback.data or "", by=current_user), _("Valgt. Virksomheten får brev om det.")
    )


@blueprint.post("/interesser/<int:interest_id>/ikke-valgt")
@requires(rules.judges_interest, queries.interest)
def decline_interest(found):
    form = FeedbackForm(prefix="decline")
    if not form.validate_on_submit():
        return interest_page(found, decline=form), 422
    return take(found, lambda: interests.decline_interest(interest=found, feedback=form.feedback.data, by=current_user), _("Tilbakemeldingen er sendt."))


def take(found, act, done: str):
    try:
        with transaction():
            act()
    except Closed:
        flash(_("Det gikk ikke. Saken har endret seg siden du åpnet siden."), "warning")
    else:
        flash(done, "success")
    return redirect(url_for("matches.interest", interest_id=found.id), code=303)


def interest_page(found, **forms):
    department = rules.speaks_for_need(current_user, found.challenge)
    pair = suggestion(found.challenge_id, found.profile_id) if department else None
    return render_template(
        "matches/interests/show.html",
        interest=found,
        mine=rules.writes_interest(current_user, found),
        judging=rules.judges_interest(current_user, found),
        behalf=not belongs_to(current_user, found.profile.organisation),
        may=lambda after: rules.interest_may_become(found, InterestState(after)),
        suggestion=pair,
        reasons=reasons_of(pair.reasons) if pair else [],
        unmet=unmet_of(pair.reasons) if pair else [],
        letters=[(each, delivery(each)) for each in letters_about(found)] if department else [],
        **{"choose": ChooseForm(prefix="choose", formdata=None), "decline": FeedbackForm(prefix="decline", formdata=None), **forms},
    )


def _outdated(form: SketchForm, interest) -> bool:
    """Somebody saved another sketch since this form was opened."""
    if interest is None or form.version.data == str(interest.version):
        return False
    return form.sketch != {name: getattr(interest, name) for name in interests.FIELDS}


def _save(challenge, profile, form):
    with transaction():
        return interests.draft_interest(challenge=challenge, profile=profile, sketch=form.sketch, by=current_user)


def _send(challenge, profile, form):
    try:
        with transaction():
            interest = interests.draft_interest(challenge=challenge, profile=profile, sketch=form.sketch, by=current_user)
            interests.send_interest(interest=interest, by=current_user)
    except Closed:
        flash(_("Idéskissen var allerede sendt."), "info")
        interest = queries.own_interest(challenge.id, profile.id) or abort(404)
    else:
        flash(_("Idéskissen er sendt. Dere får skriftlig tilbakemelding."), "success")
    return redirect(url_for("matches.interest", interest_id=interest.id), code=303)
