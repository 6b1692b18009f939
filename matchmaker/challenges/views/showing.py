"""One challenge as people read it, on the screen and on paper."""

from flask import render_template
from flask_login import current_user

from matchmaker.challenges import queries, rules
from matchmaker.challenges.forms import AnswerForm, QuestionForm
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import State
from matchmaker.challenges.views import blueprint
from matchmaker.challenges.views.editing import missing_labels
from matchmaker.challenges.views.words import buttons
from matchmaker.core.access import requires


@blueprint.get("/utfordringer/<int:challenge_id>")
@requires(rules.may_see, queries.challenge, anonymous=True)
def show(challenge: Challenge):
    return page(challenge)


@blueprint.get("/utfordringer/<int:challenge_id>/utskrift")
@requires(rules.may_see, queries.challenge, anonymous=True)
def print_page(challenge: Challenge):
    return render_template("challenges/print.html", challenge=challenge, questions=queries.questions(challenge))


def page(challenge: Challenge, **more) -> str:
    """The page, with a form that went wrong (`question_form`, or `answer_form` and `answering`) or a refusal in `more`."""
    owner = rules.is_owner(current_user, challenge)
    questions = queries.questions(challenge)
    missing = rules.missing_for_publishing(challenge) if owner and challenge.state == State.DRAFT else {}
    known = {
        "owner": owner,
        "questions": questions,
        "missing": missing_labels(challenge, missing),
        "buttons": buttons(challenge) if owner else [],
        "may_edit": rules.may_edit(current_user, challenge),
        "may_copy": rules.may_copy(current_user, challenge),
        "may_ask": rules.may_ask(current_user, challenge),
        "may_answer": {each.id: rules.may_answer(current_user, each) for each in questions},
        "takes_questions": rules.takes_questions(challenge),
        "takes_answers": rules.takes_answers(challenge),
        "question_form": QuestionForm(formdata=None),
        "answer_form": AnswerForm(formdata=None),
        "answering": None,
        "objections": [],
    }
    return render_template("challenges/show.html", challenge=challenge, **{**known, **more})
