"""What is read of meetings once there is a plan: why two met, what was said afterwards, and what became of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from matchmaker.core.database import db
from matchmaker.matches.models import Introduction, Suggestion
from matchmaker.meetings.models import Event, Feedback, Meeting, MeetingReport, Participant, Plan, Slot
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
    """An introduction between two who met. `after`: made after their own meeting began."""

    introduction: Introduction
    need_id: int
    offer_id: int
    after: bool


def introduced(plan: Plan | None) -> list[Introduced]:
    """Every introduction of two who meet, whenever it was made; the newest first."""
    if plan is None:
        return []
    need, offer = aliased(Participant), aliased(Participant)
    found = (
        select(Introduction, need.id, offer.id, Introduction.created_at >= Slot.starts_at)
        .join(need, need.challenge_id == Introduction.challenge_id)
        .join(offer, offer.profile_id == Introduction.profile_id)
        .join(Meeting, (Meeting.need_id == need.id) & (Meeting.offer_id == offer.id))
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(Meeting.plan_id == plan.id)
        .order_by(Introduction.id.desc())
    )
    return [Introduced(*row) for row in db.session.execute(found).tuples()]


def introductions(plan: Plan | None) -> list[Introduced]:
    """Of two who met, made after their own meeting began; the newest first."""
    return [each for each in introduced(plan) if each.after]
