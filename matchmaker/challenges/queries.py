"""Reads of this room. Each takes a constant number of queries."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, raiseload

from matchmaker.challenges.models import Challenge, Question, Revision, Transition
from matchmaker.challenges.states import OPEN, State
from matchmaker.core.database import db
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.organisations.rules import is_coordinator, memberships


def challenge(challenge_id: int) -> Challenge | None:
    return db.session.get(Challenge, challenge_id)


def question(challenge_id: int, question_id: int) -> Question | None:
    """The question, when it is about that challenge."""
    found = db.session.get(Question, question_id)
    return found if found is not None and found.challenge_id == challenge_id else None


def created_with(key: str) -> Challenge | None:
    """What an earlier submission of the same form made."""
    return db.session.scalar(select(Challenge).where(Challenge.creation_key == key))


def open_challenges() -> Select[Challenge]:
    """A select of everything published and not ended or under evaluation, oldest first."""
    return select(Challenge).where(Challenge.state.in_(OPEN), Challenge.published_at.is_not(None)).order_by(Challenge.id)


def of_my_organisations(user, *, states: Sequence[State] = ()) -> Select[Challenge]:
    """What the person's organisations have written, whatever its state; everything for a coordinator. Newest change first."""
    statement = select(Challenge).options(raiseload(Challenge.requirements)).order_by(Challenge.changed_at.desc(), Challenge.id.desc())
    if not is_coordinator(user):
        statement = statement.where(Challenge.organisation_id.in_([each.organisation_id for each in memberships(user)]))
    return statement.where(Challenge.state.in_(states)) if states else statement


def organisations_to_write_for(user) -> list[Organisation]:
    """The municipal departments the person may post for: their own; all of them for a coordinator."""
    statement = select(Organisation).where(Organisation.kind == Kind.MUNICIPALITY).order_by(Organisation.name, Organisation.department)
    if not is_coordinator(user):
        statement = statement.where(Organisation.id.in_([each.organisation_id for each in memberships(user)]))
    return list(db.session.scalars(statement))


def questions(challenge: Challenge) -> list[Question]:
    """Oldest first. Who asked is not loaded."""
    return list(db.session.scalars(select(Question).where(Question.challenge_id == challenge.id).options(raiseload(Question.asked_by)).order_by(Question.id)))


def transitions(challenge: Challenge) -> list[Transition]:
    """Oldest first, with who did it."""
    statement = select(Transition).where(Transition.challenge_id == challenge.id).options(joinedload(Transition.by))
    return list(db.session.scalars(statement.order_by(Transition.id)))


def revisions(challenge: Challenge) -> list[Revision]:
    """Oldest first, with who edited."""
    return list(db.session.scalars(select(Revision).where(Revision.challenge_id == challenge.id).options(joinedload(Revision.by)).order_by(Revision.number)))


def text_fields(challenge: Challenge) -> list[tuple[str, str]]:
    """(field, text) in the order a reader, and the matcher, takes them; empty ones left out. Requirements come one by one, essential first."""
    pairs = [(name, getattr(challenge, name) or "") for name in ("title", "need", "situation", "effect", "affected")]
    pairs += [("requirements", each.text) for each in challenge.requirements]
    pairs += [("contribution", challenge.contribution or ""), ("test_places", challenge.test_places or "")]
    return [(name, text) for name, text in pairs if text]
