"""Who takes part: added, changed, removed."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_

from matchmaker.challenges.models import Challenge
from matchmaker.core import audit
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import queries, rules
from matchmaker.meetings.models import Absence, Event, Meeting, Participant
from matchmaker.meetings.refusals import AnswerChanged, InUse, LimitsChanged
from matchmaker.meetings.services.people import Comer, fingerprint, name_people, overtaken, say_answer
from matchmaker.meetings.services.waiting import fill_places, give_place
from matchmaker.meetings.states import OUT, Answer, Side
from matchmaker.profiles.models import Profile


def add_participants(*, event: Event, challenges: Sequence[Challenge] = (), profiles: Sequence[Profile] = (), by) -> list[Participant]:
    """Those that do not take part yet, with the event's limits; the others stay as they are. Gives the new ones."""
    take_turns(f"event {event.id}")
    db.session.refresh(event, ["participants"])
    there = {(each.challenge_id, each.profile_id) for each in event.participants}
    new = [
        Participant(side=Side.NEED, challenge=each, least=event.need_least, most=event.need_most) for each in challenges if (each.id, None) not in there
    ]
    new += [Participant(side=Side.OFFER, profile=each, least=event.offer_least, most=event.offer_most) for each in profiles if (None, each.id) not in there]
    event.participants += new
    if new:
        audit.record("event participants added", by=by, subject=event, count=len(new))
    return new


def change_participant(
    *,
    participant: Participant,
    least: int,
    most: int,
    away: Collection[int],
    representatives: Sequence[Comer] | None = None,
    seen: str = "",
    limits_seen: str = "",
    answer: Answer | None = None,
    stood: str = "",
    by,
) -> None:
    """Limits, the slots in which it cannot come (numbers; those that are not the event's are left out), who comes, and what it answered, where that is said.

    Who waits for a place waits on unless it gets one, with a letter, or does not come. `seen`: see `name_people`, which may raise PeopleChanged.
    `limits_seen`: `limits_of` the participant when the page was opened. Left as it was then, what stands now stays; raises LimitsChanged where both differ.
    `stood`: the answer then; raises AnswerChanged where the new one is `overtaken`.
    """
    take_turns(f"people of {participant.id}")
    db.session.refresh(participant, ["representatives", "answer", "least", "most", "absences"])
    if answer is not None and overtaken(participant.answer, stood, answer):
        raise AnswerChanged
    if representatives is not None:
        name_people(participant=participant, people=representatives, seen=seen)
    said = limits_of(participant, least, most, away)
    if said != limits_seen:
        if limits_seen and limits_of(participant) not in {limits_seen, said}:
            raise LimitsChanged
        _limit(participant, least, most, away)
    waits = participant.answer == Answer.WAITING
    if answer == Answer.COMES and waits:
        give_place(participant=participant, by=by)
    elif answer is not None and not (answer == Answer.NONE and waits):
        say_answer(participant=participant, answer=answer)
    if answer in OUT:
        fill_places(event=participant.event, by=by, but=participant)
    audit.record("event participant changed", by=by, subject=participant.event, on_behalf_of=rules.on_behalf(by, participant), who=participant.name)


def limits_of(participant: Participant, *said) -> str:
    """One word for the least, the most and the slots in which it cannot come: as they stand, or as `said` in that order, slots of other events left out."""
    least, most, away = said or (participant.least, participant.most, {each.slot_id for each in participant.absences})
    return fingerprint([least, most, sorted({each.id for each in participant.event.slots} & set(away))])


def _limit(participant: Participant, least: int, most: int, away: Collection[int]) -> None:
    participant.least, participant.most = least, most
    known = {each.id for each in participant.event.slots}
    participant.absences = [each for each in participant.absences if each.slot_id in away]
    standing = {each.slot_id for each in participant.absences}
    participant.absences += [Absence(slot_id=slot) for slot in sorted((set(away) & known) - standing)]


def remove_participant(*, participant: Participant, by) -> None:
    """With its wishes and those about it; the place goes to who waits for one. Raises InUse when it has meetings in any version of the plan."""
    if queries.has_meetings(or_(Meeting.need_id == participant.id, Meeting.offer_id == participant.id)):
        raise InUse(participant.name)
    audit.record("event participant removed", by=by, subject=participant.event, who=participant.name)
    event = participant.event
    event.participants.remove(participant)
    fill_places(event=event, by=by)
