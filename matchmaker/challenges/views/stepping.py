"""One address for each step between states."""

from collections.abc import Callable
from functools import wraps

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.challenges import queries, rules, services
from matchmaker.challenges.forms import ChoiceForm, ReasonForm
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.refusals import NotReady, StepRefused
from matchmaker.challenges.states import State
from matchmaker.challenges.views import blueprint
from matchmaker.challenges.views.editing import after_publishing
from matchmaker.challenges.views.showing import page
from matchmaker.challenges.views.words import state_name
from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.core.texts import clean


def step_to(after: State, may: Callable[..., bool]):
    """Guard the view of a step for a page that is behind: pressed twice it was taken once; a colleague's step is told, and a reason not kept given back."""

    def decorate(view: Callable):
        @wraps(view)
        def guarded(challenge: Challenge):
            if may(current_user, challenge):
                return view(challenge)
            typed = clean(request.form.get("reason"))[:2000]
            lost = typed and typed != challenge.ended_reason
            if challenge.state != after or lost:
                flash(_("Noen har endret utfordringen i mellomtiden. Nå står det: %(state)s.", state=state_name(challenge.state)), "warning")
                if lost:
                    flash(_("Dette skrev du, og det er ikke lagret: «%(text)s»", text=typed), "info")
            return redirect(url_for("challenges.show", challenge_id=challenge.id), code=303)

        return guarded

    return decorate


@blueprint.post("/utfordringer/<int:challenge_id>/publiser")
@requires(rules.is_owner, queries.challenge)
@step_to(State.PUBLISHED, rules.may_publish)
def publish(challenge: Challenge):
    try:
        with transaction():
            services.publish_challenge(challenge=challenge, by=current_user)
    except NotReady:
        flash(_("Det mangler litt før utfordringen kan publiseres."), "warning")
        return redirect(url_for("challenges.edit", challenge_id=challenge.id, publish=1), code=303)
    return after_publishing(challenge)


@blueprint.post("/utfordringer/<int:challenge_id>/vurder")
@requires(rules.is_owner, queries.challenge)
@step_to(State.UNDER_EVALUATION, rules.may_start_evaluation)
def evaluate(challenge: Challenge):
    with transaction():
        services.start_evaluation(challenge=challenge, by=current_user)
    return _done(challenge, _("Utfordringen er lukket for nye svar. Lykke til med vurderingen."))


@blueprint.post("/utfordringer/<int:challenge_id>/velg")
@requires(rules.is_owner, queries.challenge)
@step_to(State.CHOSEN, rules.may_choose)
def choose(challenge: Challenge):
    return _with_reason(challenge, State.CHOSEN, ChoiceForm(), services.choose, _("Valget er registrert."))


@blueprint.post("/utfordringer/<int:challenge_id>/velg-ingen")
@requires(rules.is_owner, queries.challenge)
@step_to(State.NONE_CHOSEN, rules.may_choose_none)
def choose_none(challenge: Challenge):
    return _with_reason(challenge, State.NONE_CHOSEN, ReasonForm(), services.choose_none, _("Utfordringen er avsluttet uten valg."))


@blueprint.post("/utfordringer/<int:challenge_id>/trekk-tilbake")
@requires(rules.is_owner, queries.challenge)
@step_to(State.WITHDRAWN, rules.may_withdraw)
def withdraw(challenge: Challenge):
    return _with_reason(challenge, State.WITHDRAWN, ReasonForm(), services.withdraw_challenge, _("Utfordringen er trukket tilbake."))


@blueprint.post("/utfordringer/<int:challenge_id>/avlys")
@requires(rules.is_owner, queries.challenge)
@step_to(State.CANCELLED, rules.may_cancel)
def cancel(challenge: Challenge):
    return _with_reason(challenge, State.CANCELLED, ReasonForm(), services.cancel_challenge, _("Utfordringen er avlyst."))


@blueprint.post("/utfordringer/<int:challenge_id>/arkiver")
@requires(rules.is_owner, queries.challenge)
@step_to(State.ARCHIVED, rules.may_archive)
def archive(challenge: Challenge):
    never_public = challenge.published_at is None
    with transaction():
        services.archive_challenge(challenge=challenge, by=current_user)
    return _done(challenge, _("Utkastet er slettet. Angrer dere, kan dere hente det tilbake her.") if never_public else _("Utfordringen er arkivert."))


@blueprint.post("/utfordringer/<int:challenge_id>/apne-igjen")
@requires(rules.is_owner, queries.challenge)
@step_to(State.DRAFT, rules.may_reopen)
def reopen(challenge: Challenge):
    with transaction():
        services.reopen_challenge(challenge=challenge, by=current_user)
    return _done(challenge, _("Utfordringen er et utkast igjen. Bare dere ser den."))


def _with_reason(challenge: Challenge, after: State, form, service, words: str):
    if not form.validate_on_submit():
        return page(challenge, step_form=form, stepping=after), 422
    try:
        with transaction():
            service(challenge=challenge, by=current_user, reason=form.reason.data)
    except StepRefused as refusal:
        return page(challenge, step_form=form, stepping=after, objections=refusal.objections), 409
    return _done(challenge, words)


def _done(challenge: Challenge, words: str):
    flash(words, "success")
    return redirect(url_for("challenges.show", challenge_id=challenge.id), code=303)
