"""Who is written to for a participant: those named with an address, else the members who have accounts. Each address once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.meetings.brief import AnyParticipant, AnyPerson, BriefParticipant
from matchmaker.meetings.models import Meeting, Participant
from matchmaker.meetings.overview import Seat
from matchmaker.meetings.states import OUT
from matchmaker.organisations.models import Membership

P = TypeVar("P", Participant, BriefParticipant)


@dataclass(frozen=True)
class Reader:
    """One address. `user`: its account, where it has one; `signs_in`: that account opens the participant's pages, so no private address is needed.
    `about`: the participant's name, for who gets letters of several of the event and must tell them apart; "" for anybody else.
    """

    email: str
    name: str
    user: User | None = None
    signs_in: bool = False
    about: str = ""


def readers(participants: Iterable[AnyParticipant], slots: Mapping[int, Collection[int]] | None = None) -> dict[int, list[Reader]]:
    """By the participant's id, in two queries however many. `slots`: in which each has meetings, when it is about them; a substitute reads then
    who stands in, see `told`. Nobody, where no address is named and nobody has an account.
    """
    asked = list(participants)
    meets = slots or {}
    named = {each.id: [person for person in told(each.representatives, meets.get(each.id, ())) if person.email] for each in asked}
    members: dict[int, list[User]] = {}
    for organisation, user in _members({each.organisation.id for each in asked}):
        members.setdefault(organisation, []).append(user)
    accounts = _accounts({person.email for people in named.values() for person in people})
    found = {}
    for each in asked:
        ours = members.get(each.organisation.id, [])
        inside = {user.id for user in ours}
        people = [
            Reader(person.email, person.name, accounts.get(person.email), person.email in accounts and accounts[person.email].id in inside)
            for person in named[each.id]
        ] or [Reader(user.email, user.name, user, signs_in=True) for user in ours]
        found[each.id] = list({person.email: person for person in reversed(people)}.values())[::-1]
    return found


def expecting(participants: Iterable[P]) -> list[P]:
    """Who of these waits for the first plan: all but those who have declined or wait for a place."""
    return [each for each in participants if each.answer not in OUT]


@dataclass(frozen=True)
class Audience:
    """How many letters a programme goes out in, to which participants and which coordinators who sit in, and to which participants none can go."""

    letters: int = 0
    nobody: tuple[AnyParticipant, ...] = ()
    reached: tuple[AnyParticipant, ...] = ()
    companions: tuple[User, ...] = ()


def audience(participants: Iterable[AnyParticipant], meetings: Iterable[Meeting | Seat]) -> Audience:
    """Who would be written to about these meetings."""
    asked, held = list(participants), list(meetings)
    found = readers(asked, slots_of(asked, held))
    reached, nobody = (tuple(each for each in asked if bool(found[each.id]) == some) for some in (True, False))
    return Audience(sum(map(len, found.values())), nobody, reached)


def slots_of(participants: Iterable[AnyParticipant], meetings: Iterable[Meeting | Seat]) -> dict[int, set[int]]:
    """In which slots each has a meeting, by its id."""
    found: dict[int, set[int]] = {each.id: set() for each in participants}
    for meeting in meetings:
        for id_ in (meeting.need_id, meeting.offer_id):
            if id_ in found:
                found[id_].add(meeting.slot_id)
    return found


def told(people: Iterable[AnyPerson], slots: Collection[int]) -> list[AnyPerson]:
    """Everybody but the substitutes; those too where there is no other, or where another cannot come in one of these slots and the substitute can."""
    all_ = list(people)
    missing = {absence.slot_id for person in all_ if not person.substitute for absence in person.absences} & set(slots)
    alone = all(person.substitute for person in all_)
    return [person for person in all_ if not person.substitute or alone or missing - {absence.slot_id for absence in person.absences}]


def invited_at(participants: Iterable[Participant]) -> dict:
    """When each was last sent its invitation, by its id; letters that old ones are deleted of are forgotten here too."""
    numbers = [each.id for each in participants]
    sent = select(Letter.about_id, func.max(Letter.created_at)).where(Letter.about_kind == "participant", Letter.about_id.in_(numbers))
    return dict(db.session.execute(sent.group_by(Letter.about_id)).tuples().all())


def _members(organisations: set[int]) -> list[tuple[int, User]]:
    found = select(Membership.organisation_id, User).join(User, User.id == Membership.user_id)
    found = found.where(Membership.organisation_id.in_(organisations), Membership.ended_at.is_(None), User.deleted_at.is_(None))
    return [(number, user) for number, user in db.session.execute(found.order_by(Membership.id))]


def _accounts(addresses: set[str]) -> dict[str, User]:
    return {user.email: user for user in db.session.scalars(select(User).where(User.email.in_(addresses), User.deleted_at.is_(None)))}
