"""Introductions: sent to a company, accepted, declined or withdrawn."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from matchmaker.challenges.models import Challenge
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed
from matchmaker.matches import letters, rules
from matchmaker.matches.introduction_queries import next_best, open_introduction
from matchmaker.matches.models import Introduction
from matchmaker.matches.refusing import Closed
from matchmaker.matches.remembering import remember
from matchmaker.matches.states import INTRODUCTION_STEPS, IntroductionState
from matchmaker.organisations.rules import belongs_to
from matchmaker.profiles.models import Profile

LASTS = timedelta(days=14)


def send_introduction(*, challenge: Challenge, profile: Profile, message: str, by) -> Introduction:
    """Send the message to the company's people, or to the coordinators where it has none. A second send for the pair gives the first one back."""
    found = open_introduction(challenge.id, profile.id)
    if found is not None:
        return found
    introduction = Introduction(challenge=challenge, profile=profile, message=message, by=by, expires_at=now() + LASTS, need_read_at=now())
    try:
        with db.session.begin_nested():
            db.session.add(introduction)
    except IntegrityError:
        found = open_introduction(challenge.id, profile.id)
        if found is None:
            raise
        return found
    record_act("introduced", introduction, by)
    company = letters.members(profile.organisation)
    if company:
        tell("introduced", company, introduction, by=by)
    else:
        tell("nobody_home", letters.coordinators(), introduction, by=by)
    return introduction


def accept_introduction(*, introduction: Introduction, by) -> None:
    """From now on both sides see each other's contact details, and get them by letter. Raises Closed, also when the need has ended."""
    if not rules.still_wanted(introduction):
        raise Closed
    take_step(introduction, IntroductionState.ACCEPTED)
    _answered(introduction, by)
    record_act("introduction_accepted", introduction, by)
    tell("accepted", need_side(introduction), introduction, by=by, contacts=letters.members(introduction.profile.organisation))
    tell("accepted_by_you", letters.members(introduction.profile.organisation), introduction, contacts=need_side(introduction))


def decline_introduction(*, introduction: Introduction, reason: str, by, cause: str = "") -> None:
    """The department is told why, and who stands next on its list. Raises Closed."""
    take_step(introduction, IntroductionState.DECLINED, reason=reason)
    _answered(introduction, by)
    record_act("introduction_declined", introduction, by, cause=cause, reason=reason)
    tell("declined", need_side(introduction), introduction, by=by, next_best=next_best(introduction.challenge_id))


def withdraw_introduction(*, introduction: Introduction, reason: str, by) -> None:
    """The company is told and need not answer. Raises Closed."""
    take_step(introduction, IntroductionState.WITHDRAWN, reason=reason)
    record_act("introduction_withdrawn", introduction, by, reason=reason)
    tell("withdrawn", letters.members(introduction.profile.organisation), introduction, by=by)


def need_side(introduction: Introduction) -> list:
    """The department's people (coordinators where it has none), and the one who sent the introduction, who may be a coordinator."""
    people = letters.readers(introduction.challenge.organisation)
    sender = introduction.by
    return people if sender is None or sender in people or not sender.is_active else [*people, sender]


def take_step(introduction: Introduction, after: IntroductionState, *, reason: str = "") -> None:
    """One step of the table, taken by one person only: the update names the state it was seen in."""
    before = IntroductionState(introduction.state)
    if after not in INTRODUCTION_STEPS[before]:
        raise Closed
    statement = update(Introduction).where(Introduction.id == introduction.id, Introduction.state == before).values(state=after, reason=reason)
    try:
        with db.session.begin_nested():
            taken = rows_changed(statement)
    except IntegrityError:
        raise Closed from None
    db.session.refresh(introduction)
    if not taken:
        raise Closed


def record_act(act: str, introduction: Introduction, by, **detail) -> None:
    company = introduction.profile.organisation
    answering = act in {"introduction_accepted", "introduction_declined"}
    owner = company if answering else introduction.challenge.organisation
    behalf = owner.id if by is not None and not belongs_to(by, owner) else None
    remember(act, challenge_id=introduction.challenge_id, profile_id=introduction.profile_id, by=by, introduction=introduction.id, **detail)
    audit.record(act, by=by, subject=introduction, on_behalf_of=behalf, **detail)


def tell(letter: str, people: list, introduction: Introduction, *, by=None, **words) -> None:
    letters.write(
        letter, people, about=introduction, link=("matches.introduction", {"introduction_id": introduction.id}), by=by, introduction=introduction, **words
    )


def _answered(introduction: Introduction, by) -> None:
    introduction.answered_at, introduction.answered_by = now(), by
    introduction.answered_on_behalf = not belongs_to(by, introduction.profile.organisation)
    introduction.offer_read_at = now()
