"""An event and those who take part as the plan's pages know them: names, times and limits, none of the texts, and no rows that watch for changes.

The attributes are called as those of the rows, so that a rule asked of one answers the same of the other. Eight hundred participants as rows,
each with its challenge or profile and its organisation, take as long to read as all the rest of a board together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from matchmaker.meetings.models import Event, Participant, Plan, Representative, Slot, Table
from matchmaker.meetings.states import Answer, Side


class Missed(NamedTuple):
    """A slot in which somebody cannot come."""

    slot_id: int


class Person(NamedTuple):
    """A representative."""

    name: str
    email: str
    substitute: bool
    absences: Sequence[Missed]


class Owner(NamedTuple):
    """An organisation."""

    id: int
    display_name: str


class Asked(NamedTuple):
    """A challenge."""

    title: str


class Times(NamedTuple):
    """What a participant knows of its event. Not the event itself: the two would keep each other alive after the page is written."""

    slots: Sequence[Slot]


class BriefEvent:
    """`participants` are brief; slots, tables and plans are the event's own rows."""

    def __init__(self, row: Event, participants: Sequence["BriefParticipant"]) -> None:
        self.participants = participants
        self.id: int = row.id
        self.title: str = row.title
        self.timezone: str = row.timezone
        self.zone: ZoneInfo = row.zone
        self.first_day: date = row.first_day
        self.last_day: date = row.last_day
        self.staying: Side = row.staying
        self.unexpected_most: int = row.unexpected_most
        self.slots: list[Slot] = row.slots
        self.tables: list[Table] = row.tables
        self.plans: list[Plan] = row.plans


@dataclass(slots=True, eq=False)
class BriefParticipant:
    """As it is called and when it can come."""

    event: Times
    id: int
    side: Side
    challenge_id: int | None
    profile_id: int | None
    least: int
    most: int
    answer: Answer
    arrived_at: datetime | None
    gone_from: datetime | None
    name: str
    organisation: Owner
    challenge: Asked | None
    absences: Sequence[Missed]
    representatives: Sequence[Person]


AnyEvent = Event | BriefEvent
AnyParticipant = Participant | BriefParticipant
AnyPerson = Representative | Person
