"""Writing on one's own draft by the private address: for whoever takes part and has no account."""

from dataclasses import replace

from matchmaker.challenges.refusals import EditedMeanwhile
from matchmaker.challenges.services import edit_challenge
from matchmaker.core import audit
from matchmaker.core.database import db
from matchmaker.meetings import rules
from matchmaker.meetings.models import Participant
from matchmaker.meetings.refusals import NotTheirs, WishesClosed
from matchmaker.organisations.queries import members
from matchmaker.profiles.content import content_of
from matchmaker.profiles.queries import was_listed
from matchmaker.profiles.services import edit_profile


def describes(participant: Participant) -> bool:
    """As `rules.may_describe` says it, of what is kept."""
    listed = participant.profile is not None and was_listed(participant.profile)
    return rules.may_describe(participant, members(participant.organisation), was_listed=listed)


def describe(*, participant: Participant, words: str, title: str = "", version: int, by) -> None:
    """The need of a department's draft with its title, or a company's summary; nothing is published. `version`: the draft's, as the page showed it.

    Raises NotTheirs where `describes` says no, WishesClosed after the last day for wishes, and EditedMeanwhile when somebody has saved in between.
    """
    if not describes(participant):
        raise NotTheirs
    if not rules.takes_wishes(participant.event):
        raise WishesClosed
    if participant.challenge is not None:
        changed = bool(edit_challenge(challenge=participant.challenge, by=by, content={"title": title, "need": words}, version=version))
    else:
        profile = participant.profile
        assert profile is not None  # the constraint "side" says so
        if changed := profile.summary != words:
            if profile.version != version:
                raise EditedMeanwhile
            edit_profile(profile=profile, content=replace(content_of(profile), summary=words), by=by)
    if changed:
        audit.record("event draft described", by=by, subject=participant.event, who=participant.name)
        db.session.flush()
