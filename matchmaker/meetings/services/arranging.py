"""Events with their slots and tables: create, edit, copy, delete."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from matchmaker.core import audit
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import queries, rules
from matchmaker.meetings.models import Event, Meeting, Plan, Slot, Table
from matchmaker.meetings.refusals import InUse, OutsideDays, Overlaps, Published, TooManySlots
from matchmaker.meetings.services.waiting import fill_places
from matchmaker.meetings.times import MOST_SLOTS, NoSuchTime, Span, a_year_later, overlapping, shifted

FIELDS = ("title", "place", "first_day", "last_day", "wishes_due", "need_least", "need_most", "offer_least", "offer_most")
MORE = ("registration_due", "capacity", "language", "staying", "unexpected_most")
"""May be left out; then they are as the table says, or stay."""


def create_event(*, content: Mapping[str, Any], by, token: str = "", **facts) -> Event:
    """`content`: see FIELDS and MORE. With a `token`, the same person's second call gives the first one's event, unchanged."""
    key = f"{by.id}:{token}"[:80] if by is not None and token else None
    if key and (found := queries.event_made_with(key)):
        return found
    event = Event(created_by_id=getattr(by, "id", None), creation_key=key, **_told(content), **facts)
    db.session.add(event)
    audit.record("event create", by=by, subject=event)
    return event


def edit_event(*, event: Event, content: Mapping[str, Any], by) -> None:
    """Raises OutsideDays when slots stand on days that would no longer be the event's. Limits of those who already take part stay.

    Where there is room for more, those on the waiting list get it.
    """
    days = [each.starts_at.astimezone(event.zone).date() for each in event.slots]
    if any(not content["first_day"] <= day <= content["last_day"] for day in days):
        raise OutsideDays
    told = _told(content)
    changed = [name for name, value in told.items() if getattr(event, name) != value]
    for name in changed:
        setattr(event, name, told[name])
    if changed:
        audit.record("event edit", by=by, subject=event, event_fields=changed)
    if "capacity" in changed:
        fill_places(event=event, by=by)


def _told(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: content[name] for name in FIELDS} | {name: content[name] for name in MORE if name in content}


def delete_event(*, event: Event, by) -> None:
    """With everything in it. Raises Published once somebody has been told a programme."""
    if rules.was_published(event):
        raise Published
    audit.record("event delete", by=by, subject=event, title=event.title)
    db.session.execute(delete(Meeting).where(Meeting.plan_id.in_(select(Plan.id).where(Plan.event_id == event.id))))
    db.session.execute(delete(Event).where(Event.id == event.id))


def copy_event(*, event: Event, by) -> Event:
    """Next year's: the same weekdays 52 weeks on, with slots, tables and limits. Nobody takes part yet.

    Slots that fall into the hour the clocks skip are left out.
    """
    content = {name: getattr(event, name) for name in (*FIELDS, *MORE)}
    days = ("first_day", "last_day", "wishes_due", "registration_due")
    content |= {name: a_year_later(content[name]) for name in days if content[name] is not None}
    copy = Event(created_by_id=getattr(by, "id", None), copied_from_id=event.id, timezone=event.timezone, is_demo=event.is_demo, **content)
    for slot in event.slots:
        try:
            later = shifted(Span(slot.starts_at, slot.ends_at), event.zone)
        except NoSuchTime:
            continue
        copy.slots.append(Slot(starts_at=later.starts_at, ends_at=later.ends_at))
    copy.tables = [Table(name=each.name, position=each.position) for each in event.tables]
    db.session.add(copy)
    audit.record("event copy", by=by, subject=copy, title=event.title)
    return copy


def add_slots(*, event: Event, spans: Sequence[Span], by) -> list[Slot]:
    """Raises Overlaps, TooManySlots, OutsideDays; then none of them is added."""
    take_turns(f"event {event.id}")
    db.session.refresh(event, ["slots"])
    if len(event.slots) + len(spans) > MOST_SLOTS:
        raise TooManySlots
    if overlapping(spans, [Span(each.starts_at, each.ends_at) for each in event.slots]):
        raise Overlaps
    if any(not event.first_day <= each.starts_at.astimezone(event.zone).date() <= event.last_day for each in spans):
        raise OutsideDays
    slots = [Slot(starts_at=each.starts_at, ends_at=each.ends_at) for each in spans]
    event.slots += slots
    audit.record("event slots added", by=by, subject=event, count=len(slots))
    return slots


def remove_slot(*, slot: Slot, by) -> None:
    """Raises InUse when a meeting stands there in any version of the plan."""
    if queries.has_meetings(Meeting.slot_id == slot.id):
        raise InUse
    audit.record("event slot removed", by=by, subject=slot.event)
    db.session.delete(slot)


def name_tables(*, event: Event, names: Iterable[str], by) -> None:
    """The tables in this order; one that keeps its name is the same table. Raises InUse for one that would go and holds a meeting."""
    wanted = list(dict.fromkeys(names))
    standing = {each.name: each for each in event.tables}
    for name, table in standing.items():
        if name not in wanted:
            if queries.has_meetings(Meeting.table_id == table.id):
                raise InUse(name)
            event.tables.remove(table)
    for position, name in enumerate(wanted):
        table = standing.get(name) or Table(name=name)
        table.position = position
        if name not in standing:
            event.tables.append(table)
    audit.record("event tables named", by=by, subject=event, count=len(wanted))
