"""Reminding of the deadline for wishes: once by itself some days before, and again when a coordinator presses."""

from datetime import timedelta

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import take_turns
from matchmaker.meetings import letters, queries, rules
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.states import OUT

PAUSE = timedelta(minutes=5)
"""Between two reminders of one event: a button pressed twice writes once."""


def silent(event: Event) -> list[Participant]:
    """Those who have given no wish, and have neither declined nor wait for a place."""
    given = queries.wishes_given(event)
    return [each for each in event.participants if each.answer not in OUT and not given.get(each.id)]


def remind(*, event: Event, by=None) -> int:
    """Write to the silent ones, until the deadline; the number of letters. None are written within PAUSE of the last time.

    `by`: None for the reminder that comes by itself, which is the event's only one of that kind.
    """
    take_turns(f"event {event.id}")
    lately = event.reminded_at is not None and event.reminded_at > now() - PAUSE
    if not rules.takes_wishes(event) or lately:
        return 0
    posted = letters.write_reminders(silent(event))
    event.reminded_at = now()
    audit.record("event reminded", by=by, subject=event, count=len(posted))
    return len(posted)
