"""Public questions and their answers. Who asked is known to the letter alone."""

from sqlalchemy import select

from matchmaker.accounts import letters
from matchmaker.accounts.models import User
from matchmaker.challenges import rules
from matchmaker.challenges.models import Challenge, Question
from matchmaker.challenges.refusals import QuestionsClosed
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db


def ask_question(*, challenge: Challenge, by, text: str) -> Question:
    """Ask in public, and write to the challenge's contact. The same person's same words again give the first question.

    Raises QuestionsClosed after the last day for questions.
    """
    if not rules.takes_questions(challenge):
        raise QuestionsClosed
    earlier = db.session.scalar(select(Question).where(Question.challenge_id == challenge.id, Question.asked_by_id == by.id, Question.text == text))
    if earlier is not None:
        return earlier
    question = Question(challenge=challenge, asked_by_id=by.id, text=text)
    db.session.add(question)
    audit.record("question.ask", by=by, subject=question)
    writer = db.session.get(User, challenge.created_by_id) if challenge.created_by_id else None
    to = challenge.contact_email or (writer.email if writer is not None and writer.is_active else "")
    if to:
        letters.write("challenges/letters/asked", to=to, reader=writer, about=question, challenge=challenge, question=question)
    return question


def answer_question(*, question: Question, by, text: str) -> None:
    """Answer for everybody to read, and write to the one who asked. A second answer replaces the first; the same again writes no letter."""
    if question.answer == text:
        return
    question.answer, question.answered_by_id, question.answered_at = text, by.id, now()
    challenge = question.challenge
    audit.record("question.answer", by=by, subject=question, on_behalf_of=rules.on_behalf(by, challenge.organisation))
    asker = question.asked_by
    if asker is not None and asker.is_active:
        letters.write("challenges/letters/answered", to=asker.email, reader=asker, about=question, challenge=challenge, question=question)
