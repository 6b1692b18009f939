"""Texts of one side that say the same: how alike, in words."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import lazyload, raiseload

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import PUBLIC
from matchmaker.core.database import db
from matchmaker.engine.documents import Document
from matchmaker.engine.matcher import Match, Matcher
from matchmaker.matches import bridge
from matchmaker.matches.states import Band
from matchmaker.matches.suggesting import listed_profiles
from matchmaker.profiles.models import Profile

MOST = 5
LEAST_MEANT = 0.015
"""Chance of a match below which a need or a profile has nothing to do with what was searched for. A few words say less than a whole need does, so that this
lies far below the bands; set by hand on searches of one to four words."""
SHARE_OF_BEST = 0.25
"""Of the best hit's chance that another one must have."""


@dataclass(frozen=True)
class Like:
    """`very`: so alike that it may be the same."""

    item: Any
    very: bool


def challenges_like(text: str, *, exclude: int | None = None) -> list[Like]:
    """Up to five public needs, open or ended, that ask for much the same as `text`, the most alike first. Needs the model."""
    matches = bridge.matcher().similar("need", text, "", top=MOST, exclude=[str(exclude)] if exclude else [])
    wanted = {int(each.id): each for each in matches if each.band != Band.NONE}
    found = {each.id: each for each in db.session.scalars(select(Challenge).where(Challenge.id.in_(list(wanted)), Challenge.state.in_(PUBLIC)))}
    return [Like(found[number], match.band == Band.STRONG) for number, match in wanted.items() if number in found]


def profiles_like(profile: Profile, most: int = 10) -> list[Like]:
    """Listed profiles that offer much the same, the most alike first."""
    document = bridge.profile_document(profile)
    if not document.text.strip() or not bridge.readable("offer", document):
        return []
    matches = bridge.matcher().similar("offer", document, top=most, exclude=[document.id])
    found = listed_profiles(int(each.id) for each in matches)
    return [Like(found[int(match.id)], match.band == Band.STRONG) for match in matches if int(match.id) in found and match.band != Band.NONE]


def meaning(text: str, *, about: int | None = None, most: int = MOST) -> list[Challenge | Profile]:
    """Public needs that ask for what `text` says, then listed profiles that could answer it, without requirements and references. Needs the model.

    `about`: the number of a need that has the very words; it says better than a word or two what profiles should answer (pseudo-relevance feedback,
    Rocchio 1971).
    """
    matcher = bridge.matcher()
    kept, key = bridge.door().meant, (text, about, most)
    needs, offers = kept.get(matcher.generation, key, lambda: _numbers(matcher, text, about, most))
    public = select(Challenge).where(Challenge.id.in_(needs), Challenge.state.in_(PUBLIC)).options(raiseload(Challenge.requirements))
    asked = {each.id: each for each in db.session.scalars(public)}
    offered = listed_profiles(offers, raiseload(Profile.references), lazyload(Profile.organisation))
    return [asked[number] for number in needs if number in asked] + [offered[number] for number in offers if number in offered]


def _numbers(matcher: Matcher, text: str, about: int | None, most: int) -> tuple[list[int], list[int]]:
    asking = meant(matcher.similar("need", text, top=most))
    try:
        if about is not None:
            return asking, [int(each.id) for each in matcher.rank(str(about), top=most, glance=True) if each.band != Band.NONE]
    except KeyError:  # it is not in the index yet, or any longer
        pass
    return asking, meant(matcher.rank(Document("", text), top=most, glance=True))


def meant(hits: list[Match]) -> list[int]:
    """The numbers of those that have to do with it."""
    least = max([LEAST_MEANT, *(SHARE_OF_BEST * each.score for each in hits)])
    return [int(each.id) for each in hits if each.score >= least]
