"""One-time links: made for a purpose, good for a while, used up by being used."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update

from matchmaker.accounts.models import OneTimeLink, User
from matchmaker.accounts.signing_in import digest
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed

LASTS = {"confirm": timedelta(days=7), "password": timedelta(hours=1), "email": timedelta(days=1)}


def make(user: User, purpose: str, *, value: str = "") -> str:
    """The token of a new link. Older links for the same purpose stop working."""
    drop(user, purpose)
    token = secrets.token_urlsafe(32)
    db.session.add(OneTimeLink(user=user, purpose=purpose, token_hash=digest(token), value=value, expires_at=now() + LASTS[purpose]))
    return token


def find(token: str, purpose: str) -> OneTimeLink | None:
    """The link when it still works, without using it up: e-mail programs open links to look at them."""
    found = db.session.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == digest(token), OneTimeLink.purpose == purpose))
    return found if found and not found.used_at and found.expires_at > now() and found.user.is_active else None


def use_up(link: OneTimeLink) -> bool:
    """False when somebody else used it first."""
    statement = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None)).values(used_at=now())
    return rows_changed(statement) == 1


def drop(user: User, *purposes: str) -> None:
    """Links for these purposes stop working; every link of the person when none is named."""
    if user.id is None:
        return
    statement = update(OneTimeLink).where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None)).values(used_at=now())
    if purposes:
        statement = statement.where(OneTimeLink.purpose.in_(purposes))
    db.session.execute(statement.execution_options(synchronize_session=False))
