"""The steps between states. Every one is a `Transition` row with who, when and, where it ends something, why."""

from matchmaker.challenges import rules
from matchmaker.challenges.events import ChallengeEnded, ChallengePublished
from matchmaker.challenges.models import Challenge, Transition
from matchmaker.challenges.refusals import NotReady, ReasonMissing, StepRefused
from matchmaker.challenges.states import NEEDS_REASON, State
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.events import announce


def publish_challenge(*, challenge: Challenge, by) -> None:
    """Show it to everybody and announce `ChallengePublished`. Raises NotReady when something is missing."""
    _refuse_unknown(challenge, State.PUBLISHED)
    if missing := rules.missing_for_publishing(challenge):
        raise NotReady(missing)
    challenge.published_at = now()
    challenge.ended_reason = ""
    _step(challenge, State.PUBLISHED, by=by)
    announce(ChallengePublished(challenge.id))


def withdraw_challenge(*, challenge: Challenge, by, reason: str) -> None:
    """Take it back; it can be reopened as a draft. Announces `ChallengeEnded`."""
    _end(challenge, State.WITHDRAWN, by=by, reason=reason)


def cancel_challenge(*, challenge: Challenge, by, reason: str) -> None:
    """It will not happen. Announces `ChallengeEnded`."""
    _end(challenge, State.CANCELLED, by=by, reason=reason)


def start_evaluation(*, challenge: Challenge, by) -> None:
    """No more answers or questions; those who answered are weighed."""
    _step(challenge, State.UNDER_EVALUATION, by=by)


def choose(*, challenge: Challenge, by, reason: str = "") -> None:
    """Somebody was chosen. Refused while anybody who answered lacks feedback. Announces `ChallengeEnded`."""
    _end(challenge, State.CHOSEN, by=by, reason=reason)


def choose_none(*, challenge: Challenge, by, reason: str) -> None:
    """Nobody was chosen, and why. Refused while anybody who answered lacks feedback. Announces `ChallengeEnded`."""
    _end(challenge, State.NONE_CHOSEN, by=by, reason=reason)


def archive_challenge(*, challenge: Challenge, by) -> None:
    """Out of the way. A draft that was never public is thereby thrown away, and can be fetched back."""
    was_public = rules.is_public(challenge)
    _step(challenge, State.ARCHIVED, by=by)
    if was_public:
        announce(ChallengeEnded(challenge.id))


def reopen_challenge(*, challenge: Challenge, by) -> None:
    """A withdrawn challenge, or a draft thrown away, becomes a draft again, seen by its owners alone."""
    _step(challenge, State.DRAFT, by=by)
    challenge.published_at = None


def _refuse_unknown(challenge: Challenge, after: State) -> None:
    if after not in rules.steps_from(challenge):
        raise StepRefused(State(challenge.state), after)


def _end(challenge: Challenge, after: State, *, by, reason: str) -> None:
    _step(challenge, after, by=by, reason=reason)
    announce(ChallengeEnded(challenge.id))


def _step(challenge: Challenge, after: State, *, by, reason: str = "") -> None:
    _refuse_unknown(challenge, after)
    if after in NEEDS_REASON and not reason.strip():
        raise ReasonMissing
    before = State(challenge.state)
    if after in rules.CLOSING and (objections := rules.closing_objections(challenge)):
        raise StepRefused(before, after, objections)
    db.session.add(Transition(challenge_id=challenge.id, before=before, after=after, at=now(), by_id=getattr(by, "id", None), reason=reason))
    challenge.state, challenge.changed_at = after, now()
    if reason:
        challenge.ended_reason = reason
    audit.record(f"challenge.{after.value}", by=by, subject=challenge, on_behalf_of=rules.on_behalf(by, challenge.organisation))
    db.session.flush()
