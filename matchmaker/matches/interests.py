"""Interests: a company's idea sketch for a need, and the written feedback it gets."""

from collections.abc import Iterable
from itertools import groupby

from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.rules import register_closing_objection, takes_answers
from matchmaker.challenges.states import State
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.matches import letters, rules
from matchmaker.matches.interest_queries import own_interest, unanswered, waiting_too_long
from matchmaker.matches.models import Interest
from matchmaker.matches.refusing import Closed
from matchmaker.matches.remembering import remember
from matchmaker.matches.states import InterestState
from matchmaker.organisations.rules import belongs_to
from matchmaker.profiles.models import Profile

FIELDS = ("idea", "plan", "needs_from_municipality", "price")


class Late(Exception):
    """The need takes no more answers."""


def draft_interest(*, challenge: Challenge, profile: Profile, sketch: dict[str, str], by) -> Interest:
    """Keep the sketch as a draft that the company alone sees. There is one interest a pair: a second save changes the first.

    A withdrawn one becomes a draft again. Raises Closed when it has been sent.
    """
    interest = own_interest(challenge.id, profile.id)
    if interest is None:
        interest = Interest(challenge=challenge, profile=profile, by=by)
        try:
            with db.session.begin_nested():
                db.session.add(interest)
        except IntegrityError:
            interest = own_interest(challenge.id, profile.id)
            if interest is None:
                raise
    if interest.state == InterestState.WITHDRAWN:
        _step(interest, InterestState.DRAFT)
    if interest.state != InterestState.DRAFT:
        raise Closed
    for name in FIELDS:
        setattr(interest, name, sketch.get(name, ""))
    interest.by, interest.on_behalf = by, not belongs_to(by, profile.organisation)
    db.session.flush()
    return interest


def send_interest(*, interest: Interest, by) -> None:
    """The department gets a letter. Raises Late after the last day for answers, Closed when it was sent before."""
    if not takes_answers(interest.challenge):
        raise Late
    _step(interest, InterestState.SENT)
    interest.sent_at = now()
    _record("interest_sent", interest, by, for_company=True)
    _tell("interest_sent", letters.readers(interest.challenge.organisation), interest, by=by)
    _tell("interest_received", letters.members(interest.profile.organisation), interest)


def withdraw_interest(*, interest: Interest, by) -> None:
    """Taken back; the department is told where it had been sent. Raises Closed when it has been decided."""
    was_sent = rules.was_sent(interest)
    _step(interest, InterestState.WITHDRAWN)
    _record("interest_withdrawn", interest, by, for_company=True)
    if was_sent:
        _tell("interest_withdrawn", letters.readers(interest.challenge.organisation), interest, by=by)


def shortlist_interest(*, interest: Interest, by) -> None:
    """Kept for a closer look; the company is told. Raises Closed."""
    _step(interest, InterestState.SHORTLISTED)
    _record("interest_shortlisted", interest, by)
    _tell("interest_shortlisted", letters.members(interest.profile.organisation), interest, by=by)


def choose_interest(*, interest: Interest, feedback: str, by) -> None:
    """The one (or one of those) to go on with. Raises Closed."""
    _answer(interest, InterestState.CHOSEN, feedback, by)


def decline_interest(*, interest: Interest, feedback: str, by) -> None:
    """Never without written feedback: ValueError when it is empty. Raises Closed."""
    if not feedback.strip():
        raise ValueError("a declined interest needs written feedback")
    _answer(interest, InterestState.DECLINED, feedback, by)


def decline_all(*, challenge: Challenge, texts: dict[int, str], by) -> int:
    """Answer each unanswered interest that has a text in `texts` (interest's id → feedback); how many were answered."""
    answered = [each for each in unanswered(challenge.id) if texts.get(each.id, "").strip()]
    for interest in answered:
        decline_interest(interest=interest, feedback=texts[interest.id], by=by)
    return len(answered)


def remind_of_feedback() -> int:
    """Write to the departments that let companies wait, one letter a need and fortnight; how many needs."""
    by_need = [(need, list(waiting)) for need, waiting in groupby(waiting_too_long(), key=lambda each: each.challenge)]
    for challenge, waiting in by_need:
        for interest in waiting:
            interest.reminded_at = now()
        link = ("matches.interests", {"challenge_id": challenge.id})
        letters.write("feedback_missing", letters.readers(challenge.organisation), about=challenge, link=link, challenge=challenge, count=len(waiting))
    return len(by_need)


def end_interests(challenge: Challenge) -> None:
    """A need withdrawn or cancelled takes its unanswered interests with it: its reason is their feedback."""
    if challenge.state in {State.WITHDRAWN, State.CANCELLED}:
        for interest in unanswered(challenge.id):
            _answer(interest, InterestState.DECLINED, challenge.ended_reason, None)


@register_closing_objection
def everybody_has_feedback(challenge: Challenge) -> Iterable[str]:
    """A need is not closed while somebody who answered it lacks feedback."""
    waiting = db.session.scalar(select(func.count(Interest.id)).where(Interest.challenge_id == challenge.id, Interest.state.in_(rules.UNANSWERED))) or 0
    if waiting:
        yield ngettext(
            "%(num)s virksomhet som svarte, har ikke fått tilbakemelding ennå.", "%(num)s virksomheter som svarte, har ikke fått tilbakemelding ennå.", waiting
        )


def _answer(interest: Interest, after: InterestState, feedback: str, by) -> None:
    _step(interest, after)
    interest.feedback, interest.feedback_at, interest.feedback_by = feedback, now(), by
    _record(f"interest_{after.value}", interest, by)
    _tell(f"interest_{after.value}", letters.members(interest.profile.organisation), interest, by=by)


def _step(interest: Interest, after: InterestState) -> None:
    """One step of the table; two who step at once meet in the version (StaleDataError)."""
    if not rules.interest_may_become(interest, after):
        raise Closed
    interest.state = after
    db.session.flush()


def _record(act: str, interest: Interest, by, *, for_company: bool = False) -> None:
    owner = interest.profile.organisation if for_company else interest.challenge.organisation
    behalf = owner.id if by is not None and not belongs_to(by, owner) else None
    remember(act, challenge_id=interest.challenge_id, profile_id=interest.profile_id, by=by, interest=interest.id)
    audit.record(act, by=by, subject=interest, on_behalf_of=behalf)


def _tell(letter: str, people: list, interest: Interest, *, by=None) -> None:
    letters.write(letter, people, about=interest, link=("matches.interest", {"interest_id": interest.id}), by=by, interest=interest)
