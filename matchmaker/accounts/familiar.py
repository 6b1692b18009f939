"""Browsers that have been let in to an account before.

Wrong passwords from a thousand strangers close the account's door for a while; to these it stays open, so that nobody can keep a
person out of her own account. The cookie says nothing about who she is: a keyed digest, and a number to count by. A new password, or
ending every session, makes all browsers strangers: somebody who had the old password may sit at one of them.
"""

import hmac
import secrets
from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug import Response

from matchmaker.accounts import queries
from matchmaker.accounts.addresses import spelling
from matchmaker.accounts.models import User
from matchmaker.core.clock import now

COOKIE = "known"
LASTS = timedelta(days=180)


def number_for(email: str | None) -> str:
    """What this browser's attempts on the account are counted by; '' where it was never let in."""
    try:
        account, number, since = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadData, ValueError, TypeError):
        return ""
    user = queries.by_email(spelling(email))
    if user is None or not hmac.compare_digest(str(account), _digest(user)) or now().timestamp() >= since + LASTS.total_seconds():
        return ""
    return number


def remember(response: Response, *, user: User) -> Response:
    """Let the browser that gets this answer be known to the account from now on."""
    number = number_for(user.email) or secrets.token_urlsafe(12)
    response.set_cookie(
        COOKIE,
        _signer().dumps([_digest(user), number, int(now().timestamp())]),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        path="/logg-inn",
    )
    return response


def _digest(user: User) -> str:
    """Of what makes a browser known: the address, the password and how often every session was ended."""
    known = f"{user.email} {user.times_ended} {user.password_hash}"
    return hmac.digest(_key(), known.encode(), "sha256").hex()[:32]


def _key() -> bytes:
    key = current_app.secret_key or ""
    return key if isinstance(key, bytes) else key.encode()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="known browser")
