"""What time does to introductions: reminded of after ten days, run out after fourteen, ended with their need. Nothing waits for ever."""

from datetime import timedelta

from sqlalchemy import select

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.matches import letters
from matchmaker.matches.introducing import need_side, record_act, take_step, tell
from matchmaker.matches.introduction_queries import next_best
from matchmaker.matches.models import Introduction
from matchmaker.matches.states import IntroductionState

REMINDED_AFTER = timedelta(days=10)


def remind_of_introduction(*, introduction: Introduction, by=None) -> bool:
    """Remind whoever should answer; once a day at most. False when it was too early or nothing waits."""
    if introduction.state != IntroductionState.SENT or (introduction.reminded_at and introduction.reminded_at > now() - timedelta(days=1)):
        return False
    introduction.reminded_at = now()
    audit.record("introduction_reminded", by=by, subject=introduction)
    tell("reminded", letters.readers(introduction.profile.organisation), introduction)
    return True


def remind_due() -> int:
    """Remind of everything that has waited ten days unreminded; the number of them."""
    sent_before = now() - REMINDED_AFTER
    due = select(Introduction).where(
        Introduction.state == IntroductionState.SENT,
        Introduction.reminded_at.is_(None),
        Introduction.created_at <= sent_before,
        Introduction.expires_at > now(),
    )
    return sum(remind_of_introduction(introduction=each) for each in db.session.scalars(due.order_by(Introduction.id).limit(200)))


def expire_due() -> int:
    """Let what was not answered in time run out, and tell both sides; the number of them. It may still be accepted."""
    due = select(Introduction).where(Introduction.state == IntroductionState.SENT, Introduction.expires_at <= now())
    count = 0
    for introduction in list(db.session.scalars(due.order_by(Introduction.id).limit(200))):
        take_step(introduction, IntroductionState.EXPIRED)
        record_act("introduction_expired", introduction, None)
        tell("expired", need_side(introduction), introduction, next_best=next_best(introduction.challenge_id))
        tell("ran_out", letters.members(introduction.profile.organisation), introduction)
        count += 1
    return count


def end_introductions(challenge_id: int) -> None:
    """The need is no longer open: nobody shall wait for an answer to what has ended."""
    waiting = select(Introduction).where(Introduction.challenge_id == challenge_id, Introduction.state == IntroductionState.SENT)
    for introduction in list(db.session.scalars(waiting)):
        take_step(introduction, IntroductionState.WITHDRAWN)
        record_act("introduction_withdrawn", introduction, None, challenge="ended")
        tell("need_ended", letters.members(introduction.profile.organisation), introduction)
