"""The verbs of suggestions: read texts into the index, rank, place, renew, forget, compute again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from time import monotonic

from sqlalchemy import delete, func, select, update
from sqlalchemy.sql.base import ExecutableOption

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.rules import is_public
from matchmaker.challenges.states import OPEN, State
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.engine.documents import Document
from matchmaker.engine.matcher import Match, Matcher
from matchmaker.matches import bridge
from matchmaker.matches.models import Dismissal, Interest, Introduction, Recommendation, Run, Shortlisting, Suggestion
from matchmaker.matches.reasons import explain_pair
from matchmaker.matches.states import Band
from matchmaker.profiles.models import Profile

KEPT = 50
"""Suggestions kept for a need, beside every pair somebody acted on."""
EXPLAINED = 20
"""How many get their reasons when they are ranked; the rest when somebody looks at them."""

NEED_TO_OFFERS = "need_to_offers"
OFFER_TO_NEEDS = "offer_to_needs"


def read_needs(challenges: Iterable[Challenge], progress: Callable[[int, int], None] | None = None) -> int:
    """Embed what is new or changed and publish it; how many texts were embedded."""
    return _read("need", [bridge.challenge_document(each) for each in challenges], progress)


def read_offers(profiles: Iterable[Profile], progress: Callable[[int, int], None] | None = None) -> int:
    """The same for profiles."""
    return _read("offer", [bridge.profile_document(each) for each in profiles], progress)


def _read(side, documents: list[Document], progress) -> int:
    matcher = bridge.matcher()
    documents = [each for each in documents if each.text.strip()]
    embedded = matcher.upsert(side, documents, progress)
    matcher.commit()
    return embedded


def rank_challenge(*, challenge: Challenge) -> Run | None:
    """Rank every listed profile for an open need and keep the best. None when the need is not open: its suggestions go, but stay as they are during evaluation.

    Dismissed pairs take no place; pairs somebody acted on are kept wherever they stand.
    """
    document = bridge.challenge_document(challenge)
    if challenge.state == State.UNDER_EVALUATION:
        return None
    if challenge.state not in OPEN or not document.text.strip():
        forget_challenge(challenge_id=challenge.id)
        return None
    started = monotonic()
    read_needs([challenge])
    matcher = bridge.matcher()
    dismissed = dismissed_profiles(challenge.id)
    acted = acted_profiles(challenge.id) - dismissed
    matches = [each for each in matcher.rank(document, top=KEPT + len(dismissed)) if int(each.id) not in dismissed][:KEPT]
    missing = {str(each) for each in acted} - {each.id for each in matches}
    matches += matcher.rank(document, top=len(missing), among=missing) if missing else []
    run = _run(matcher, NEED_TO_OFFERS, challenge.id, compared=matcher.status().offers)
    _keep(run, matcher, challenge, document, matches, spared=dismissed)
    run.seconds = round(monotonic() - started, 4)
    return run


def _keep(run: Run, matcher: Matcher, challenge: Challenge, document: Document, matches: Sequence[Match], spared: set[int]) -> None:
    profiles = listed_profiles(int(each.id) for each in matches)
    existing = {each.profile_id: each for each in db.session.scalars(select(Suggestion).where(Suggestion.challenge_id == challenge.id))}
    kept = set()
    for rank, match in enumerate((each for each in matches if int(each.id) in profiles), start=1):
        profile = profiles[int(match.id)]
        offer = bridge.profile_document(profile)
        suggestion = existing.get(profile.id) or Suggestion(challenge_id=challenge.id, profile_id=profile.id)
        fill(suggestion, run=run, match=match, rank=rank, need=document, offer=offer, current=matcher.has("offer", offer))
        if rank <= EXPLAINED:
            suggestion.reasons = explain_pair(matcher, challenge, profile)
        db.session.add(suggestion)
        kept.add(profile.id)
    for profile_id, suggestion in existing.items():
        if profile_id not in kept and profile_id not in spared:
            db.session.delete(suggestion)
    db.session.flush()


def fill(suggestion: Suggestion, *, run: Run, match: Match, rank: int, need: Document, offer: Document, current: bool = True) -> None:
    """Write one result into its row. `current`: the index holds this very text of the offer; stale from the start where not."""
    suggestion.run, suggestion.rank = run, rank
    suggestion.score, suggestion.band, suggestion.parts = match.score, Band(match.band), match.parts
    suggestion.need_hash, suggestion.offer_hash = need.hash, offer.hash
    suggestion.reasons = {}
    suggestion.stale_at = None if current else now()


def place_profile(*, profile: Profile) -> Run | None:
    """Read one profile and put it where it belongs among the suggestions of every open need; None when it is not listed."""
    document = bridge.profile_document(profile)
    if not profile.listed or not document.text.strip():
        forget_profile(profile_id=profile.id)
        return None
    started = monotonic()
    read_offers([profile])
    matcher = bridge.matcher()
    ranked = {int(each.id): each for each in matcher.rank_needs(document, top=matcher.status().needs)}
    run = _run(matcher, OFFER_TO_NEEDS, profile.id, compared=len(ranked))
    existing = {each.challenge_id: each for each in db.session.scalars(select(Suggestion).where(Suggestion.profile_id == profile.id))}
    lowest = _lowest_kept(ranked)
    wanted = [number for number, match in ranked.items() if number in existing or match.score > lowest.get(number, -1.0)]
    for challenge in open_challenges(wanted):
        suggestion = existing.get(challenge.id) or Suggestion(challenge_id=challenge.id, profile_id=profile.id)
        match = ranked[challenge.id]
        fill(suggestion, run=run, match=match, rank=match.rank, need=bridge.challenge_document(challenge), offer=document)
        db.session.add(suggestion)
    run.seconds = round(monotonic() - started, 4)
    db.session.flush()
    return run


def _lowest_kept(challenge_ids: Iterable[int]) -> dict[int, float]:
    """The score to beat, for needs whose list is full."""
    counted = select(Suggestion.challenge_id, func.min(Suggestion.score)).where(Suggestion.challenge_id.in_(list(challenge_ids)))
    return {number: score for number, score in db.session.execute(counted.group_by(Suggestion.challenge_id).having(func.count() >= KEPT))}


def forget_profile(*, profile_id: int) -> None:
    """Out of the index and out of every list of suggestions; what people wrote and did stays."""
    _forget("offer", profile_id)
    withdraw_profile(profile_id=profile_id)


def withdraw_profile(*, profile_id: int) -> None:
    """Out of every list of suggestions at once; the index follows in a job."""
    db.session.execute(delete(Suggestion).where(Suggestion.profile_id == profile_id).execution_options(synchronize_session=False))


def forget_challenge(*, challenge_id: int) -> None:
    """Out of every list of suggestions. What is still public stays in the index: whoever writes the same need is to find it."""
    challenge = db.session.get(Challenge, challenge_id)
    if challenge is None or not is_public(challenge):
        _forget("need", challenge_id)
    db.session.execute(delete(Suggestion).where(Suggestion.challenge_id == challenge_id).execution_options(synchronize_session=False))


def _forget(side, number: int) -> None:
    matcher = bridge.matcher()
    matcher.remove(side, [str(number)])
    matcher.commit()


def mark_stale(*, challenge: Challenge | None = None, profile: Profile | None = None) -> None:
    """Suggestions made from another wording than the present one are stale from now until they are renewed."""
    change = update(Suggestion).where(Suggestion.stale_at.is_(None)).values(stale_at=now()).execution_options(synchronize_session=False)
    if challenge is not None:
        db.session.execute(change.where(Suggestion.challenge_id == challenge.id, Suggestion.need_hash != bridge.challenge_document(challenge).hash))
    if profile is not None:
        db.session.execute(change.where(Suggestion.profile_id == profile.id, Suggestion.offer_hash != bridge.profile_document(profile).hash))


def mark_outdated(challenge_ids: Iterable[int]) -> None:
    """Suggestions made by another recipe than today's are stale until they are renewed."""
    change = update(Suggestion).where(Suggestion.challenge_id.in_(list(challenge_ids)), Suggestion.stale_at.is_(None))
    db.session.execute(change.values(stale_at=now()).execution_options(synchronize_session=False))


def lacks_reasons(suggestion: Suggestion) -> bool:
    return not suggestion.reasons and suggestion.stale_at is None


def explain_missing(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Fill in the reasons of those that have none yet; the ones that were filled in. Never waits for the model: what would have to is left out."""
    without = [each for each in suggestions if lacks_reasons(each) and _readable(each)]
    for suggestion in without:
        suggestion.reasons = explain_pair(bridge.matcher(), suggestion.challenge, suggestion.profile)
    return without


def _readable(suggestion: Suggestion) -> bool:
    need, offer = bridge.challenge_document(suggestion.challenge), bridge.profile_document(suggestion.profile)
    return bridge.readable("need", need) and bridge.readable("offer", offer)


def recompute(suggestion: Suggestion) -> Match | None:
    """The same pair ranked again with the index as it stands; None when the profile is no longer in it. Changes nothing."""
    document = bridge.challenge_document(suggestion.challenge)
    return next(iter(bridge.matcher().rank(document, top=1, among={str(suggestion.profile_id)})), None)


def _run(matcher: Matcher, direction: str, subject_id: int, *, compared: int) -> Run:
    recipe = matcher.recipe
    run = Run(
        direction=direction,
        subject_id=subject_id,
        model=recipe.model,
        recipe=asdict(recipe),
        recipe_hash=recipe.hash,
        generation=str(matcher.status().generation),
        compared=compared,
    )
    db.session.add(run)
    return run


def listed_profiles(numbers: Iterable[int], *options: ExecutableOption) -> dict[int, Profile]:
    """Those of the profiles that are listed, by number; `options` say what comes with them."""
    found = select(Profile).where(Profile.id.in_(list(numbers)), Profile.consent_at.is_not(None), Profile.hidden_at.is_(None)).options(*options)
    return {each.id: each for each in db.session.scalars(found)}


def open_challenges(numbers: Iterable[int]) -> list[Challenge]:
    return list(db.session.scalars(select(Challenge).where(Challenge.id.in_(list(numbers)), Challenge.state.in_(OPEN)).order_by(Challenge.id)))


def dismissed_profiles(challenge_id: int) -> set[int]:
    """What the need's owner has said no to."""
    return set(db.session.scalars(select(Dismissal.profile_id).where(Dismissal.challenge_id == challenge_id, Dismissal.side == "need")))


def acted_profiles(challenge_id: int) -> set[int]:
    """Every profile somebody has done something about for this need."""
    parts = [select(kind.profile_id).where(kind.challenge_id == challenge_id) for kind in (Shortlisting, Dismissal, Recommendation, Introduction, Interest)]
    return set(db.session.scalars(parts[0].union(*parts[1:])))
