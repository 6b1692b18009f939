"""What is read of those who ask to take part and are not in the service yet."""

from sqlalchemy import func, select

from matchmaker.core.database import db
from matchmaker.meetings.models import Event, Newcomer, NewcomerState


def newcomer(event_id: int, newcomer_id: int) -> Newcomer | None:
    return db.session.scalar(select(Newcomer).where(Newcomer.id == newcomer_id, Newcomer.event_id == event_id))


def all_waiting() -> tuple[int, int | None]:
    """How many wait at all events, and at which the first of them does."""
    event = select(Newcomer.event_id).where(Newcomer.state == NewcomerState.WAITING).order_by(Newcomer.id).limit(1)
    number, first = db.session.execute(select(func.count(), event.scalar_subquery()).where(Newcomer.state == NewcomerState.WAITING)).one()
    return number, first


def waiting(event: Event) -> list[Newcomer]:
    """Those nobody has answered yet, the first first."""
    found = select(Newcomer).where(Newcomer.event_id == event.id, Newcomer.state == NewcomerState.WAITING)
    return list(db.session.scalars(found.order_by(Newcomer.id)))
