"""The codes on badges: whose each is, and what stands first for them."""

from matchmaker.meetings import passes, queries
from matchmaker.meetings.day_queries import Comer
from matchmaker.meetings.models import Meeting, Participant
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.running import Running


def read(token: str) -> Comer | None:
    """Whose badge it is, a person's or a participant's, with the whole event around; None for one that opens nothing."""
    person = passes.person_for(token)
    participant = person.participant if person else passes.participant_for(token, Purpose.BADGE)
    if participant is None:
        return None
    queries.event(participant.event_id)
    return Comer(participant, person)


def token(who: Comer) -> str:
    """What the badge's code says, after the address."""
    return passes.badge_for(who.person) if who.person else passes.token_for(who.participant, Purpose.BADGE)


def first_meeting(participant: Participant, at: Running) -> Meeting | None:
    """The participant's first meeting, by the published plan, that has not ended."""
    plan = queries.published_plan(participant.event)
    ended = {each.id for each in participant.event.slots if each.ends_at <= at.at}
    return next((each for each in queries.meetings_of(plan) if each.other_than(participant.id) and each.slot_id not in ended), None)
