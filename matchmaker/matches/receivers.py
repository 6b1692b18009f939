"""What this room does when it hears news from below: mark at once what no longer holds, and let a worker do the reading."""

from collections.abc import Sequence

from sqlalchemy import select

from matchmaker.challenges.events import ChallengeEdited, ChallengeEnded, ChallengePublished, ChallengesPublished
from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db
from matchmaker.core.events import receives
from matchmaker.core.imports.importers import holds
from matchmaker.core.queue import enqueue, enqueue_once
from matchmaker.matches import suggesting
from matchmaker.matches.models import Interest, Introduction, Recommendation, Shortlisting
from matchmaker.profiles.events import ProfileHidden, ProfileListed, ProfilesHidden, ProfilesListed
from matchmaker.profiles.models import Profile

WRITTEN = (Introduction, Interest, Shortlisting, Recommendation)


@receives(ChallengePublished)
def rank_a_new_need(event: ChallengePublished) -> None:
    enqueue_once("matches.rank_challenge", challenge_id=event.challenge_id)


@receives(ChallengesPublished)
def rank_many_new_needs(event: ChallengesPublished) -> None:
    if event.challenge_ids:
        enqueue("matches.rank_challenges", challenge_ids=list(event.challenge_ids))


@receives(ChallengeEdited)
def rank_a_changed_need(event: ChallengeEdited) -> None:
    suggesting.mark_stale(challenge=db.session.get_one(Challenge, event.challenge_id))
    enqueue_once("matches.rank_challenge", challenge_id=event.challenge_id)


@receives(ChallengeEnded)
def forget_a_closed_need(event: ChallengeEnded) -> None:
    enqueue_once("matches.forget_challenge", challenge_id=event.challenge_id)


@receives(ProfileListed)
def place_a_profile(event: ProfileListed) -> None:
    suggesting.mark_stale(profile=db.session.get_one(Profile, event.profile_id))
    enqueue_once("matches.place_profile", profile_id=event.profile_id)


@receives(ProfilesListed)
def read_many_profiles(event: ProfilesListed) -> None:
    if event.profile_ids:
        enqueue("matches.read_profiles", profile_ids=list(event.profile_ids))


@receives(ProfileHidden)
def forget_a_hidden_profile(event: ProfileHidden) -> None:
    """The job finds the profile hidden, or gone, and takes it out."""
    suggesting.withdraw_profile(profile_id=event.profile_id)
    enqueue_once("matches.place_profile", profile_id=event.profile_id)


@receives(ProfilesHidden)
def forget_many_profiles(event: ProfilesHidden) -> None:
    enqueue_once("matches.mend_index")


@holds("profiles")
def profiles_people_write_about(ids: Sequence[int]) -> list[int]:
    """An import taken back must not take with it what people have written: a conversation, a sketch, a note, a recommendation."""
    return [number for kind in WRITTEN for number in db.session.scalars(select(kind.profile_id).where(kind.profile_id.in_(ids)))]


@holds("challenges")
def challenges_people_write_about(ids: Sequence[int]) -> list[int]:
    """The same from the other side."""
    return [number for kind in WRITTEN for number in db.session.scalars(select(kind.challenge_id).where(kind.challenge_id.in_(ids)))]
