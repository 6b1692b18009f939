"""Meetings that were not held since somebody was not there. Nobody types it: it is seen from who is marked as gone, and gone again with the mark.

What a person says of a meeting always counts before it; see `outcomes`.
"""

from itertools import pairwise

from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.meetings import queries, rules
from matchmaker.meetings.models import Event, Meeting, Participant, Plan, Slot
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.running import running
from matchmaker.meetings.states import PlanState


class Missing:
    """Who was not there when, of the slots that have begun."""

    def __init__(self, event: Event) -> None:
        begun = running(event).begun
        self._away = {each.id: rules.away(each) & begun for each in event.participants}
        self._who = {each.id: each for each in event.participants}

    def at(self, meeting: Meeting) -> list[Participant]:
        """Those of the two who were not there; none before the slot begins."""
        return [self._who[id_] for id_ in (meeting.need_id, meeting.offer_id) if meeting.slot_id in self._away.get(id_, ())]


def dropped(event: Event, missing: Missing) -> list[Meeting]:
    """Meetings that stood when their slot began, and that a later version has no longer because somebody was not there; one query more."""
    versions = sorted((each for each in event.plans if each.published_at), key=lambda each: each.number)
    if len(versions) < 2:
        return []
    until = {one.id: two.published_at for one, two in pairwise(versions) if two.published_at is not None}
    standing = {Pair(each.need_id, each.offer_id) for each in queries.meetings_of(queries.published_plan(event))}
    old = select(Meeting, Slot.starts_at).join(Meeting.plan).join(Slot, Slot.id == Meeting.slot_id).where(Plan.event_id == event.id)
    old = old.where(Plan.state == PlanState.REPLACED, Plan.published_at <= Slot.starts_at).order_by(Slot.starts_at, Meeting.id)
    return [
        meeting
        for meeting, starts_at in db.session.execute(old)
        if starts_at < until[meeting.plan_id] and Pair(meeting.need_id, meeting.offer_id) not in standing and missing.at(meeting)
    ]
