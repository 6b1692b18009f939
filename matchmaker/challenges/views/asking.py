"""Public questions: companies ask, the department answers, everybody reads."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.challenges import queries, rules, services
from matchmaker.challenges.forms import AnswerForm, QuestionForm
from matchmaker.challenges.models import Challenge, Question
from matchmaker.challenges.views import blueprint
from matchmaker.challenges.views.showing import page
from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.core.security import limiter


def asker() -> str:
    """Every question is a letter: what is counted is the person, not their office's address."""
    return f"asks {current_user.get_id()}"


@blueprint.post("/utfordringer/<int:challenge_id>/sporsmal")
@limiter.limit("30 per hour", key_func=asker)
@requires(rules.may_ask, queries.challenge)
def ask(challenge: Challenge):
    form = QuestionForm()
    if not form.validate_on_submit():
        return page(challenge, question_form=form), 422
    with transaction():
        services.ask_question(challenge=challenge, by=current_user, text=form.text.data)
    flash(_("Spørsmålet er sendt. Dere får brev når det er besvart."), "success")
    return redirect(url_for("challenges.show", challenge_id=challenge.id, _anchor="sporsmal"), code=303)


@blueprint.post("/utfordringer/<int:challenge_id>/sporsmal/<int:question_id>/svar")
@requires(rules.may_answer, queries.question)
def answer(question: Question):
    form = AnswerForm()
    if not form.validate_on_submit():
        return page(question.challenge, answer_form=form, answering=question.id), 422
    with transaction():
        services.answer_question(question=question, by=current_user, text=form.text.data)
    flash(_("Svaret er lagt ut, og den som spurte, har fått brev."), "success")
    return redirect(url_for("challenges.show", challenge_id=question.challenge_id, _anchor=f"sporsmal-{question.id}"), code=303)
