"""Background work of this room: read texts, rank needs, place profiles, mend the index. Each may be run again after a crash."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db, transaction
from matchmaker.core.queue import Job, enqueue_once, every, handles
from matchmaker.matches import mending, suggesting
from matchmaker.profiles.models import Profile

CHUNK = 256
"""Texts read between two commits of an import: what a killed worker has to read again at most."""
TRIES = 4


def carefully(action: Callable[[], object]) -> None:
    """Do and commit. Two workers may write the same pair at once; the one that loses looks again at what stands now."""
    for attempt in range(1, TRIES + 1):
        try:
            action()
            db.session.commit()
            return
        except (IntegrityError, StaleDataError, OperationalError):
            db.session.rollback()
            if attempt == TRIES:
                raise


@handles("matches.rank_challenge")
def rank_challenge(job: Job, *, challenge_id: int) -> None:
    carefully(lambda: _rank(challenge_id))


@handles("matches.place_profile")
def place_profile(job: Job, *, profile_id: int) -> None:
    carefully(lambda: _place(profile_id))


@handles("matches.forget_challenge")
def forget_challenge(job: Job, *, challenge_id: int) -> None:
    carefully(lambda: suggesting.forget_challenge(challenge_id=challenge_id))


@handles("matches.read_profiles")
def read_profiles(job: Job, *, profile_ids: list[int]) -> None:
    """Read many profiles in chunks, then let every open need be ranked again once. Goes on from `job.position`."""
    while job.position < len(profile_ids):
        chunk = profile_ids[job.position : job.position + CHUNK]
        suggesting.read_offers(suggesting.listed_profiles(chunk).values())
        job.advance(job.position + len(chunk), len(profile_ids))
        db.session.commit()
    enqueue_once("matches.renew_all")


@handles("matches.renew_all")
def renew_all(job: Job) -> None:
    """Rank every open need anew. Goes on from `job.position`, which counts needs in the order of their numbers."""
    numbers = mending.open_numbers()
    for number in numbers[job.position :]:
        carefully(lambda: _rank(number))  # noqa: B023 - called at once
        job.advance(job.position + 1, len(numbers))
        db.session.commit()


@handles("matches.mend_index")
def mend_index(job: Job) -> None:
    """Compare the database with the index; read, remove and rank what differs."""
    if mending.mend(progress=job.advance):
        enqueue_once("matches.renew_all")


@every(minutes=10)
def look_after_the_index() -> None:
    with transaction():
        if mending.differences():
            enqueue_once("matches.mend_index")
        mending.forget_old_runs()


def _rank(number: int) -> None:
    challenge = db.session.get(Challenge, number)
    if challenge is None:
        suggesting.forget_challenge(challenge_id=number)
    else:
        suggesting.rank_challenge(challenge=challenge)


def _place(number: int) -> None:
    profile = db.session.get(Profile, number)
    if profile is None:
        suggesting.forget_profile(profile_id=number)
    else:
        suggesting.place_profile(profile=profile)
