"""What the plan's pages read of an event and its meetings: see `brief`. Columns instead of rows, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db
from matchmaker.meetings.brief import Asked, BriefEvent, BriefParticipant, Missed, Owner, Person, Times
from matchmaker.meetings.models import Absence, Event, Meeting, Participant, Plan, Representative, RepresentativeAbsence, Slot, Table
from matchmaker.organisations.models import Organisation, shown_as
from matchmaker.profiles.models import Profile

T = TypeVar("T")
OWN = ("id", "side", "challenge_id", "profile_id", "least", "most", "answer", "arrived_at", "gone_from")
"""What a brief participant has of its row."""
PARTS = (selectinload(Event.slots), selectinload(Event.tables), selectinload(Event.plans))


class Seat(NamedTuple):
    """A meeting as a board shows it; the names are those of the row's columns."""

    id: int
    need_id: int
    offer_id: int
    slot_id: int
    table_id: int
    locked: bool


def event(event_id: int) -> BriefEvent | None:
    """An event with the parts a board shows; None where there is none."""
    row = db.session.scalar(select(Event).where(Event.id == event_id).options(*PARTS))
    return BriefEvent(row, _participants(row)) if row else None


def _participants(event: Event) -> list[BriefParticipant]:
    own: list[Any] = [getattr(Participant, each) for each in OWN]
    names = (Challenge.title, Profile.name, Organisation.id, Organisation.name, Organisation.department)
    owner = Organisation.id == func.coalesce(Challenge.organisation_id, Profile.organisation_id)
    asked = select(*own, *names).outerjoin(Challenge, Challenge.id == Participant.challenge_id).outerjoin(Profile, Profile.id == Participant.profile_id)
    rows = db.session.execute(asked.join(Organisation, owner).where(Participant.event_id == event.id).order_by(Participant.id)).all()
    absent, people = _absences(event.id), _people(event.id)
    participants, times = [], Times(event.slots)
    for *same, title, offered, owned_by, name, department in rows:
        fields = dict(zip(OWN, same))
        whose = Owner(owned_by, shown_as(name, department))
        fields |= {"organisation": whose, "name": whose.display_name if offered is None else offered, "challenge": Asked(title) if offered is None else None}
        fields |= {"absences": absent.get(fields["id"], ()), "representatives": people.get(fields["id"], ())}
        participants.append(BriefParticipant(event=times, **fields))
    return participants


def _absences(event_id: int) -> dict[int, list[Missed]]:
    missed = select(Absence.participant_id, Absence.slot_id).join(Participant, Participant.id == Absence.participant_id)
    return _gathered((id_, Missed(slot)) for id_, slot in db.session.execute(missed.where(Participant.event_id == event_id)))


def _people(event_id: int) -> dict[int, list[Person]]:
    columns = (Representative.participant_id, Representative.id, Representative.name, Representative.email, Representative.substitute)
    of_event = (Participant, Participant.id == Representative.participant_id)
    named = db.session.execute(select(*columns).join(*of_event).where(Participant.event_id == event_id).order_by(Representative.id)).all()
    missed = select(RepresentativeAbsence.representative_id, RepresentativeAbsence.slot_id)
    missed = missed.join(Representative, Representative.id == RepresentativeAbsence.representative_id).join(*of_event).where(Participant.event_id == event_id)
    away = _gathered((id_, Missed(slot)) for id_, slot in db.session.execute(missed))
    return _gathered((who, Person(name, email, substitute, away.get(id_, ()))) for who, id_, name, email, substitute in named)


def _gathered(found: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    gathered = defaultdict(list)
    for key, each in found:
        gathered[key].append(each)
    return gathered


def seats_of(plan: Plan | None) -> list[Seat]:
    """A plan's meetings by time; none for no plan."""
    if plan is None:
        return []
    columns = (Meeting.id, Meeting.need_id, Meeting.offer_id, Meeting.slot_id, Meeting.table_id, Meeting.locked)
    found = select(*columns).join(Slot, Slot.id == Meeting.slot_id).join(Table, Table.id == Meeting.table_id).where(Meeting.plan_id == plan.id)
    return [Seat(*row) for row in db.session.execute(found.order_by(Slot.starts_at, Table.position, Meeting.id))]
