"""A participant's meetings, and those a coordinator sits in on, as a calendar: RFC 5545, one entry a pair, the same for as long as the event lives.

What a calendar program already holds is corrected by an entry of the same UID with a higher SEQUENCE, and taken away by one that is
cancelled. Of a participant both follow from the versions that were published, so nothing is counted beside them and a calendar fetched late is
right; what a coordinator was told is kept, see `CompanionTold`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from icalendar import Calendar, vCalAddress
from icalendar import Event as Entry

from matchmaker.accounts.models import User
from matchmaker.core import mail
from matchmaker.meetings import queries
from matchmaker.meetings.models import CompanionTold, Event, Meeting, Participant
from matchmaker.meetings.sharing import companions
from matchmaker.meetings.states import PlanState, Side
from matchmaker.meetings.wording import Names


@dataclass(frozen=True)
class Place:
    """Where and when a pair meets: ids of slot and table."""

    slot: int
    table: int


@dataclass(frozen=True)
class Dated:
    """What one calendar says of one meeting: `other` is whom, `sequence` how often it was changed, `stamp` when it last was."""

    other: int
    place: Place
    sequence: int
    stamp: datetime
    cancelled: bool = False


History = list[tuple[datetime, list[Meeting]]]
"""When each version was published, and its meetings; oldest first."""


def dated(versions: Sequence[tuple[datetime, dict[int, Place]]]) -> list[Dated]:
    """From the published versions, oldest first, each with when and with the places by whom one meets; in the order they first came up.

    A meeting that falls out is cancelled, one that comes back stands again; each change counts one.
    """
    found: dict[int, Dated] = {}
    for stamp, places in versions:
        for other, place in places.items():
            before = found.get(other)
            if before is None:
                found[other] = Dated(other, place, 0, stamp)
            elif before.cancelled or before.place != place:
                found[other] = Dated(other, place, before.sequence + 1, stamp)
        for other, before in found.items():
            if other not in places and not before.cancelled:
                found[other] = replace(before, sequence=before.sequence + 1, stamp=stamp, cancelled=True)
    return list(found.values())


def calendar_of(who: Participant, link: str) -> bytes:
    """The calendar as a file; without entries while nothing is published. `link`: where the programme is read, "" where nobody could open it."""
    event = who.event
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", event.title)
    sit_in = companions(event)
    for each in dated(versions(who, published(event))):
        if entry := _entry(who, each, link, sit_in):
            calendar.add_component(entry)
    return _whole(calendar, event)


def changes_for(who: Participant, history: History, *, email: str, link: str, sit_in: Mapping[tuple[int, int], User]) -> list[mail.Attachment]:
    """What the newest version changes for a participant, to go with a letter to one address.

    UID and SEQUENCE are those of the calendar that one subscribes to. `sit_in`: see `sharing.companions`.
    """
    newest = max((stamp for stamp, _meetings in history), default=None)
    changed = (_entry(who, each, link, sit_in) for each in dated(versions(who, history)) if each.stamp == newest)
    return _attached(who.event, [each for each in changed if each is not None], email)


def told_to_companion(event: Event, names: Names, told: Iterable[CompanionTold], *, stamp: datetime, email: str, link: str) -> list[mail.Attachment]:
    """The event's meetings that a coordinator is told of now, to go with the letter; the UIDs are other than the participants'."""
    entries = []
    for each in told:
        entry = _meeting(event, Place(each.slot_id, each.table_id), each.sequence, stamp, each.cancelled)
        if entry is None:
            continue
        entry.add("uid", f"event-{event.id}-sits-in-{each.user_id}-{each.need_id}-{each.offer_id}@{_host()}")
        entry.add("summary", names.pair(each))
        entry.add("description", "\n".join((event.title, *(() if each.cancelled else (_("Du er med som koordinator."), link)))))
        entries.append(entry)
    return _attached(event, entries, email)


def _attached(event: Event, entries: Iterable[Entry], email: str) -> list[mail.Attachment]:
    """As RFC 5546 has them sent to one address, each in a file of its own: a request for what is new or moved, a cancellation for what fell out."""
    found = []
    for number, entry in enumerate(entries, start=1):
        reader = vCalAddress(f"mailto:{email}")
        reader.params["RSVP"], reader.params["ROLE"] = "FALSE", "REQ-PARTICIPANT"
        entry.add("attendee", reader, encode=False)
        name, method = ("avlyst", "CANCEL") if entry["status"] == "CANCELLED" else ("mote", "REQUEST")
        calendar = _calendar(method)
        calendar.add_component(entry)
        found.append(mail.Attachment(f"{name}-{number}.ics", f"text/calendar; method={method}", _whole(calendar, event).decode()))
    return found


def published(event: Event) -> History:
    plans = [plan for plan in sorted(event.plans, key=lambda plan: plan.number) if plan.state != PlanState.DRAFT]
    return [(plan.published_at, queries.meetings_of(plan)) for plan in plans if plan.published_at is not None]


def versions(who: Participant, history: History) -> list[tuple[datetime, dict[int, Place]]]:
    """What was published for a participant, version by version."""
    return [
        (stamp, {other: Place(meeting.slot_id, meeting.table_id) for meeting in meetings if (other := meeting.other_than(who.id))})
        for stamp, meetings in history
    ]


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Matchmaker//matchmaker//NO")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _whole(calendar: Calendar, event: Event) -> bytes:
    # the change of clocks of these years only: a longer list of them is not read by every calendar program
    calendar.add_missing_timezones(first_date=date(event.first_day.year, 1, 1), last_date=date(event.last_day.year + 1, 1, 1))
    return calendar.to_ical()


def _entry(who: Participant, each: Dated, link: str, sit_in: Mapping[tuple[int, int], User]) -> Entry | None:
    """One meeting as the participant's calendar has it; None where what it needs is gone meanwhile."""
    event = who.event
    other = next((row for row in event.participants if row.id == each.other), None)
    entry = _meeting(event, each.place, each.sequence, each.stamp, each.cancelled)
    if entry is None or other is None:
        return None
    first, second = sorted((who.id, other.id))
    entry.add("uid", f"event-{event.id}-meeting-{first}-{second}@{_host()}")
    entry.add("summary", _("Møte med %(name)s", name=other.name))
    third = sit_in.get((who.id, other.id) if who.side == Side.NEED else (other.id, who.id))
    words = _("%(name)s, koordinator, er også med.", name=third.name) if third else ""
    entry.add("description", "\n".join(line for line in (event.title, words, link) if line))
    return entry


def _meeting(event: Event, place: Place, sequence: int, stamp: datetime, cancelled: bool) -> Entry | None:
    """When and where, in the words of nobody yet; None where the slot or the table is gone."""
    slot = next((row for row in event.slots if row.id == place.slot), None)
    table = next((row for row in event.tables if row.id == place.table), None)
    if slot is None or table is None:
        return None
    entry = Entry()
    entry.add("dtstamp", stamp)
    entry.add("last-modified", stamp)
    entry.add("sequence", sequence)
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    entry.add("dtstart", slot.starts_at.astimezone(event.zone))
    entry.add("dtend", slot.ends_at.astimezone(event.zone))
    entry.add("location", ", ".join(part for part in (table.name, event.place) if part))
    organizer = vCalAddress(f"mailto:{current_app.config['MATCHMAKER_MAIL_FROM']}")
    organizer.params["CN"] = event.title
    entry["organizer"] = organizer
    return entry


def _host() -> str | None:
    return urlsplit(current_app.config["MATCHMAKER_BASE_URL"]).hostname
