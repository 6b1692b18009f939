"""What is read of meetings once there is a plan: why two met, what was said afterwards, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from matchmaker.core.database import db
from matchmaker.matches.models import Introduction, Suggestion
from matchmaker.meetings.models import Event, Feedback, Meeting, MeetingReport, Participant, Plan
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.states import Side


def suggestions_of_meetings(plan: Plan | None) -> dict[int, Suggestion]:
    """What the suggestions say of each two who meet, by the number of their meeting."""
    if plan is None:
        return {}
    need, offer = aliased(Participant), aliased(Participant)
    found = (
        select(Meeting.id, Suggestion)
        .join(need, need.id == Meeting.need_id)
        .join(offer, offer.id == Meeting.offer_id)
        .join(Suggestion, (Suggestion.challenge_id == need.challenge_id) & (Suggestion.profile_id == offer.profile_id))
        .where(Meeting.plan_id == plan.id)
    )
    return dict(db.session.execute(found).tuples().all())


def reports(event: Event) -> dict[Pair, dict[Side, MeetingReport]]:
    """What was said of each pair's meeting, by who said it. Notes come along; who reads them decides what is shown."""
    found: dict[Pair, dict[Side, MeetingReport]] = {}
    for each in db.session.scalars(select(MeetingReport).where(MeetingReport.event_id == event.id)):
        found.setdefault(Pair(each.need_id, each.offer_id), {})[Side(each.side)] = each
    return found


def feedback(event: Event) -> dict[int, Feedback]:
    """By the number of the participant that gave it."""
    given = select(Feedback).join(Participant, Participant.id == Feedback.participant_id).where(Participant.event_id == event.id)
    return {each.participant_id: each for each in db.session.scalars(given)}


def feedback_of(who: Participant) -> Feedback | None:
    return db.session.scalar(select(Feedback).where(Feedback.participant_id == who.id))


@dataclass(frozen=True)
class Introduced:
    """An introduction between the two of a meeting. `after`: made after their own meeting began."""

    introduction: Introduction
    need_id: int
    offer_id: int
    after: bool


def introduced(event: Event, meetings: Iterable[Meeting]) -> list[Introduced]:
    """Every introduction between the two of one of these meetings of the event, whenever it was made; the newest first.

    Where two have several meetings, `after` is told by the first.
    """
    starts, began = {each.id: each.starts_at for each in event.slots}, dict[Pair, datetime]()
    for each in meetings:
        pair, at = Pair(each.need_id, each.offer_id), starts[each.slot_id]
        began[pair] = min(at, began.get(pair, at))
    need, offer = aliased(Participant), aliased(Participant)
    found = select(Introduction, need.id, offer.id)
    found = found.join(need, need.challenge_id == Introduction.challenge_id).join(offer, offer.profile_id == Introduction.profile_id)
    found = found.where(need.event_id == event.id, offer.event_id == event.id).order_by(Introduction.id.desc())
    rows = [(made, Pair(*two)) for made, *two in db.session.execute(found)]
    return [Introduced(made, *pair, made.created_at >= began[pair]) for made, pair in rows if pair in began]
