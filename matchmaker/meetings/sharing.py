"""Who is in the meetings of several pairs, and so in one of them at a time: coordinators who sit in, and people who represent two participants.

One person represents a participant where all who are named for it have the same address. Where others are named too, one of them can come
in the other's place. Pairs are (need, offer), by their ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.core.database import db
from matchmaker.meetings.models import Event, Meeting, Participant, Wish
from matchmaker.meetings.states import Side
from matchmaker.planner import problem as planner


@dataclass
class Person:
    """`name` tells the people of one event apart; `pairs` are those whose meeting the person sits in on, `participants` those the person represents."""

    name: str
    address: str
    pairs: set[tuple[int, int]] = field(default_factory=set)
    participants: set[int] = field(default_factory=set)


class Sharing:
    """The people of one event who may be wanted twice at once, named by their places in `people`. `companions`: who sits in, by name."""

    def __init__(self, people: Sequence[Person], companions: Mapping[tuple[int, int], str]) -> None:
        self.people, self.companions = people, companions
        self._of_pair: dict[tuple[int, int], set[int]] = {}
        self._of_participant: dict[int, set[int]] = {}
        for number, person in enumerate(people):
            for pair in person.pairs:
                self._of_pair.setdefault(pair, set()).add(number)
            for id_ in person.participants:
                self._of_participant.setdefault(id_, set()).add(number)

    def of(self, pair: tuple[int, int]) -> set[int]:
        """Who would be in a pair's meeting."""
        return self._of_pair.get(pair, set()).union(*(self._of_participant.get(id_, set()) for id_ in pair))

    def once(self, pairs: Iterable[tuple[int, int]]) -> tuple[planner.Once, ...]:
        """The rule for the planner, of those who would be in several of these pairs' meetings."""
        found: dict[int, set[planner.Pair]] = {}
        for need, offer in pairs:
            for number in self.of((need, offer)):
                found.setdefault(number, set()).add(planner.Pair(str(need), str(offer)))
        return tuple(planner.Once(self.people[number].name, frozenset(each)) for number, each in sorted(found.items()) if len(each) > 1)

    def busy(self, meetings: Iterable[tuple[int, int]]) -> set[int]:
        """Who is in one of these pairs' meetings."""
        return {number for pair in meetings for number in self.of(pair)}


def companions(event: Event) -> dict[tuple[int, int], User]:
    """The coordinator who sits in on a pair's meeting, where one does."""
    found = select(Wish.need_id, Wish.offer_id, User).join(User, User.id == Wish.companion_id)
    return {(need, offer): user for need, offer, user in db.session.execute(found.where(Wish.event_id == event.id, Wish.side == Side.COORDINATOR))}


def sharing_of(event: Event) -> Sharing:
    """Those whom it can matter for, by their addresses. One query beside the event's own."""
    found: dict[str, Person] = {}
    sit_in = companions(event)
    for pair, user in sit_in.items():
        _person(found, user.email, user.name).pairs.add(pair)
    for participant in event.participants:
        if (alone := _alone(participant)) is not None:
            _person(found, *alone).participants.add(participant.id)
    people = [each for _address, each in sorted(found.items()) if len(each.pairs) + len(each.participants) > 1]
    names = [each.name for each in people]
    for each in people:
        if names.count(each.name) > 1:
            each.name = f"{each.name} ({each.address})"
    return Sharing(people, {pair: user.name for pair, user in sit_in.items()})


def _person(found: dict[str, Person], email: str, name: str) -> Person:
    return found.setdefault(email.casefold(), Person(name or email, email))


def _alone(participant: Participant) -> tuple[str, str] | None:
    """Address and name of the one person who comes for a participant; None where nobody is named, or several."""
    people = participant.representatives
    addresses = {each.email.casefold() for each in people}
    if len(addresses) != 1 or addresses == {""}:
        return None
    return people[0].email, next((each.name for each in people if each.name), "")


def sat_in(event: Event, user, meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those of these meetings in which somebody sits in."""
    pairs = {pair for pair, each in companions(event).items() if each.id == user.id}
    return [each for each in meetings if (each.need_id, each.offer_id) in pairs]


def said_by_coordinators(event: Event) -> list[Wish]:
    """Who must meet, and who must not, with who sits in."""
    found = select(Wish).where(Wish.event_id == event.id, Wish.side == Side.COORDINATOR).order_by(Wish.id)
    return list(db.session.scalars(found.options(joinedload(Wish.companion))))
