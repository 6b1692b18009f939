"""Background work of this room: read texts, rank needs, place profiles, mend the index. Each may be run again after a crash."""

from collections.abc import Callable
from datetime import timedelta
from time import sleep

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import OPEN
from matchmaker.core.clock import now
from matchmaker.core.database import db, transaction
from matchmaker.core.queue import Job, enqueue_once, every, handles
from matchmaker.matches import bridge, mending, suggesting
from matchmaker.matches.models import Run, Suggestion
from matchmaker.profiles.models import Profile

CHUNK = 256
"""Texts read between two commits of an import: what a killed worker has to read again at most."""
TRIES = 4
TOGETHER = 5
"""Profiles waiting beside one from which they are read together."""
MOST_TOGETHER = 500
STALE_TOO_LONG = timedelta(minutes=15)


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
    """Needs that wait beside one that was not read yet are read along with it: one commit of the index for all."""
    _wait_for_the_model(job)
    challenge = db.session.get(Challenge, challenge_id)
    if challenge is not None and not bridge.matcher().has("need", bridge.challenge_document(challenge)):
        suggesting.read_needs(suggesting.open_challenges(_waiting(job, "challenge_id").values()))
    carefully(lambda: _rank(challenge_id))


@handles("matches.place_profile")
def place_profile(job: Job, *, profile_id: int) -> None:
    """Where many profiles wait, they are read together, and every open need is ranked anew once instead of placing them one by one."""
    _wait_for_the_model(job)
    waiting = _waiting(job, "profile_id")
    if len(waiting) < TOGETHER:
        carefully(lambda: _place(profile_id))
        return
    numbers = {profile_id, *waiting.values()}
    listed = suggesting.listed_profiles(numbers)
    suggesting.read_offers(listed.values())
    for number in numbers - listed.keys():
        suggesting.forget_profile(profile_id=number)
    done = update(Job).where(Job.id.in_(list(waiting)), Job.state == "queued").values(state="done", finished_at=now())
    db.session.execute(done.execution_options(synchronize_session=False))
    enqueue_once("matches.renew_all")


def _waiting(job: Job, argument: str) -> dict[int, int]:
    """Number of the job → what it is about, for jobs of the same kind that nobody has begun."""
    found = select(Job.id, Job.arguments).where(Job.kind == job.kind, Job.state == "queued", Job.id != job.id).order_by(Job.id).limit(MOST_TOGETHER)
    return {number: arguments[argument] for number, arguments in db.session.execute(found)}


def _wait_for_the_model(job: Job) -> None:
    """Say on the page that waits that the model is being loaded; it takes seconds, once in the worker's life."""
    if bridge.door().state != "cold" and bridge.door().state != "loading":
        return
    job.message = "loading"
    db.session.commit()
    bridge.door().load()
    while bridge.door().state == "loading":
        sleep(0.2)
    job.message = ""
    db.session.commit()


@handles("matches.rank_challenges")
def rank_challenges(job: Job, *, challenge_ids: list[int]) -> None:
    """Read many new needs in chunks, and rank each. Goes on from `job.position`; what a dead worker had read is not read again."""
    while job.position < len(challenge_ids):
        chunk = challenge_ids[job.position : job.position + CHUNK]
        suggesting.read_needs(suggesting.open_challenges(chunk))
        for number in chunk:
            carefully(lambda: _rank(number))  # noqa: B023 - called at once
            job.advance(job.position + 1, len(challenge_ids))
            db.session.commit()


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


@handles("matches.rebuild_index")
def rebuild_index(job: Job) -> None:
    """Read every text again. What others read meanwhile went to the old index: it is found by comparison at once, so that nobody misses it."""

    def progress(done: int, total: int) -> None:
        job.advance(done, total)
        db.session.commit()

    _wait_for_the_model(job)
    mending.mend(progress, everything=True)
    db.session.commit()
    mending.mend()
    enqueue_once("matches.renew_all")


@every(minutes=10)
def look_after_the_index() -> None:
    with transaction():
        if mending.differences():
            enqueue_once("matches.mend_index")
        for number in _left_stale():
            enqueue_once("matches.rank_challenge", challenge_id=number)
        if outdated := _of_another_recipe():
            suggesting.mark_outdated(outdated)
            enqueue_once("matches.renew_all")
        mending.forget_old_runs()


def _of_another_recipe() -> list[int]:
    """Open needs that were last ranked with another model, other weights or another calibration than this version's."""
    newest = select(func.max(Run.id)).where(Run.direction == suggesting.NEED_TO_OFFERS).group_by(Run.subject_id)
    ranked = select(Run.subject_id).where(Run.id.in_(newest), Run.recipe_hash != bridge.matcher().recipe.hash)
    return list(db.session.scalars(select(Challenge.id).where(Challenge.id.in_(ranked), Challenge.state.in_(OPEN))))


def _left_stale() -> list[int]:
    """Open needs with suggestions that a job should have renewed long ago: it failed, and nobody else will ask."""
    late = (Suggestion.stale_at < now() - STALE_TOO_LONG, Challenge.state.in_(OPEN))
    return list(db.session.scalars(select(Suggestion.challenge_id).join(Suggestion.challenge).where(*late).distinct().limit(MOST_TOGETHER)))


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
