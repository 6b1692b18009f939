"""What a department has received for its need: every interest on one page, and feedback to everybody."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.rules import takes_answers
from matchmaker.core.access import requires
from matchmaker.core.database import db, transaction
from matchmaker.core.texts import clean
from matchmaker.matches import interest_queries as queries
from matchmaker.matches import interests, rules
from matchmaker.matches.forms.interests import SHORT
from matchmaker.matches.reasons import reasons_of, unmet_of
from matchmaker.matches.views import blueprint
from matchmaker.organisations.rules import is_coordinator


def _challenge(challenge_id: int) -> Challenge | None:
    return db.session.get(Challenge, challenge_id)


@blueprint.get("/utfordringer/<int:challenge_id>/interesser", endpoint="interests")
@requires(rules.reads_interests, _challenge)
def received_interests(challenge: Challenge):
    received = queries.received(challenge.id)
    waiting = [each for each in received if rules.lacks_feedback(each.interest)]
    page = {"challenge": challenge, "received": received, "waiting": waiting, "reasons_of": reasons_of, "unmet_of": unmet_of}
    return render_template("matches/interests/received.html", **page, open=takes_answers(challenge), coordinating=is_coordinator(current_user))


@blueprint.route("/utfordringer/<int:challenge_id>/tilbakemelding", methods=["GET", "POST"])
@requires(rules.reads_interests, _challenge)
def feedback_to_all(challenge: Challenge):
    """One text for everybody, another for those who should have their own. An own text wins; whoever has neither is left waiting."""
    waiting = queries.unanswered(challenge.id)
    common = clean(request.form.get("common", ""))
    own = {each.id: clean(request.form.get(f"own-{each.id}", "")) for each in waiting}
    left_out = {each.id for each in waiting if request.form.get(f"wait-{each.id}")}
    errors: dict[str, str] = {}
    if request.method == "POST" and not waiting:
        return redirect(url_for("matches.interests", challenge_id=challenge.id), code=303)
    if request.method == "POST":
        texts = {number: text or common for number, text in own.items() if number not in left_out}
        typed = {"common": common} | {f"own-{number}": text for number, text in own.items()}
        errors = {name: _("Teksten er for lang. Høyst %(max)d tegn.", max=SHORT) for name, text in typed.items() if len(text) > SHORT}
        if not any(texts.values()):
            errors["common"] = _("Skriv en felles tekst, eller en tekst til minst én virksomhet.")
        if not errors:
            with transaction():
                answered = interests.decline_all(challenge=challenge, texts=texts, by=current_user)
            flash(ngettext("%(num)s virksomhet har fått tilbakemelding.", "%(num)s virksomheter har fått tilbakemelding.", answered), "success")
            return redirect(url_for("matches.interests", challenge_id=challenge.id), code=303)
    page = {"challenge": challenge, "waiting": waiting, "common": common, "own": own, "left_out": left_out, "errors": errors, "most": SHORT}
    return render_template("matches/interests/feedback.html", **page), 422 if errors else 200
