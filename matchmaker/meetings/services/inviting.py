"""Sending invitations: the private address, by letter, to those who read for a participant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import take_turns
from matchmaker.meetings import letters, recipients
from matchmaker.meetings.models import Event, Participant

PAUSE = timedelta(minutes=5)
"""Between two invitations to the same: a button pressed twice writes once."""


@dataclass(frozen=True)
class Invited:
    """How many letters were posted, to whom none can go, and who was written to a moment ago."""

    letters: int
    unreachable: list[Participant]
    lately: list[Participant]


def send_invitations(*, event: Event, participants: Sequence[Participant], by) -> Invited:
    """To each that was not written to within PAUSE. What was answered before stays."""
    take_turns(f"event {event.id}")
    sent = recipients.invited_at(participants)
    lately = [each for each in participants if each.id in sent and sent[each.id] > now() - PAUSE]
    asked = [each for each in participants if each not in lately]
    posted = letters.write_invitations(asked)
    reached = {letter.about_id for letter in posted}
    if reached:
        audit.record("event invitations sent", by=by, subject=event, count=len(reached))
    return Invited(len(posted), [each for each in asked if each.id not in reached], lately)
