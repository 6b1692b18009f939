"""Which of their memberships a person acts in just now."""

from flask import Flask, session
from flask_login import current_user

from matchmaker.organisations.models import Membership
from matchmaker.organisations.rules import memberships


def acting() -> Membership | None:
    """The chosen membership, else the first; None for visitors and people who belong nowhere yet."""
    mine = memberships(current_user)
    chosen = session.get("acting")
    return next((each for each in mine if each.id == chosen), mine[0] if mine else None)


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"acting": acting()})
