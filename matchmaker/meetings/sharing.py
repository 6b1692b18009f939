"""Who is in the meetings of several pairs, and so in one of them at a time: coordinators who sit in, and people who represent two participants.

One person represents a participant where nobody else is named for it: another could come in the person's place. The same address is the same
person, unless two names stand by it: a mailbox that several share. Where a department takes part with several challenges and has named nobody for
them, the same are taken to come for all of these. Pairs are (need, offer), by their ids.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.models import User
from matchmaker.core.database import db
from matchmaker.meetings.brief import AnyEvent, AnyParticipant
from matchmaker.meetings.models import Meeting, Wish
from matchmaker.meetings.states import Side
from matchmaker.organisations.models import Membership, Role
from matchmaker.planner import problem as planner


@dataclass
class Person:
    """`name` tells the people of one event apart; `pairs` are those whose meeting the person sits in on, `participants` those the person represents."""

    name: str
    address: str
    pairs: set[tuple[int, int]] = field(default_factory=set)
    participants: set[int] = field(default_factory=set)


NOBODY: frozenset[int] = frozenset()


class Sharing:
    """The people of one event who may be wanted twice at once, named by their places in `people`. `sit_in`: see `companions`."""

    def __init__(self, people: Sequence[Person], sit_in: Mapping[tuple[int, int], User]) -> None:
        self.people, self.sit_in = people, sit_in
        self.companions = {pair: user.name for pair, user in sit_in.items()}
        self._of_pair: dict[tuple[int, int], set[int]] = {}
        self._of_participant: dict[int, set[int]] = {}
        for number, person in enumerate(people):
            for pair in person.pairs:
                self._of_pair.setdefault(pair, set()).add(number)
            for id_ in person.participants:
                self._of_participant.setdefault(id_, set()).add(number)

    def of(self, pair: tuple[int, int]) -> frozenset[int]:
        """Who would be in a pair's meeting. Asked for every meeting of a board, most of which are nobody's besides the two."""
        need, offer = pair
        found = [each for each in (self._of_pair.get(pair), self._of_participant.get(need), self._of_participant.get(offer)) if each]
        return NOBODY.union(*found) if found else NOBODY

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


class Known(NamedTuple):
    """Somebody as named for one participant: the address, the name as it is compared, and as it is written."""

    address: str
    key: str
    name: str


def companions(event: AnyEvent) -> dict[tuple[int, int], User]:
    """The coordinator who sits in on a pair's meeting, where one does; nobody who is no coordinator any longer."""
    still = select(Membership.user_id).where(Membership.role == Role.COORDINATOR, Membership.ended_at.is_(None))
    found = select(Wish.need_id, Wish.offer_id, User).join(User, User.id == Wish.companion_id).where(User.deleted_at.is_(None), User.id.in_(still))
    return {(need, offer): user for need, offer, user in db.session.execute(found.where(Wish.event_id == event.id, Wish.side == Side.COORDINATOR))}


def sharing_of(event: AnyEvent) -> Sharing:
    """Those whom it can matter for. One query beside the event's own."""
    sit_in = companions(event)
    alone = {each.id: who for each in event.participants if (who := _alone(each))}
    everybody = [*alone.values(), *(Known(user.email.casefold(), _plain(user.name), user.name) for user in sit_in.values())]
    known_by: dict[str, set[str]] = {each.address: set() for each in everybody}
    for known in everybody:
        known_by[known.address] |= {known.key} - {""}
    found: dict[tuple[str, str], Person] = {}

    def person(who: Known) -> Person:
        # where only one name is known by an address, it is also theirs who left it out
        key = who.key or (next(iter(known_by[who.address])) if len(known_by[who.address]) == 1 else "")
        held = found.setdefault((who.address, key), Person("", who.address))
        held.name = held.name or who.name
        return held

    for pair, user in sit_in.items():
        person(Known(user.email.casefold(), _plain(user.name), user.name)).pairs.add(pair)
    for id_, who in alone.items():
        person(who).participants.add(id_)
    people = [each for _key, each in sorted(found.items()) if len(each.pairs) + len(each.participants) > 1]
    names = Counter(each.name or each.address for each in people)
    for each in people:
        each.name = each.name or each.address
        if names[each.name] > 1:
            each.name = f"{each.name} ({each.address})"
    return Sharing(people, sit_in)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _alone(participant: AnyParticipant) -> Known | None:
    """The one person who comes for a participant, or its department where nobody is named; None where several are, or no address is known."""
    people = participant.representatives
    if not people:
        return Known(f"department {participant.organisation.id}", "", participant.organisation.display_name)
    addresses, names = {each.email.casefold() for each in people}, {_plain(each.name): each.name for each in people if each.name}
    if len(addresses) != 1 or addresses == {""} or len(names) > 1:
        return None
    key, name = next(iter(names.items()), ("", ""))
    return Known(addresses.pop(), key, name)


def sat_in(event: AnyEvent, user, meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those of these meetings in which somebody sits in."""
    return sat_in_by(companions(event), user, meetings)


def sat_in_by(sit_in: Mapping[tuple[int, int], User], user, meetings: Iterable[Meeting]) -> list[Meeting]:
    """The same, where it is known who sits in on what."""
    return [each for each in meetings if (found := sit_in.get((each.need_id, each.offer_id))) is not None and found.id == user.id]


def said_by_coordinators(event: AnyEvent) -> list[Wish]:
    """Who must meet, and who must not, with who sits in."""
    found = select(Wish).where(Wish.event_id == event.id, Wish.side == Side.COORDINATOR).order_by(Wish.id)
    return list(db.session.scalars(found.options(joinedload(Wish.companion))))
