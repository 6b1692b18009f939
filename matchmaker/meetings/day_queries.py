"""What the pages of the day itself read: who has come, and who meets in a slot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matchmaker.core.collation import alphabetical
from matchmaker.meetings import queries
from matchmaker.meetings.models import Event, Meeting, Participant, Plan, Representative
from matchmaker.meetings.states import OUT


class Shown(StrEnum):
    """Which part of the check-in list one looks at."""

    WAITED_FOR = "venter"
    HERE = "her"
    GONE = "borte"
    ALL = "alle"


@dataclass(frozen=True)
class Comer:
    """A line of the check-in list: a participant, and the person where one is named."""

    participant: Participant
    person: Representative | None = None

    @property
    def key(self) -> str:
        """What its button says: "r" and a person's number, or "p" and a participant's."""
        return f"r{self.person.id}" if self.person else f"p{self.participant.id}"

    @property
    def name(self) -> str:
        """The person's, or their address where no name is known; else the participant's."""
        return (self.person.name or self.person.email) if self.person else self.participant.name

    @property
    def arrived_at(self) -> datetime | None:
        return self.person.arrived_at if self.person else self.participant.arrived_at

    @property
    def state(self) -> Shown | None:
        """None for a substitute whom nobody waits for, since others of the participant's are there."""
        if self.participant.gone_from is not None:
            return Shown.GONE
        if self.arrived_at:
            return Shown.HERE
        idle = self.person is not None and self.person.substitute and self.participant.arrived_at is not None
        return None if idle else Shown.WAITED_FOR


def comers(event: Event) -> list[Comer]:
    """Everybody who is to come, by the participant's name and then as they were written in; who has declined is not waited for."""
    coming = sorted((each for each in event.participants if each.answer not in OUT), key=lambda each: (alphabetical(each.name), each.id))
    return [line for each in coming for line in ([Comer(each, person) for person in each.representatives] or [Comer(each)])]


def sought(lines: Sequence[Comer], text: str) -> list[Comer]:
    """Those whose own or whose participant's name, address or challenge holds every word of the text."""
    words = text.casefold().split()
    return [each for each in lines if all(word in _words(each) for word in words)]


def _words(line: Comer) -> str:
    challenge, person = line.participant.challenge, line.person
    parts = [line.name, line.participant.name, challenge.title if challenge else "", person.email if person else ""]
    return "\n".join(parts).casefold()


def comer(event: Event, key: str) -> Comer | None:
    """The line whose button says this; None for what is none of this event's."""
    return next((each for each in comers(event) if each.key == key), None)


def by_slot(plan: Plan | None) -> dict[int, list[Meeting]]:
    """A plan's meetings by the number of their slot, each by table; nothing for no plan."""
    found: dict[int, list[Meeting]] = {}
    for each in queries.meetings_of(plan):
        found.setdefault(each.slot_id, []).append(each)
    return found


def returned(event: Event, number: int | None) -> Participant | None:
    """The participant of this number, while nobody reports it gone."""
    return next((each for each in event.participants if each.id == number and each.gone_from is None), None)


def missed(event: Event, number: int | None) -> Participant | None:
    """The participant of this number, while it is reported gone."""
    return next((each for each in event.participants if each.id == number and each.gone_from is not None), None)
