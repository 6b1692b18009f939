"""Reads about people."""

from sqlalchemy import select

from matchmaker.accounts.models import User, UserSession
from matchmaker.accounts.signing_in import LASTS
from matchmaker.core.clock import now
from matchmaker.core.database import db


def by_email(email: str) -> User | None:
    """The person with exactly this spelling of an address (see `addresses.spelling`)."""
    return db.session.scalar(select(User).where(User.email == email))


def open_sessions(user: User) -> list[UserSession]:
    """The browsers the person is signed in on, last used first."""
    fresh = select(UserSession).where(UserSession.user_id == user.id, UserSession.last_seen_at >= now() - LASTS)
    return list(db.session.scalars(fresh.order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())))


def demo_people() -> list[User]:
    """The people anybody may try the demo as."""
    statement = select(User).where(User.is_demo, User.deleted_at.is_(None), User.email_confirmed_at.is_not(None)).order_by(User.id)
    return list(db.session.scalars(statement.limit(40)))


def demo_person(number: str) -> User | None:
    """One of `demo_people`, by the number as it came from outside."""
    return next((person for person in demo_people() if str(person.id) == number), None)
