"""The letter to a coordinator who sits in on meetings: which, when and where, whenever that is other than what they were last told.

What each was told is kept, so that who is chosen or taken back between two versions of the plan is told of it, and so is who sits in on nothing any longer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select

from matchmaker.accounts.letters import write
from matchmaker.accounts.models import User
from matchmaker.core import mail
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.i18n import in_language_of
from matchmaker.matches.letters import address
from matchmaker.meetings import calendars, queries, recipients, sharing
from matchmaker.meetings.brief import AnyEvent, AnyParticipant
from matchmaker.meetings.models import CompanionTold, Event, Meeting
from matchmaker.meetings.overview import Seat
from matchmaker.meetings.recipients import Audience
from matchmaker.meetings.wording import Names, days

Held = tuple[int, int, int, int]
"""(need, offer, slot, table), by their ids."""


class News(NamedTuple):
    """What somebody was last told of the meetings to sit in on, and what they are now meant to be."""

    user: User
    told: set[Held]
    meant: set[Held]


def audience(event: AnyEvent, participants: Iterable[AnyParticipant], meetings: Iterable[Meeting | Seat], sit_in: Mapping[tuple[int, int], User]) -> Audience:
    """Who would be written to if these meetings were published, with these participants' programmes: they, and those who sit in.

    `sit_in`: see `sharing.companions`.
    """
    held = list(meetings)
    told, companions = recipients.audience(participants, held), tuple(each.user for each in _news(event, held, sit_in))
    return replace(told, letters=told.letters + len(companions), companions=companions)


def write_to_companions(event: Event) -> list[mail.Letter]:
    """To each who was last told other than what is published now, with what is other for the calendar. Nothing before anything is published."""
    published = queries.published_of(event.id)
    if published is None:
        return []
    meetings, sit_in, names, written = queries.meetings_of(published), sharing.companions(event), Names(event), []
    link, stamp = f"{address('meetings.show', event_id=event.id)}#sitter-i", now()
    for user, told, meant in _news(event, meetings, sit_in):
        own = sharing.sat_in_by(sit_in, user, meetings)
        changed = _keep(event, user, meant)
        with in_language_of(user):
            attached = calendars.told_to_companion(event, names, changed, stamp=stamp, email=user.email, link=link)
        words = {"event": event, "names": names, "days": days, "first": not told, "own": own, "link": link}
        written.append(write("meetings/letters/companion", to=user.email, reader=user, about=event, attached=attached, **words))
    db.session.flush()
    return written


def _keep(event: Event, user: User, meant: set[Held]) -> list[CompanionTold]:
    """That somebody is told of these meetings and of no others any longer; the rows that are new or other than before."""
    found = select(CompanionTold).where(CompanionTold.event_id == event.id, CompanionTold.user_id == user.id)
    ordered = found.order_by(CompanionTold.need_id, CompanionTold.offer_id)
    known = {(each.need_id, each.offer_id): each for each in db.session.scalars(ordered)}
    changed = []
    for need, offer, slot, table in sorted(meant, key=lambda each: each[2:]):
        row = known.pop((need, offer), None)
        if row is None:
            row = CompanionTold(event_id=event.id, user_id=user.id, need_id=need, offer_id=offer, slot_id=slot, table_id=table, sequence=0, cancelled=False)
            db.session.add(row)
        elif row.cancelled or (row.slot_id, row.table_id) != (slot, table):
            row.slot_id, row.table_id, row.sequence, row.cancelled = slot, table, row.sequence + 1, False
        else:
            continue
        changed.append(row)
    for row in known.values():
        if not row.cancelled:
            row.sequence, row.cancelled = row.sequence + 1, True
            changed.append(row)
    return changed


def _news(event: AnyEvent, meetings: Iterable[Meeting | Seat], sit_in: Mapping[tuple[int, int], User]) -> list[News]:
    """Of those whom these meetings have something new for, by the user's id; one query."""
    people: dict[int, User] = {}
    told: dict[int, set[Held]] = defaultdict(set)
    meant: dict[int, set[Held]] = defaultdict(set)
    kept = select(User, CompanionTold.need_id, CompanionTold.offer_id, CompanionTold.slot_id, CompanionTold.table_id)
    kept = kept.join(CompanionTold, CompanionTold.user_id == User.id).where(User.deleted_at.is_(None))
    kept = kept.where(CompanionTold.event_id == event.id, CompanionTold.cancelled.is_(False))
    for user, need, offer, slot, table in db.session.execute(kept):
        people[user.id] = user
        told[user.id].add((need, offer, slot, table))
    for each in meetings if sit_in else ():
        if (who := sit_in.get((each.need_id, each.offer_id))) is not None:
            people[who.id] = who
            meant[who.id].add((each.need_id, each.offer_id, each.slot_id, each.table_id))
    return [News(people[id_], told[id_], meant[id_]) for id_ in sorted(people) if told[id_] != meant[id_]]
