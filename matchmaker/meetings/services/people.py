"""Who comes for a participant, and what it answers to the invitation."""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from json import dumps
from typing import NamedTuple

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import rules
from matchmaker.meetings.models import Participant, Representative, RepresentativeAbsence
from matchmaker.meetings.refusals import AnswerChanged, PeopleChanged
from matchmaker.meetings.services.waiting import fill_places, places_left
from matchmaker.meetings.states import OUT, Answer


class Comer(NamedTuple):
    """A person as a form says it. `away`: the numbers of the slots in which the person cannot come; `known`: the row that is to change, if any."""

    name: str
    email: str
    substitute: bool = False
    away: Collection[int] = ()
    known: int | None = None


def standing_people(participant: Participant) -> list[Comer]:
    """Who comes now, as a form would say it."""
    return [Comer(each.name, each.email, each.substitute, {one.slot_id for one in each.absences}, each.id) for each in participant.representatives]


def listed(people: Iterable[Comer], *, rows: bool = True) -> str:
    """One word for a list of people, the same for the same list; who has neither name nor address counts for nothing. `rows`: also which rows they are."""
    said = [[each.known if rows else None, each.name, each.email, each.substitute, sorted(each.away)] for each in people if each.name or each.email]
    return fingerprint(said)


def fingerprint(said: list) -> str:
    """One word for what a page showed, the same for the same; of what JSON can hold."""
    return sha256(dumps(said).encode()).hexdigest()[:24]


def name_people(*, participant: Participant, people: Sequence[Comer], seen: str = "") -> None:
    """Exactly these come. Who stays keeps the row, and with it the badge and whether the person has arrived; who is not named goes.

    Slots that are not the event's are left out, and so is who has neither name nor address. `seen`: `listed` of who came when the page was opened;
    raises PeopleChanged where others come since, unless they are just these.
    """
    now_there = standing_people(participant)
    if seen and seen != listed(now_there) and listed(people, rows=False) != listed(now_there, rows=False):
        raise PeopleChanged
    standing = {each.id: each for each in participant.representatives}
    slots = {each.id for each in participant.event.slots}
    for person in people:
        if not (person.name or person.email):
            continue
        row = standing.pop(person.known or 0, None) or _same(standing, person)
        if row is None:
            row = Representative(name=person.name, email=person.email)
            participant.representatives.append(row)
        row.name, row.email, row.substitute = person.name, person.email, person.substitute
        wanted = set(person.away) & slots
        row.absences = [each for each in row.absences if each.slot_id in wanted]
        row.absences += [RepresentativeAbsence(slot_id=slot) for slot in sorted(wanted - {each.slot_id for each in row.absences})]
    for row in standing.values():
        participant.representatives.remove(row)


def _same(standing: dict[int, Representative], person: Comer) -> Representative | None:
    found = next((each for each in standing.values() if (each.name, each.email) == (person.name, person.email)), None)
    return standing.pop(found.id) if found is not None else None


def overtaken(stands: str, stood: str, said: str) -> bool:
    """Whether another answer than a page showed stands now, and is not what is said either: who waits for a place has said yes, and who comes does not wait.
    Never where `stood` is "".
    """
    now_, then = (Answer.COMES if each == Answer.WAITING else each for each in (stands, stood))
    return bool(stood) and now_ != then and stands != said and (stands, said) != (Answer.WAITING, Answer.COMES)


def answer_invitation(*, participant: Participant, answer: Answer, people: Sequence[Comer] | None = None, seen: str = "", stood: str = "", by) -> None:
    """Comes or not. `people`: who comes, where that is said at once; what is not said stays, also of who declines. `by`: None for a private address.
    `seen`: see `name_people`; `stood`: the answer when the page was opened. Raises AnswerChanged where it is `overtaken`.

    Who has declined meets nobody in the next plan; meetings that already stand stay until the plan is made again. The place goes to who waits for
    one, and whoever comes after all waits too where the event is full.
    """
    take_turns(f"people of {participant.id}")
    db.session.refresh(participant, ["representatives", "answer"])
    if overtaken(participant.answer, stood, answer):
        raise AnswerChanged
    if people is not None:
        name_people(participant=participant, people=people, seen=seen)
    if answer == Answer.COMES and participant.answer in OUT and places_left(participant.event) == 0:
        answer = Answer.WAITING
    say_answer(participant=participant, answer=answer)
    if answer == Answer.DECLINED:
        fill_places(event=participant.event, by=by)
    behalf = rules.on_behalf(by, participant)
    audit.record("event invitation answered", by=by, subject=participant.event, on_behalf_of=behalf, who=participant.name, answer=str(answer))


def say_answer(*, participant: Participant, answer: Answer) -> None:
    """With the time, where it is another answer than before."""
    if participant.answer != answer:
        participant.answer = answer
        participant.answered_at = now() if answer != Answer.NONE else None
