"""The first words of an introduction, which people change as they like."""

from collections.abc import Sequence

from flask_babel import gettext as _

from matchmaker.challenges.models import Challenge
from matchmaker.core.texts import clean_line
from matchmaker.matches.models import Suggestion
from matchmaker.profiles.models import Profile

MOST_QUOTES = MOST_QUESTIONS = 3


def first_message(challenge: Challenge, profile: Profile, suggestion: Suggestion | None, *, ask: Sequence[str] = (), name: str = "") -> str:
    """Kind and short, in the reader's language of the moment; names what the profile says that answers the need, and asks each of `ask`."""
    greeting = _("Hei, %(company)s", company=profile.name)
    why = _("Vi har et behov vi tror dere kan hjelpe oss med: «%(need)s».", need=challenge.title)
    quotes = said_by_offer(suggestion)
    because = [_("Vi la merke til at dere skriver:"), *_listed(quotes)] if quotes else []
    questions = [question for each in ask[:MOST_QUESTIONS] if (question := clean_line(each)[:500])]
    asked = [_("Vi lurer også på dette:"), *_listed(questions), _("Er det noe dere kan?")] if questions else []
    invitation = _("Har dere lyst til å ta en uforpliktende prat? Svar gjerne her.")
    parts = [greeting, why, "\n".join(because), "\n".join(asked), invitation, _("Hilsen %(name)s, %(who)s", name=name, who=challenge.organisation.display_name)]
    return "\n\n".join(filter(None, parts))


def _listed(sentences: list[str]) -> list[str]:
    return [f"– «{each}»" for each in sentences]


def said_by_offer(suggestion: Suggestion | None) -> list[str]:
    """The quoted sentences of the offer in the suggestion's reasons, best first; none where there is no suggestion."""
    pairs = (suggestion.reasons or {}).get("pairs", []) if suggestion else []
    return [clean_line(pair["quote"]) for pair in pairs if pair.get("quote")][:MOST_QUOTES]
