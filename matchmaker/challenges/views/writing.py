"""The form: create, edit, autosave, copy. Nothing a person typed is lost, whoever else saved meanwhile."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.challenges import queries, rules, services
from matchmaker.challenges.content import differing, snapshot, values
from matchmaker.challenges.forms import ChallengeForm
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.refusals import EditedMeanwhile, NotReady
from matchmaker.challenges.states import State
from matchmaker.challenges.views import blueprint
from matchmaker.challenges.views.coaching import coached
from matchmaker.challenges.views.differences import change
from matchmaker.challenges.views.editing import after_publishing, filled_form, new_token, put_missing, read_rows, reading, saved_words
from matchmaker.core.access import requires
from matchmaker.core.database import db, transaction
from matchmaker.organisations.acting import acting


@blueprint.route("/utfordringer/ny", methods=["GET", "POST"])
@requires(rules.may_create)
def create():
    form = ChallengeForm(organisations=queries.organisations_to_write_for(current_user))
    if request.method == "GET":
        form.token.data = new_token()
        form.organisation.data = _first_choice(form)
        form.contact_email.data = current_user.email
        return _page(form, None)
    if focus := read_rows(form):
        return _page(form, None, focus=focus)
    act = request.form.get("act")
    if act == "check" or not _acceptable(form, act):
        return _page(form, None), 200 if act == "check" else 422
    challenge = _made(form, form.content())
    return _saved_or_conflict(challenge, form)


@blueprint.route("/utfordringer/<int:challenge_id>/rediger", methods=["GET", "POST"])
@requires(rules.may_edit, queries.challenge)
def edit(challenge: Challenge):
    form = filled_form(challenge)
    if request.method == "GET":
        if request.args.get("publish"):
            put_missing(form, rules.missing_for_publishing(challenge))
        return _page(form, challenge)
    if focus := read_rows(form):
        return _page(form, challenge, focus=focus)
    act = request.form.get("act")
    if act == "check" or not _acceptable(form, act):
        return _page(form, challenge), 200 if act == "check" else 422
    if act == "preview" and challenge.state != State.DRAFT:
        return _page(form, challenge, preview=reading(challenge, form.content()))
    return _saved_or_conflict(challenge, form)


@blueprint.post("/utfordringer/ny/lagre")
@requires(rules.may_create)
def autosave_new():
    """Autosave of a form that has no draft yet: the first one makes it, the next ones edit it."""
    form = ChallengeForm(organisations=queries.organisations_to_write_for(current_user))
    content, left_out = _what_can_be_kept(form)
    if not form.token.data or form.organisation.errors:
        abort(400)
    if not any(content.get(name) for name in ("title", "need", "situation", "effect", "affected")):
        return jsonify(saved="")
    challenge = _made(form, content)
    return _autosaved(challenge, form, content, left_out)


@blueprint.post("/utfordringer/<int:challenge_id>/lagre")
@requires(rules.may_autosave, queries.challenge)
def autosave(challenge: Challenge):
    form = filled_form(challenge)
    content, left_out = _what_can_be_kept(form)
    return _autosaved(challenge, form, content, left_out)


@blueprint.post("/utfordringer/<int:challenge_id>/kopier")
@requires(rules.may_copy, queries.challenge)
def copy(challenge: Challenge):
    own = queries.organisations_to_write_for(current_user)
    organisation = challenge.organisation if challenge.organisation in own else next(iter(own), None)
    if organisation is None or not rules.may_create_for(current_user, organisation):
        abort(403)
    with transaction():
        made = services.copy_challenge(challenge=challenge, organisation=organisation, by=current_user)
    flash(_("Her er kopien, som et utkast. Fristene må settes på nytt."), "success")
    return redirect(url_for("challenges.edit", challenge_id=made.id), code=303)


def _acceptable(form: ChallengeForm, act: str | None) -> bool:
    """Whether it can be saved. When not, and somebody wants to publish, the form says everything that publishing takes at once."""
    if form.validate():
        return True
    if act == "publish":
        put_missing(form, rules.missing_in(form.content()))
    return False


def _made(form: ChallengeForm, content: dict) -> Challenge:
    organisation = next((each for each in queries.organisations_to_write_for(current_user) if each.id == form.organisation.data), None)
    if organisation is None or not rules.may_create_for(current_user, organisation):
        abort(403)
    for attempt in (1, 2):
        try:
            with transaction():
                return services.create_challenge(organisation=organisation, by=current_user, content=content, token=form.token.data)
        except IntegrityError:
            # Two submissions at once: the other one made it, and the second round finds it.
            if attempt == 2:
                raise
    raise AssertionError


def _saved_or_conflict(challenge: Challenge, form: ChallengeForm):
    act = request.form.get("act")
    was_public = rules.is_public(challenge)
    try:
        with transaction():
            changed = services.edit_challenge(challenge=challenge, by=current_user, content=form.content(), version=_version(form, challenge))
    except (EditedMeanwhile, StaleDataError):
        return _conflict(challenge, form)
    except NotReady as refusal:
        put_missing(form, refusal.missing)
        return _page(form, challenge), 422
    if act == "publish" and rules.may_publish(current_user, challenge):
        try:
            with transaction():
                services.publish_challenge(challenge=challenge, by=current_user)
        except NotReady as refusal:
            form.version.data = challenge.version
            put_missing(form, refusal.missing)
            flash(_("Utkastet er lagret. Det mangler litt før det kan publiseres."), "warning")
            return _page(form, challenge), 422
        return after_publishing(challenge)
    if was_public:
        flash(_("Endringen er lagret. Den gamle teksten står i historikken.") if changed else _("Ingenting var endret."), "success")
    else:
        flash(_("Utkastet er lagret. Bare dere ser det."), "success")
    return redirect(url_for("challenges.show", challenge_id=challenge.id), code=303)


def _version(form: ChallengeForm, challenge: Challenge) -> int:
    """The version the form was opened with. A form for a new challenge knows none; it stands for the very first."""
    typed = form.version.data or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 1


def _conflict(challenge: Challenge, form: ChallengeForm):
    """Both versions side by side; the form keeps what was typed, and saving once more is now done knowingly."""
    db.session.refresh(challenge)
    mine, theirs = snapshot(form.content()), snapshot(values(challenge))
    form.version.data = challenge.version
    return _page(form, challenge, conflict=[change(name, theirs, mine) for name in differing(theirs, mine)]), 409


def _what_can_be_kept(form: ChallengeForm) -> tuple[dict, list[str]]:
    """What autosave writes, and the labels of what it could not read. A draft may lack its title for a while."""
    form.validate()
    wrong = {name for name, errors in form.errors.items() if errors and not (name in {"title", "need"} and not form[name].data)}
    labels = [str(form[name].label.text) for name in form._fields if name in wrong]
    return form.content(without=frozenset(wrong)), labels


def _autosaved(challenge: Challenge, form: ChallengeForm, content: dict, left_out: list[str]):
    try:
        with transaction():
            services.edit_challenge(challenge=challenge, by=current_user, content=content, version=_version(form, challenge))
    except (EditedMeanwhile, StaleDataError):
        db.session.refresh(challenge)
        words = _("Noen andre har lagret i mellomtiden. Trykk «Lagre utkast», så ser du begge versjonene.")
        return jsonify(error=words, theirs=snapshot(values(challenge)), mine=snapshot(content)), 409
    return jsonify(saved=saved_words(left_out), version=challenge.version)


def _first_choice(form: ChallengeForm) -> int | None:
    chosen = acting()
    known = [number for number, _name in form.organisation.choices]
    return chosen.organisation_id if chosen is not None and chosen.organisation_id in known else next(iter(known), None)


def _page(form: ChallengeForm, challenge: Challenge | None, **more):
    return render_template("challenges/form.html", form=form, challenge=challenge, **coached(form), **more)
