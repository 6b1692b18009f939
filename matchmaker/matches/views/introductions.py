"""Introductions: the message and its preview, the answer, the thread."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.matches import introducing, rules, running_out, writing
from matchmaker.matches import introduction_queries as queries
from matchmaker.matches.delivery import delivery
from matchmaker.matches.forms.introductions import AcceptForm, DeclineForm, IntroductionForm, MessageForm, WithdrawForm
from matchmaker.matches.letters import letters_about, members
from matchmaker.matches.pairing import Pairing, pairing
from matchmaker.matches.refusing import Closed
from matchmaker.matches.states import IntroductionState
from matchmaker.matches.views import blueprint
from matchmaker.matches.wording import first_message
from matchmaker.organisations.rules import belongs_to, is_coordinator


@blueprint.route("/utfordringer/<int:challenge_id>/introduser/<int:profile_id>", methods=["GET", "POST"])
@requires(rules.may_introduce, pairing)
def introduce(pair: Pairing):
    """Write, look it over, send. Each `?ask=` puts a question about what is asked and not offered into the message."""
    challenge, profile = pair.challenge, pair.profile
    already = queries.open_introduction(challenge.id, profile.id)
    if already is not None:
        return redirect(url_for("matches.introduction", introduction_id=already.id), code=303)
    form, step = IntroductionForm(), "write"
    suggestion = queries.suggestion(challenge.id, profile.id)
    if request.method == "GET":
        form.message.data = first_message(challenge, profile, suggestion, ask=request.args.getlist("ask"), name=current_user.name)
    elif form.validate_on_submit():
        step = request.form.get("step", "send")
        if step == "send":
            with transaction():
                sent = introducing.send_introduction(challenge=challenge, profile=profile, message=form.message.data, by=current_user)
            flash(_("Introduksjonen er sendt."), "success")
            return redirect(url_for("matches.introduction", introduction_id=sent.id), code=303)
    page = {"form": form, "challenge": challenge, "profile": profile, "suggestion": suggestion, "people": members(profile.organisation)}
    page["earlier"] = queries.earlier_introductions(challenge.id, profile.id)
    behalf = not belongs_to(current_user, challenge.organisation)
    template = "preview" if step == "preview" else "write"
    return render_template(f"matches/introductions/{template}.html", **page, behalf=behalf, lasts=introducing.LASTS.days), 422 if form.errors else 200


@blueprint.get("/introduksjoner/<int:introduction_id>")
@requires(rules.may_see_introduction, queries.introduction)
def introduction(found):
    with transaction():
        writing.read_introduction(introduction=found, side=rules.side_of(current_user, found) or "coordinator")
    return _page(found)


@blueprint.post("/introduksjoner/<int:introduction_id>/ja")
@requires(rules.answers_introduction, queries.introduction)
def accept_introduction(found):
    if not AcceptForm().validate_on_submit():
        abort(400)
    return _take(
        found, lambda: introducing.accept_introduction(introduction=found, by=current_user), _("Dere har sagt ja. Nå ser begge parter kontaktpersonene.")
    )


@blueprint.post("/introduksjoner/<int:introduction_id>/nei")
@requires(rules.answers_introduction, queries.introduction)
def decline_introduction(found):
    form = DeclineForm(prefix="decline")
    if not form.validate_on_submit():
        return _page(found, decline=form), 422
    act = lambda: introducing.decline_introduction(introduction=found, cause=form.cause.data, reason=form.reason, by=current_user)  # noqa: E731 - one act, named where it is used
    return _take(found, act, _("Takk for svaret. Kommunen får vite hvorfor."))


@blueprint.post("/introduksjoner/<int:introduction_id>/trekk")
@requires(rules.owns_introduction, queries.introduction)
def withdraw_introduction(found):
    form = WithdrawForm(prefix="withdraw")
    if not form.validate_on_submit():
        return _page(found, withdraw=form), 422
    return _take(found, lambda: introducing.withdraw_introduction(introduction=found, reason=form.text.data, by=current_user), _("Introduksjonen er trukket."))


@blueprint.post("/introduksjoner/<int:introduction_id>/meldinger")
@requires(rules.may_see_introduction, queries.introduction)
def write_message(found):
    form = MessageForm()
    if not form.validate_on_submit():
        return _page(found, write=form), 422
    return _take(found, lambda: writing.write_message(introduction=found, text=form.text.data, by=current_user), _("Meldingen er sendt."))


@blueprint.post("/introduksjoner/<int:introduction_id>/paminn")
@requires(rules.owns_introduction, queries.introduction)
def remind_of_introduction(found):
    with transaction():
        done = running_out.remind_of_introduction(introduction=found, by=current_user)
    flash(
        _("Påminnelsen er sendt.") if done else _("De har fått en påminnelse det siste døgnet, eller det er ikke lenger noe å svare på."),
        "success" if done else "info",
    )
    board = url_for("matches.board")
    return redirect(board if request.form.get("next") == board else url_for("matches.introduction", introduction_id=found.id), code=303)


def _take(found, act, done: str):
    try:
        with transaction():
            act()
    except Closed:
        flash(_("Det gikk ikke. Introduksjonen har endret seg siden du åpnet siden."), "warning")
    else:
        flash(done, "success")
    return redirect(url_for("matches.introduction", introduction_id=found.id), code=303)


def _page(found, **forms):
    side = rules.side_of(current_user, found)
    company, department = members(found.profile.organisation), introducing.need_side(found)
    own = {person.email for person in (company if side == "offer" else department)}
    return render_template(
        "matches/introductions/show.html",
        introduction=found,
        side=side,
        behalf=side == "coordinator",
        coordinating=is_coordinator(current_user),
        thread=[_said(each, found) for each in queries.messages(found.id)],
        letters=[(each, delivery(each)) for each in letters_about(found) if side == "coordinator" or each.recipient not in own],
        company=company,
        department=department,
        next_best=queries.next_best(found.challenge_id) if side != "offer" and found.state in {IntroductionState.DECLINED, IntroductionState.EXPIRED} else None,
        may={name: getattr(rules, f"may_{name}")(current_user, found) for name in ("accept", "decline", "withdraw", "write")},
        accept=AcceptForm(),
        **{
            "decline": DeclineForm(prefix="decline", formdata=None),
            "withdraw": WithdrawForm(prefix="withdraw", formdata=None),
            "write": MessageForm(formdata=None),
            **forms,
        },
    )


def _said(message, introduction) -> dict:
    """One message as `timeline.messages` shows it."""
    owner = {"need": introduction.challenge.organisation.display_name, "offer": introduction.profile.name}
    return {
        "when": message.created_at,
        "who": message.by.name if message.by else _("Slettet bruker"),
        "organisation": owner.get(message.side, _("koordinator")),
        "text": message.text,
        "mine": message.by_id == current_user.id,
    }
