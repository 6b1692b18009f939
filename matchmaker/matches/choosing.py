"""What people do with a suggestion: put it on the shortlist with a note, say no with a reason, take it back. Every act is remembered."""

from sqlalchemy import delete, insert, select, update

from matchmaker.challenges.models import Challenge
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed
from matchmaker.matches.models import Dismissal, Feedback, Shortlisting, Suggestion
from matchmaker.matches.remembering import remember
from matchmaker.organisations.rules import belongs_to
from matchmaker.profiles.models import Profile

NEED, OFFER = "need", "offer"


def shortlist(*, challenge: Challenge, profile: Profile, by, note: str | None = None) -> Shortlisting:
    """Put the profile on the need's shortlist, or change its note (None leaves the note). A dismissal of it is taken back."""
    found = _shortlisting(challenge, profile)
    if found is None:
        found = Shortlisting(challenge_id=challenge.id, profile_id=profile.id, by_id=by.id, note=note or "")
        db.session.add(found)
        undo_dismissal(challenge=challenge, profile=profile, by=by)
        _note_act("shortlisted", challenge, profile, by)
    elif note is not None and note != found.note:
        found.note = note
        _note_act("noted", challenge, profile, by)
    return found


def take_off_shortlist(*, challenge: Challenge, profile: Profile, by) -> str | None:
    """The note that went with it; None when it was not on the list."""
    found = _shortlisting(challenge, profile)
    if found is None:
        return None
    db.session.delete(found)
    _note_act("taken_off_shortlist", challenge, profile, by)
    return found.note


def dismiss(*, challenge: Challenge, profile: Profile, by, reason: str, side: str = NEED) -> Dismissal:
    """Say no on behalf of one side. It stays out of that side's lists until it is taken back. Off the shortlist too when the need's owner says it."""
    found = _dismissal(challenge, profile, side)
    if found is None:
        found = Dismissal(challenge_id=challenge.id, profile_id=profile.id, side=side, by_id=by.id, reason=reason)
        db.session.add(found)
        _note_act("dismissed", challenge, profile, by, side=side, reason=reason)
    else:
        found.reason = reason
    if side == NEED:
        take_off_shortlist(challenge=challenge, profile=profile, by=by)
    return found


def undo_dismissal(*, challenge: Challenge, profile: Profile, by, side: str = NEED) -> bool:
    """Whether there was a dismissal to take back. The acts stay in the feedback."""
    statement = delete(Dismissal).where(Dismissal.challenge_id == challenge.id, Dismissal.profile_id == profile.id, Dismissal.side == side)
    gone = rows_changed(statement, synchronize="auto")
    if gone:
        _note_act("undone", challenge, profile, by, side=side)
    return bool(gone)


def note_shown(suggestions: list[Suggestion], *, by) -> None:
    """Remember the first time each was shown to somebody of the need's own department: two statements, however many."""
    first = [each for each in suggestions if each.shown_at is None]
    if not first:
        return
    moment = now()
    rows = [
        {
            "act": "shown",
            "at": moment,
            "challenge_id": each.challenge_id,
            "profile_id": each.profile_id,
            "by_id": by.id,
            "rank": each.rank,
            "score": each.score,
            "run_id": each.run_id,
            "detail": {},
        }
        for each in first
    ]
    db.session.execute(insert(Feedback), rows)
    db.session.execute(
        update(Suggestion).where(Suggestion.id.in_([each.id for each in first])).values(shown_at=moment).execution_options(synchronize_session=False)
    )


def _note_act(act: str, challenge: Challenge, profile: Profile, by, **detail) -> None:
    remember(act, challenge_id=challenge.id, profile_id=profile.id, by=by, **detail)
    organisation = profile.organisation if detail.get("side") == OFFER else challenge.organisation
    if not belongs_to(by, organisation):
        audit.record(f"suggestion.{act}", by=by, subject=challenge, on_behalf_of=organisation.id, profile=profile.id)


def _shortlisting(challenge: Challenge, profile: Profile) -> Shortlisting | None:
    return db.session.scalar(select(Shortlisting).where(Shortlisting.challenge_id == challenge.id, Shortlisting.profile_id == profile.id))


def _dismissal(challenge: Challenge, profile: Profile, side: str) -> Dismissal | None:
    return db.session.scalar(select(Dismissal).where(Dismissal.challenge_id == challenge.id, Dismissal.profile_id == profile.id, Dismissal.side == side))
