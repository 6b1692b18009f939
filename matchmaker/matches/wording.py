"""The first words of an introduction, which people change as they like."""

from flask_babel import gettext as _

from matchmaker.challenges.models import Challenge
from matchmaker.core.texts import clean_line
from matchmaker.matches.models import Suggestion
from matchmaker.profiles.models import Profile

MOST_QUOTES = 3


def first_message(challenge: Challenge, profile: Profile, suggestion: Suggestion | None, *, ask: str = "", name: str = "") -> str:
    """Kind and short, in the reader's language of the moment; names what the profile says that answers the need, and asks `ask` where given."""
    greeting = _("Hei, %(company)s", company=profile.name)
    why = _("Vi har et behov vi tror dere kan hjelpe oss med: «%(need)s».", need=challenge.title)
    quotes = said_by_offer(suggestion)
    because = [_("Vi la merke til at dere skriver:"), *(f"– «{quote}»" for quote in quotes)] if quotes else []
    question = clean_line(ask)[:500]
    asked = [_("Vi lurer også på dette: «%(question)s» Er det noe dere kan?", question=question)] if question else []
    invitation = _("Har dere lyst til å ta en uforpliktende prat? Svar gjerne her.")
    parts = [greeting, why, "\n".join(because), *asked, invitation, _("Hilsen %(name)s, %(who)s", name=name, who=challenge.organisation.display_name)]
    return "\n\n".join(filter(None, parts))


def said_by_offer(suggestion: Suggestion | None) -> list[str]:
    """The quoted sentences of the offer in the suggestion's reasons, best first; none where there is no suggestion."""
    pairs = (suggestion.reasons or {}).get("pairs", []) if suggestion else []
    return [clean_line(pair["quote"]) for pair in pairs if pair.get("quote")][:MOST_QUOTES]
