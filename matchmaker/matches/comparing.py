"""A comparison: each sentence the need asks, and what each company says about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.challenges.models import Challenge
from matchmaker.engine.explain import MET
from matchmaker.matches.fields import asks
from matchmaker.matches.models import Suggestion
from matchmaker.matches.reasons import ORDER
from matchmaker.matches.suggestion_queries import Card


@dataclass(frozen=True)
class Row:
    """`answers` in the order of the companies: their quotes, none where they say nothing about it. `unmet`: nobody answers."""

    asked: str
    answers: tuple[tuple[str, ...], ...]

    @property
    def unmet(self) -> bool:
        return not any(self.answers)


def rows(challenge: Challenge, suggestions: Sequence[Suggestion]) -> list[Row]:
    """Every sentence that one of them answers or leaves open, in the need's own order."""
    asked: dict[tuple, str] = {}
    for suggestion in suggestions:
        kept = suggestion.reasons or {}
        for pair in [*kept.get("pairs", []), *(each for each in kept.get("answers", []) if _asks(each))]:
            asked[tuple(pair["need"])] = pair["asked"]
        for each in kept.get("unmet", []):
            if _asks(each):
                asked[tuple(each["need"])] = each["asked"]
    ordered = sorted(asked, key=lambda place: (ORDER.index(place[0].split("-")[0]), place[0], place[1]))
    return [Row(asked[place], tuple(_quotes(each, place) for each in suggestions)) for place in ordered]


def _asks(each: dict) -> bool:
    return asks(each["need"][0], each["asked"])


def _quotes(suggestion: Suggestion, place: tuple) -> tuple[str, ...]:
    """The reasons for this sentence; where it is none, the sentence that comes nearest. What is too far off to be an answer is none."""
    kept = suggestion.reasons or {}
    for kind in ("pairs", "answers"):
        found = tuple(pair["quote"] for pair in kept.get(kind, []) if tuple(pair["need"]) == place and pair["strength"] >= MET)
        if found:
            return found
    return ()


def fact_rows(cards: Sequence[Card]) -> list[tuple[str, list[list]]]:
    """(kind in words, the facts of each company), kinds that nobody states left out."""
    names = {
        "maturity": _("Modenhet"),
        "references": _("Referanser"),
        "capacity": _("Plass nå"),
        "place": _("Sted"),
        "language": _("Språk"),
        "theme": _("Felles tema"),
        "sdg": _("Felles bærekraftsmål"),
    }
    found = [(name, [[fact for fact in card.facts if fact.kind == kind] for card in cards]) for kind, name in names.items()]
    return [(name, facts) for name, facts in found if any(facts)]
