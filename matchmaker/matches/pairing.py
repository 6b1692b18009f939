"""One need and one ability, fetched together."""

from dataclasses import dataclass

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db
from matchmaker.profiles.models import Profile


@dataclass(frozen=True)
class Pairing:
    challenge: Challenge
    profile: Profile


def pairing(challenge_id: int, profile_id: int) -> Pairing | None:
    """None when either does not exist."""
    challenge, profile = db.session.get(Challenge, challenge_id), db.session.get(Profile, profile_id)
    return Pairing(challenge, profile) if challenge and profile else None
