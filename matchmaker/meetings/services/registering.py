"""Registering oneself with an account; withdrawing again is `remove_participant`."""

from matchmaker.challenges.models import Challenge
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import rules
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.refusals import RegistrationClosed
from matchmaker.meetings.services.taking_part import add_participants
from matchmaker.meetings.services.waiting import places_left
from matchmaker.meetings.states import Answer
from matchmaker.profiles.models import Profile


def register(*, event: Event, owned: Challenge | Profile, by) -> Participant:
    """A published challenge or a listed profile of one's own; it comes, since somebody has just said so. One that takes part already stays as it is.

    Where the event is full it waits for a place; of two who take the last one at once, one gets it. Raises RegistrationClosed after the last day.
    """
    take_turns(f"event {event.id}")
    db.session.refresh(event, ["participants", "registration_due"])
    there = next((each for each in event.participants if owned in (each.challenge, each.profile)), None)
    if there is not None:
        return there
    if not rules.takes_registrations(event):
        raise RegistrationClosed
    room = places_left(event) != 0
    challenges, profiles = ([owned], []) if isinstance(owned, Challenge) else ([], [owned])
    new = add_participants(event=event, challenges=challenges, profiles=profiles, by=by)[0]
    new.answer, new.answered_at = Answer.COMES if room else Answer.WAITING, now()
    audit.record("event registered", by=by, subject=event, who=new.name)
    return new
