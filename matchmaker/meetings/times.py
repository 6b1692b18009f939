"""Slots on the clock of the place: from what the wall shows to UTC and back, also over the nights when the clocks change."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_SLOTS = 60
"""In one event: a plan of more is read by nobody."""


@dataclass(frozen=True)
class Span:
    """From one moment to another, both aware and in UTC."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        """They overlap; one may begin where the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


class NoSuchTime(ValueError):
    """The clocks are set forward over this time: nobody ever sees it on a wall there."""


def moment(day: date, clock: time, zone: ZoneInfo, *, later: bool = False) -> datetime:
    """The moment in UTC when the wall shows `clock`; of two (the clocks are set back) the first, or with `later` the second. Raises NoSuchTime."""
    local = datetime.combine(day, clock, zone).replace(fold=int(later))
    found = local.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime
    return found


def span(day: date, start: time, end: time, zone: ZoneInfo) -> Span:
    """Between two times on one day's wall. Where the end is shown twice that day, it is the first that comes after the start. Raises NoSuchTime."""
    starts_at, ends_at = moment(day, start, zone), moment(day, end, zone)
    return Span(starts_at, ends_at if ends_at > starts_at else moment(day, end, zone, later=True))


def generated(whole: Span, *, minutes: int, gap: int, pauses: Sequence[Span] = ()) -> list[Span]:
    """Slots of so many minutes with a gap between, from the start of `whole`, none past its end; what would meet a pause begins after it.

    Minutes are real ones: over a change of clocks every slot is as long as the others.
    """
    found: list[Span] = []
    at = whole.starts_at
    while len(found) <= MOST_SLOTS:
        slot = Span(at, at + timedelta(minutes=minutes))
        if slot.ends_at > whole.ends_at:
            break
        pause = next((each for each in sorted(pauses, key=lambda each: each.starts_at) if each.meets(slot)), None)
        if pause is None:
            found.append(slot)
            at = slot.ends_at + timedelta(minutes=gap)
        else:
            at = pause.ends_at
    return found


def overlapping(new: Iterable[Span], old: Iterable[Span]) -> Span | None:
    """The first of the new ones that overlaps an old one, or another new one."""
    taken = list(old)
    for each in new:
        if any(each.meets(other) for other in taken):
            return each
        taken.append(each)
    return None


PAUSE = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:-|–|til)\s*(\d{1,2})[.:](\d{2})")


class NoPause(ValueError):
    """What is written is no time from one hour to a later one."""


def pauses_in(text: str) -> list[tuple[time, time]]:
    """Pauses as people write them, "11.30–12.15", one a line or with commas between. Raises NoPause."""
    found = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        match = PAUSE.fullmatch(part)
        from_hour, from_minute, to_hour, to_minute = (int(group) for group in match.groups()) if match else (24, 0, 24, 0)
        if max(from_hour, to_hour) > 23 or max(from_minute, to_minute) > 59 or (from_hour, from_minute) >= (to_hour, to_minute):
            raise NoPause(part)
        found.append((time(from_hour, from_minute), time(to_hour, to_minute)))
    return found


def a_year_later(day: date) -> date:
    """The same day of the week, 52 weeks on."""
    return day + timedelta(weeks=52)


def shifted(slot: Span, zone: ZoneInfo) -> Span:
    """The slot 52 weeks on, at the same time on the wall. Raises NoSuchTime."""
    local = slot.starts_at.astimezone(zone)
    starts_at = moment(a_year_later(local.date()), local.time().replace(fold=0), zone)
    return Span(starts_at, starts_at + (slot.ends_at - slot.starts_at))
