"""Browsers that have been let in to an account before.

Wrong passwords from a thousand strangers close the account's door for a while; to these it stays open, so that nobody can keep a
person out of her own account. The cookie says nothing about who she is: a keyed digest of the address, and a number to count by.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug import Response

from matchmaker.accounts.addresses import spelling
from matchmaker.core.clock import now

COOKIE = "known"
LASTS = timedelta(days=180)


def number_for(email: str | None) -> str:
    """What this browser's attempts on the account are counted by; '' where it was never let in."""
    try:
        account, number, since = _signer().loads(request.cookies.get(COOKIE, ""))
    except (BadData, ValueError, TypeError):
        return ""
    return number if account == _digest(email) and now().timestamp() < since + LASTS.total_seconds() else ""


def remember(response: Response, *, email: str) -> Response:
    """Let the browser that gets this answer be known to the account from now on."""
    number = number_for(email) or secrets.token_urlsafe(12)
    response.set_cookie(
        COOKIE,
        _signer().dumps([_digest(email), number, int(now().timestamp())]),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        path="/logg-inn",
    )
    return response


def _digest(email: str | None) -> str:
    return sha256(f"{current_app.secret_key!r} {spelling(email)}".encode()).hexdigest()[:32]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="known browser")
