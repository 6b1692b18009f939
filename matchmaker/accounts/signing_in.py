"""Flask-Login's ends: a cookie holds a random token, the row `UserSession` says whose it is and whether it still counts."""

import hashlib
import secrets
from datetime import timedelta

from flask import Flask, session
from flask_login import LoginManager
from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

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


def enter(user: User, *, browser: str, remember: bool = False) -> None:
    """Sign the person in on this browser. Whatever the cookie held before is gone, so that a planted session leads nowhere."""
    leave()
    session["_user_id"] = open_session(user, browser=browser)
    session.permanent = remember


def leave() -> None:
    """End this browser's session, in the database too: a copy of the cookie is worth nothing afterwards."""
    db.session.execute(delete(UserSession).where(UserSession.token_hash == present()).execution_options(synchronize_session=False))
    session.clear()


def present() -> str:
    """The hash that names this browser's session among the person's sessions; '' for visitors."""
    token = session.get("_user_id")
    return digest(token) if token else ""


def load(token: str) -> User | None:
    """The person behind the cookie; None when the session was ended, is too old, or the person is gone. Last use is noted once in five minutes."""
    found = db.session.scalar(select(UserSession).where(UserSession.token_hash == digest(token)).options(joinedload(UserSession.user)))
    if found is None or found.user.deleted_at or found.last_seen_at < now() - LASTS:
        return None
    if found.last_seen_at < now() - timedelta(minutes=5):
        with db.engine.begin() as connection:
            connection.execute(update(UserSession).where(UserSession.id == found.id).values(last_seen_at=now()))
    return found.user


def init_app(app: Flask) -> None:
    login.init_app(app)
    login.user_loader(load)
    login.session_protection = None  # the row in the database decides; the browser's name and address may change on the way
    app.config["PERMANENT_SESSION_LIFETIME"] = LASTS
