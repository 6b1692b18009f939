"""The letter to a coordinator who sits in on meetings: which, when and where, whenever that is other than what they were last told.

What each was told is kept, so that who is chosen or taken back between two versions of the plan is told of it, and so is who sits in on nothing any longer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import delete, select

from matchmaker.accounts.letters import write
from matchmaker.accounts.models import User
from matchmaker.core import mail
from matchmaker.core.database import db
from matchmaker.matches.letters import address
from matchmaker.meetings import queries, recipients, sharing
from matchmaker.meetings.brief import AnyEvent, AnyParticipant
from matchmaker.meetings.models import CompanionTold, Event, Meeting
from matchmaker.meetings.overview import Seat
from matchmaker.meetings.recipients import Audience
from matchmaker.meetings.wording import Names, days

Held = tuple[int, int, int, int]
"""(need, offer, slot, table), by their ids."""


class News(NamedTuple):
    """What somebody was last told of the meetings to sit in on, and what they are now."""

    user: User
    told: set[Held]
    now: set[Held]


def audience(event: AnyEvent, participants: Iterable[AnyParticipant], meetings: Iterable[Meeting | Seat], sit_in: Mapping[tuple[int, int], User]) -> Audience:
    """Who would be written to if these meetings were published, with these participants' programmes: they, and those who sit in.

    `sit_in`: see `sharing.companions`.
    """
    held = list(meetings)
    told = recipients.audience(participants, held)
    return replace(told, letters=told.letters + len(_news(event, held, sit_in)))


def write_to_companions(event: Event) -> list[mail.Letter]:
    """To each who was last told other than what is published now. Nothing before anything is."""
    published = queries.published_of(event.id)
    if published is None:
        return []
    meetings, sit_in, names, written = queries.meetings_of(published), sharing.companions(event), Names(event), []
    link = f"{address('meetings.show', event_id=event.id)}#sitter-i"
    for user, told, now in _news(event, meetings, sit_in):
        own = sharing.sat_in_by(sit_in, user, meetings)
        words = {"event": event, "names": names, "days": days, "first": not told, "own": own, "link": link}
        written.append(write("meetings/letters/companion", to=user.email, reader=user, about=event, **words))
        db.session.execute(delete(CompanionTold).where(CompanionTold.event_id == event.id, CompanionTold.user_id == user.id))
        fields = ("need_id", "offer_id", "slot_id", "table_id")
        db.session.add_all(CompanionTold(event_id=event.id, user_id=user.id, **dict(zip(fields, each))) for each in now)
    db.session.flush()
    return written


def _news(event: AnyEvent, meetings: Iterable[Meeting | Seat], sit_in: Mapping[tuple[int, int], User]) -> list[News]:
    """Of those whom these meetings have something new for, by the user's id; one query."""
    people: dict[int, User] = {}
    told: dict[int, set[Held]] = defaultdict(set)
    now: dict[int, set[Held]] = defaultdict(set)
    kept = select(User, CompanionTold.need_id, CompanionTold.offer_id, CompanionTold.slot_id, CompanionTold.table_id)
    kept = kept.join(CompanionTold, CompanionTold.user_id == User.id).where(CompanionTold.event_id == event.id, User.deleted_at.is_(None))
    for user, need, offer, slot, table in db.session.execute(kept):
        people[user.id] = user
        told[user.id].add((need, offer, slot, table))
    for each in meetings if sit_in else ():
        if (who := sit_in.get((each.need_id, each.offer_id))) is not None:
            people[who.id] = who
            now[who.id].add((each.need_id, each.offer_id, each.slot_id, each.table_id))
    return [News(people[id_], told[id_], now[id_]) for id_ in sorted(people) if told[id_] != now[id_]]
