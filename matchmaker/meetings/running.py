"""Where an event stands on the clock: which slot runs, which comes next, which have begun."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from matchmaker.core.clock import now
from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.models import Slot


@dataclass(frozen=True)
class Running:
    """One moment of an event. `slot` runs just then; `next` is the first that has not begun. Both None: it is over, or has no slots."""

    at: datetime
    slot: Slot | None
    next: Slot | None
    begun: frozenset[int]
    """The numbers of the slots that have begun, ended ones among them."""

    @property
    def over(self) -> bool:
        """The last slot has ended."""
        return bool(self.begun) and self.slot is None and self.next is None

    @property
    def here(self) -> Slot | None:
        """The slot one acts upon: the one that runs, else the one that comes."""
        return self.slot or self.next

    @property
    def from_now(self) -> datetime:
        """Since when somebody is gone who is missed now: the start of the slot one acts upon; after the last, now, when nothing is missed any more."""
        return self.here.starts_at if self.here else self.at


def running(event: AnyEvent, among: Iterable[Slot] | None = None) -> Running:
    """As the clock is now, of all the event's slots or `among` some. A slot runs from its start until, and not including, its end."""
    at = now()
    slots = sorted(event.slots if among is None else among, key=lambda each: each.starts_at)
    return Running(
        at,
        slot=next((each for each in slots if each.starts_at <= at < each.ends_at), None),
        next=next((each for each in slots if each.starts_at > at), None),
        begun=frozenset(each.id for each in slots if each.starts_at <= at),
    )
