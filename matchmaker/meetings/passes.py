"""Addresses that let somebody in without an account, each signed for one purpose: a calendar to be read, an invitation to be answered, a badge to be seen,
a wall to be shown.

One purpose never opens another: who is shown a badge cannot answer for its owner. What was made up, or belongs to somebody who was taken away
(a later row may have the same number), opens nothing.
"""

from enum import StrEnum

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from matchmaker.core.database import db
from matchmaker.meetings.models import Event, Participant, Representative


class Purpose(StrEnum):
    CALENDAR = "meeting calendar"
    INVITATION = "event invitation"
    BADGE = "event badge"
    SCREEN = "event screen"


def token_for(who: Participant, purpose: Purpose) -> str:
    return _signer(purpose).dumps([who.id, who.created_at.isoformat()])


def participant_for(token: str, purpose: Purpose) -> Participant | None:
    """Whose a private address is; None for one that opens nothing."""
    number, made = _read(token, purpose)
    who = db.session.get(Participant, number) if number else None
    return who if who is not None and who.created_at.isoformat() == made else None


def badge_for(person: Representative) -> str:
    """What the code on one person's badge says."""
    return _signer(Purpose.BADGE).dumps([person.id, f"person of {person.participant.created_at.isoformat()}"])


def person_for(token: str) -> Representative | None:
    """Whose badge this is; None for one that opens nothing."""
    number, made = _read(token, Purpose.BADGE)
    person = db.session.get(Representative, number) if number else None
    return person if person is not None and made == f"person of {person.participant.created_at.isoformat()}" else None


def screen_for(event: Event) -> str:
    """The address of the wall, for the machine behind the screen."""
    return _signer(Purpose.SCREEN).dumps([event.id, f"screen of {event.created_at.isoformat()}"])


def event_for(token: str) -> Event | None:
    """Which event's wall this is; None for one that opens nothing."""
    number, made = _read(token, Purpose.SCREEN)
    event = db.session.get(Event, number) if number else None
    return event if event is not None and made == f"screen of {event.created_at.isoformat()}" else None


def _read(token: str, purpose: Purpose) -> tuple[int, str]:
    try:
        number, made = _signer(purpose).loads(token)
    except (BadData, TypeError, ValueError):
        return 0, ""
    return (number, made) if isinstance(number, int) and isinstance(made, str) else (0, "")


def _signer(purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=purpose)
