"""Registration by link: somebody whose organisation is not in the service asks to take part, and a coordinator decides."""

from dataclasses import replace
from datetime import timedelta

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from matchmaker.accounts.services import Refused
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.services import create_challenge, edit_challenge
from matchmaker.core import audit, mail
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed, take_turns
from matchmaker.meetings import letters, recipients, rules
from matchmaker.meetings.models import Event, Newcomer, NewcomerState, Participant
from matchmaker.meetings.refusals import RegistrationClosed
from matchmaker.meetings.services.bringing_in import untitled
from matchmaker.meetings.services.inviting import send_invitations
from matchmaker.meetings.services.people import Comer, name_people, say_answer, standing_people
from matchmaker.meetings.services.taking_part import add_participants
from matchmaker.meetings.services.waiting import places_left
from matchmaker.meetings.states import OUT, Answer
from matchmaker.organisations import queries as organisations
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.organisations.services import create_organisation
from matchmaker.profiles.content import ProfileContent, content_of
from matchmaker.profiles.models import Profile
from matchmaker.profiles.services import create_profile, edit_profile

PAUSE = timedelta(days=1)
"""Between two letters to one organisation that somebody wants to register it."""
LONGEST_TITLE = 120


def ask_to_take_part(*, event: Event, name: str, email: str, words: str, **asked) -> Newcomer | None:
    """Somebody without an account; `asked` describes the organisation as in `organisations.services.register`.

    Waits for a coordinator, who gets a letter; what the same address asked for the same organisation before, and still waits, is replaced. None where
    the organisation is in the service already and somebody there reads letters: then they are written to, and nobody is added. Raises RegistrationClosed.
    """
    if not rules.takes_registrations(event):
        raise RegistrationClosed
    take_turns(f"event {event.id}")
    made = Newcomer(event_id=event.id, name=name, email=email, words=words, locale=str(get_locale()), **asked)
    standing = organisations.known(made)
    if standing is not None and _tell_those_inside(event, standing):
        return None
    same = [getattr(Newcomer, name) == getattr(made, name) for name in ("event_id", "email", "kind", "organisation_name", "department")]
    db.session.execute(delete(Newcomer).where(*same, Newcomer.state == NewcomerState.WAITING))
    db.session.add(made)
    db.session.flush()
    audit.record("event newcomer asked", subject=event, who=made.display_name)
    letters.tell_of_newcomer(made, known=standing is not None)
    return made


def _tell_those_inside(event: Event, organisation: Organisation) -> bool:
    """The private address again, where it takes part; else where one registers. Not more often than each allows. False where nobody there reads letters."""
    own = [each for each in event.participants if each.organisation.id == organisation.id]
    if own:
        sent = send_invitations(event=event, participants=own, by=None)
        return bool(sent.letters or sent.lately)
    if not organisations.members(organisation):
        return False
    lately = select(mail.Letter.id).where(
        mail.Letter.about_kind == "organisation", mail.Letter.about_id == organisation.id, mail.Letter.created_at > now() - PAUSE
    )
    if db.session.scalar(lately.limit(1)) is None:
        letters.tell_members(event, organisation)
    return True


def approve_newcomer(*, newcomer: Newcomer, organisation: Organisation | None, by) -> Participant:
    """It takes part, with a draft of its challenge or a profile that is not listed yet, and gets its private address by letter; on the waiting list
    where the event is full and it has no place yet.

    `organisation`: which of ours it is; None makes a new one, unless it has come meanwhile. Raises Refused when somebody has decided already.
    """
    event = newcomer.event
    room = places_left(event) != 0
    seated = {each.id for each in event.participants if each.answer not in OUT}
    _decide(newcomer, NewcomerState.APPROVED, by)
    if organisation is None:
        organisation = organisations.known(newcomer) or create_organisation(
            name=newcomer.organisation_name,
            kind=Kind(newcomer.kind),
            department=newcomer.department,
            org_number=newcomer.org_number,
            municipality_number=newcomer.municipality_number,
            by=by,
        )
    participant = _participant(newcomer, organisation, by)
    people = standing_people(participant)
    if newcomer.email.casefold() not in {each.email.casefold() for each in people}:
        people.append(Comer(newcomer.name, newcomer.email))
    name_people(participant=participant, people=people)
    say_answer(participant=participant, answer=Answer.COMES if room or participant.id in seated else Answer.WAITING)
    db.session.flush()
    newcomer.participant_id = participant.id
    newcomer.name = newcomer.email = ""
    letters.write_places([participant], new=True)
    return participant


def _participant(newcomer: Newcomer, organisation: Organisation, by) -> Participant:
    """A new challenge of a department, or the one profile of a company; either may take part already, the department with nobody who reads letters."""
    event = newcomer.event
    own = [each for each in event.participants if each.organisation.id == organisation.id]
    unread = {each.id for each in recipients.audience(own, ()).nobody}
    if unread:
        standing = next(each for each in own if each.id in unread)
        _keep_words(newcomer, standing.challenge, standing.profile, by)
        return standing
    if newcomer.kind == Kind.MUNICIPALITY:
        contact = {"contact_name": newcomer.name, "contact_email": newcomer.email, "language": _language(newcomer)}
        content = {"title": _title(newcomer.words), "need": newcomer.words, **contact}
        challenge = create_challenge(organisation=organisation, by=by, content=content)
        db.session.flush()
        return add_participants(event=event, challenges=[challenge], by=by)[0]
    profile = db.session.scalar(select(Profile).where(Profile.organisation_id == organisation.id))
    if profile is None:
        content_ = ProfileContent(name=organisation.name, summary=newcomer.words, language=_language(newcomer))
        profile = create_profile(organisation=organisation, content=content_, by=by)
        db.session.flush()
    _keep_words(newcomer, None, profile, by)
    there = next((each for each in event.participants if each.profile_id == profile.id), None)
    return there or add_participants(event=event, profiles=[profile], by=by)[0]


def _keep_words(newcomer: Newcomer, challenge: Challenge | None, profile: Profile | None, by) -> None:
    """In the draft or the profile that stands there already, where nobody has written anything and nothing is public; else what is written stays."""
    language = _language(newcomer)
    if challenge is not None and not (challenge.need or challenge.situation or challenge.effect):
        title = {"title": _title(newcomer.words)} if challenge.title in ("", untitled(newcomer.event)) else {}
        edit_challenge(challenge=challenge, by=by, content={**title, "need": newcomer.words, "language": language})
    elif profile is not None and not (profile.summary or profile.problem or profile.how or profile.consent_at):
        edit_profile(profile=profile, content=replace(content_of(profile), summary=newcomer.words, language=language), by=by)


def _title(words: str) -> str:
    """The first sentence, shortened at a word."""
    first = words.split("\n")[0].split(". ")[0].strip().rstrip(".")
    return first if len(first) <= LONGEST_TITLE else first[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def _language(newcomer: Newcomer) -> str:
    return newcomer.locale[:2]


def decline_newcomer(*, newcomer: Newcomer, reason: str, by) -> None:
    """Say no, with the reason in the letter. Raises Refused when somebody has decided already."""
    _decide(newcomer, NewcomerState.DECLINED, by)
    newcomer.reason = reason
    letters.decline_newcomer(newcomer)
    newcomer.name = newcomer.email = ""


def forget_newcomers(*, event: Event) -> int:
    """Who asked and was never answered is not kept once the event is over; how many there were."""
    if not rules.is_over(event):
        return 0
    waiting = delete(Newcomer).where(Newcomer.event_id == event.id, Newcomer.state == NewcomerState.WAITING)
    count = rows_changed(waiting, synchronize="fetch")
    if count:
        audit.record("event newcomers forgotten", subject=event, count=count)
    return count


def _decide(newcomer: Newcomer, state: NewcomerState, by) -> None:
    """One of two presses counts: the loser waits for the other and meets no row."""
    step = update(Newcomer).where(Newcomer.id == newcomer.id, Newcomer.state == NewcomerState.WAITING)
    if not rows_changed(step.values(state=state, decided_by_id=by.id, decided_at=now()), synchronize="fetch"):
        raise Refused(_("Noen har alt svart på denne."))
    audit.record(f"event newcomer {state}", by=by, subject=newcomer.event, who=newcomer.display_name)
