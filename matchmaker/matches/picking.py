"""Finding one need or one profile among thousands, by a few letters of its name."""

from sqlalchemy import func, or_, select

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import OPEN
from matchmaker.core.database import db
from matchmaker.core.letters import begins_with_text, holds_text
from matchmaker.matches import rules
from matchmaker.matches.models import Suggestion
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.rules import belongs_to, memberships
from matchmaker.profiles.models import Profile

MOST, CLOSEST = 12, 6


def own_profile(user, wanted: int | None) -> Profile | None:
    """The wanted profile if the person may speak for it; without a wish, the profile of the first company they belong to. None otherwise."""
    if wanted is not None:
        profile = db.session.get(Profile, wanted)
        return profile if profile is not None and rules.speaks_for_offer(user, profile) else None
    organisations = [each.organisation_id for each in memberships(user)]
    found = db.session.scalars(select(Profile).where(Profile.organisation_id.in_(organisations)).order_by(Profile.id))
    return next((profile for profile in found.unique() if belongs_to(user, profile.organisation)), None)


def find_profiles(text: str) -> list[Profile]:
    """Listed profiles whose name holds the text; those that begin with it first. Twelve at most."""
    listed = (Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))
    found = select(Profile).where(*listed, holds_text(Profile.name, text))
    order = (begins_with_text(Profile.name, text).desc(), func.lower(Profile.name), Profile.id)
    return list(db.session.scalars(found.order_by(*order).limit(MOST)).unique())


def find_challenges(text: str) -> list[Challenge]:
    """Open needs whose title or municipality holds the text. Twelve at most."""
    held = or_(holds_text(Challenge.title, text), holds_text(Organisation.name, text))
    found = select(Challenge).join(Challenge.organisation).where(Challenge.state.in_(OPEN), held)
    order = (begins_with_text(Challenge.title, text).desc(), func.lower(Challenge.title), Challenge.id)
    return list(db.session.scalars(found.order_by(*order).limit(MOST)).unique())


def closest_profiles(challenge: Challenge) -> list[Suggestion]:
    """The nearest listed profiles for a need, however far; six at most."""
    return _closest(select(Suggestion).where(Suggestion.challenge_id == challenge.id).order_by(Suggestion.rank, Suggestion.id))


def closest_challenges(profile: Profile) -> list[Suggestion]:
    """The open needs a profile is nearest to, however far; six at most."""
    return _closest(select(Suggestion).where(Suggestion.profile_id == profile.id).order_by(Suggestion.score.desc(), Suggestion.id))


def _closest(statement) -> list[Suggestion]:
    open_to_both = (Profile.consent_at.is_not(None), Profile.hidden_at.is_(None), Challenge.state.in_(OPEN))
    found = statement.join(Suggestion.profile).join(Suggestion.challenge).where(*open_to_both).limit(CLOSEST)
    return list(db.session.scalars(found).unique())
