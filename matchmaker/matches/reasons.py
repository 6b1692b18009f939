"""Why a pair is suggested, as it is kept with the suggestion: sentence pairs, what is asked and not offered, and the engine's facts.

`{"pairs": [P], "answers": [P], "unmet": [{"need": [field, start, end], "asked": str}], "facts": [{"kind", "fits", "values"}]}` where P is
`{"need": [field, start, end], "asked": str, "offer": [field, start, end], "quote": str, "strength": float}`; offsets count characters of
the field. `pairs` are the reasons; `answers` has the nearest sentence for every sentence that is answered at all.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from matchmaker.challenges.models import Challenge
from matchmaker.engine.coverage import is_silent
from matchmaker.engine.matcher import Matcher
from matchmaker.matches import bridge
from matchmaker.matches.fields import Reading, asks, read_challenge, read_profile
from matchmaker.profiles.models import Profile

Marks = dict[str, list[tuple[int, int, int | None]]]
MOST_UNMET = 3


@dataclass(frozen=True)
class Reason:
    """One sentence of the need and what the offer says to it: one quote, sometimes two."""

    number: int
    asked: str
    quotes: tuple[str, ...]

    @property
    def quote(self) -> str:
        return " ".join(self.quotes)


def explain_pair(matcher: Matcher, challenge: Challenge, profile: Profile) -> dict[str, Any]:
    """Ask the engine, and say where in which field each sentence stands. A sentence that has a reason is never unmet as well."""
    need, offer = read_challenge(challenge), read_profile(profile)
    found = matcher.explain(bridge.challenge_document(challenge), bridge.profile_document(profile))
    pairs, answers = _placed(need, offer, found.pairs), _placed(need, offer, found.answers)
    given = {tuple(pair["need"]) for pair in pairs}
    silent = [pair for pair in answers if tuple(pair["need"]) not in given and _is_demand(pair["need"]) and is_silent(pair["asked"], offer.text)]
    return {
        "pairs": pairs,
        "answers": [pair for pair in answers if pair not in silent],
        "unmet": _demands_first([*_unmet(need, found.unmet, given), *({"need": pair["need"], "asked": pair["asked"]} for pair in silent)]),
        "facts": [{"kind": hit.kind, "fits": hit.fits, "values": list(hit.values)} for hit in found.facts],
    }


def _placed(need: Reading, offer: Reading, pairs: Iterable) -> list[dict[str, Any]]:
    """Pairs of spans as fields and offsets with their words; one that crosses a field's edge is left out."""
    placed = []
    for pair in pairs:
        asked, given = need.place(*pair.need), offer.place(*pair.offer)
        if asked and given:
            words = {"asked": pair.need.of(need.text), "quote": pair.offer.of(offer.text)}
            placed.append({"need": list(astuple(asked)), "offer": list(astuple(given)), "strength": pair.strength, **words})
    return placed


def _unmet(need: Reading, spans: Iterable, given: set[tuple]) -> list[dict[str, Any]]:
    places = [(place, span.of(need.text)) for span in spans if (place := need.place(*span)) and astuple(place) not in given]
    return [{"need": list(astuple(place)), "asked": text} for place, text in places if asks(place.field, text)]


def _demands_first(unmet: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What somebody has written as a demand is asked for the loudest."""
    return sorted(unmet, key=lambda each: not _is_demand(each["need"]))


def _is_demand(place: list) -> bool:
    return place[0].startswith("requirement")


def reasons_of(kept: dict[str, Any] | None) -> list[Reason]:
    """The kept pairs, numbered from 1 in the order the need asks; quotes for one and the same sentence stand together."""
    pairs = (kept or {}).get("pairs", [])
    return [
        Reason(
            number,
            next(pair["asked"] for pair in pairs if tuple(pair["need"]) == place),
            tuple(pair["quote"] for pair in pairs if tuple(pair["need"]) == place),
        )
        for place, number in _numbers(kept).items()
    ]


def unmet_of(kept: dict[str, Any] | None, most: int = MOST_UNMET) -> list[str]:
    return [each["asked"] for each in (kept or {}).get("unmet", [])[:most]]


def need_marks(kept: dict[str, Any] | None, *, most_unmet: int = MOST_UNMET) -> Marks:
    """Field → (start, end, number) in the need; number None for what is asked and not offered."""
    marks: Marks = {}
    for place, number in _numbers(kept).items():
        marks.setdefault(place[0], []).append((place[1], place[2], number))
    for each in (kept or {}).get("unmet", [])[:most_unmet]:
        field, start, end = each["need"]
        marks.setdefault(field, []).append((start, end, None))
    return marks


def offer_marks(kept: dict[str, Any] | None) -> Marks:
    """Field → (start, end, number) in the profile."""
    numbers = _numbers(kept)
    marks: Marks = {}
    for pair in (kept or {}).get("pairs", []):
        field, start, end = pair["offer"]
        marks.setdefault(field, []).append((start, end, numbers[tuple(pair["need"])]))
    return marks


ORDER = ("title", "need", "situation", "effect", "affected", "requirement")


def _numbers(kept: dict[str, Any] | None) -> dict[tuple[str, int, int], int]:
    places = {tuple(pair["need"]) for pair in (kept or {}).get("pairs", [])}
    ordered = sorted(places, key=lambda place: (ORDER.index(place[0].split("-")[0]), place[0], place[1]))
    return {place: number for number, place in enumerate(ordered, start=1)}
