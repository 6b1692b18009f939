"""What is read of those who ask to take part and are not in the service yet."""

from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.meetings.models import Event, Newcomer, NewcomerState


def newcomer(event_id: int, newcomer_id: int) -> Newcomer | None:
    return db.session.scalar(select(Newcomer).where(Newcomer.id == newcomer_id, Newcomer.event_id == event_id))


def waiting(event: Event) -> list[Newcomer]:
    """Those nobody has answered yet, the first first."""
    found = select(Newcomer).where(Newcomer.event_id == event.id, Newcomer.state == NewcomerState.WAITING)
    return list(db.session.scalars(found.order_by(Newcomer.id)))
