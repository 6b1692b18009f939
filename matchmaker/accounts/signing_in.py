"""Flask-Login's ends: a cookie holds a random token, the row `UserSession` says whose it is and whether it still counts."""

import hashlib
import secrets
from datetime import timedelta

from flask import Flask
from flask_login import LoginManager
from sqlalchemy import select, update

from matchmaker.accounts.models import User, UserSession
from matchmaker.core.clock import now
from matchmaker.core.database import db

LASTS = timedelta(days=30)
login = LoginManager()


def open_session(user: User, *, browser: str) -> str:
    """Add a session for the person and give its token, which is kept only as a hash here."""
    token = secrets.token_urlsafe(32)
    db.session.add(UserSession(user=user, token_hash=digest(token), browser=browser[:200]))
    return token


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def load(token: str) -> User | None:
    """The person behind the cookie; None when the session was ended, is too old, or the person is gone. Last use is noted once in five minutes."""
    found = db.session.scalar(select(UserSession).where(UserSession.token_hash == digest(token)))
    if found is None or found.user.deleted_at or found.last_seen_at < now() - LASTS:
        return None
    if found.last_seen_at < now() - timedelta(minutes=5):
        with db.engine.begin() as connection:
            connection.execute(update(UserSession).where(UserSession.id == found.id).values(last_seen_at=now()))
    return found.user


def init_app(app: Flask) -> None:
    login.init_app(app)
    login.user_loader(load)
