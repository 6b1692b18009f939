"""Addresses that let somebody in without an account, each signed for one purpose: a calendar to be read, an invitation to be answered, a badge to be seen,
a wall to be shown, a registration to be sent.

One purpose never opens another: who is shown a badge cannot answer for its owner. What was made up, or belongs to somebody who was taken away
(a later row may have the same number), opens nothing.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from matchmaker.core.database import db
from matchmaker.meetings.models import Event, Participant, Representative

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Purpose(StrEnum):
    CALENDAR = "meeting calendar"
    INVITATION = "event invitation"
    BADGE = "event badge"
    SCREEN = "event screen"
    REGISTRATION = "event registration"


def token_for(who: Participant, purpose: Purpose) -> str:
    return _signer(purpose).dumps([who.id, who.created_at.isoformat()])


def participant_for(token: str, purpose: Purpose) -> Participant | None:
    """Whose a private address is; None for one that opens nothing."""
    number, made = _read(token, purpose)
    who = db.session.get(Participant, number) if number else None
    return who if who is not None and who.created_at.isoformat() == made else None


def badge_for(person: Representative) -> str:
    """What the code on one person's badge says; short, so that its squares are larger."""
    return _signer(Purpose.BADGE).dumps([person.id, _mark(person)])


def person_for(token: str) -> Representative | None:
    """Whose badge this is; None for one that opens nothing."""
    number, made = _read(token, Purpose.BADGE)
    person = db.session.get(Representative, number) if number else None
    return person if person is not None and made == _mark(person) else None


def _mark(person: Representative) -> str:
    """Never that of a participant: when the participant came in, in microseconds, as a person's."""
    return f"p{(person.participant.created_at - EPOCH) // timedelta(microseconds=1):x}"


def screen_for(event: Event) -> str:
    """The address of the wall, for the machine behind the screen."""
    return _of_event(event, Purpose.SCREEN)


def event_for(token: str) -> Event | None:
    """Which event's wall this is; None for one that opens nothing."""
    return _event(token, Purpose.SCREEN)


def registration_for(event: Event) -> str:
    """The address where somebody without an account asks to take part."""
    return _of_event(event, Purpose.REGISTRATION)


def event_to_register(token: str) -> Event | None:
    """Which event one registers for here; None for an address that opens nothing."""
    return _event(token, Purpose.REGISTRATION)


def _of_event(event: Event, purpose: Purpose) -> str:
    return _signer(purpose).dumps([event.id, f"{purpose.name.lower()} of {event.created_at.isoformat()}"])


def _event(token: str, purpose: Purpose) -> Event | None:
    number, made = _read(token, purpose)
    event = db.session.get(Event, number) if number else None
    return event if event is not None and made == f"{purpose.name.lower()} of {event.created_at.isoformat()}" else None


def _read(token: str, purpose: Purpose) -> tuple[int, str]:
    try:
        number, made = _signer(purpose).loads(token)
    except (BadData, TypeError, ValueError):
        return 0, ""
    return (number, made) if isinstance(number, int) and isinstance(made, str) else (0, "")


def _signer(purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=purpose)
