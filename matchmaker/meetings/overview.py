"""What the plan's pages read of an event and its meetings: the names and times a board shows and no texts, so that eight hundred people are read at once.

An event of here is the same row as that of `queries.event`; whoever asks it for more gets that too, a query at a time.
"""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload, load_only, selectinload

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db
from matchmaker.meetings.models import Event, Meeting, Participant, Plan, Representative, Slot, Table
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.models import Profile

OWNER = (Organisation.name, Organisation.department)
PARTS = (
    selectinload(Event.slots),
    selectinload(Event.tables),
    selectinload(Event.plans),
    selectinload(Event.participants).options(
        joinedload(Participant.challenge).options(
            load_only(Challenge.title, Challenge.organisation_id), lazyload(Challenge.requirements), joinedload(Challenge.organisation).load_only(*OWNER)
        ),
        joinedload(Participant.profile).options(
            load_only(Profile.name, Profile.organisation_id), lazyload(Profile.references), joinedload(Profile.organisation).load_only(*OWNER)
        ),
        selectinload(Participant.absences),
        selectinload(Participant.representatives).selectinload(Representative.absences),
    ),
)


class Seat(NamedTuple):
    """A meeting as a board shows it; the names are those of the row's columns."""

    id: int
    need_id: int
    offer_id: int
    slot_id: int
    table_id: int
    locked: bool


def event(event_id: int) -> Event | None:
    """An event with the parts a board shows; None where there is none."""
    return db.session.scalar(select(Event).where(Event.id == event_id).options(*PARTS))


def seats_of(plan: Plan | None) -> list[Seat]:
    """A plan's meetings by time; none for no plan."""
    if plan is None:
        return []
    columns = (Meeting.id, Meeting.need_id, Meeting.offer_id, Meeting.slot_id, Meeting.table_id, Meeting.locked)
    found = select(*columns).join(Slot, Slot.id == Meeting.slot_id).join(Table, Table.id == Meeting.table_id).where(Meeting.plan_id == plan.id)
    return [Seat(*row) for row in db.session.execute(found.order_by(Slot.starts_at, Table.position, Meeting.id))]
