"""Which facts of an ability fit a need, in words short enough for a tag."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.challenges.models import Challenge
from matchmaker.core.reference import MATURITY, counties, main_themes, place_name, sdgs, themes
from matchmaker.matches.counting import in_words
from matchmaker.profiles.models import Profile

NORWEGIAN = {"nb", "nn"}
MOST_THEMES = 2


@dataclass(frozen=True)
class Fact:
    """`fits`: True speaks for, False speaks against, None only informs."""

    kind: str
    text: str
    fits: bool | None = None


def facts_that_fit(challenge: Challenge, profile: Profile) -> list[Fact]:
    """Maturity, references, room for a pilot, place, language, themes and goals: what either side has stated, and no more."""
    found = [_maturity(challenge, profile), _references(profile), _capacity(profile), _place(challenge, profile), _language(profile)]
    shared = [theme for theme in profile.themes or () if theme in (challenge.themes or ())]
    found += [Fact("theme", name_of_theme(theme), True) for theme in shared[:MOST_THEMES]]
    goals = [goal for goal in challenge.sdgs or () if goal in (profile.sdgs or ()) and goal in sdgs()]
    found += [Fact("sdg", _("Mål %(number)s: %(name)s", number=goal, name=sdgs()[goal].name), True) for goal in goals[:1]]
    return [fact for fact in found if fact is not None]


def name_of_theme(theme: str) -> str:
    found = main_themes().get(theme) or themes().get(theme)
    return found.name if found else theme


def _maturity(challenge: Challenge, profile: Profile) -> Fact | None:
    if profile.maturity is None:
        return None
    wanted = challenge.maturity_wanted
    return Fact("maturity", str(MATURITY[profile.maturity]), None if wanted is None else profile.maturity >= wanted)


def _references(profile: Profile) -> Fact | None:
    count = len(profile.references)
    if not count:
        return None
    verified = sum(each.verified_at is not None for each in profile.references)
    text = ngettext("Én referanse", "%(words)s referanser", count, words=in_words(count).capitalize())
    if verified:
        text = _("%(references)s, %(verified)s bekreftet", references=text, verified=in_words(verified))
    return Fact("references", text, True if verified else None)


def _capacity(profile: Profile) -> Fact | None:
    if profile.capacity is None:
        return None
    if profile.capacity <= 0:
        return Fact("capacity", _("Ikke plass til nye piloter nå"), False)
    return Fact("capacity", ngettext("Plass til én ny pilot", "Plass til %(words)s nye piloter", profile.capacity, words=in_words(profile.capacity)), True)


def _place(challenge: Challenge, profile: Profile) -> Fact | None:
    home = challenge.organisation.municipality_number
    if not profile.places:
        return None
    if home in profile.places:
        return Fact("place", _("Tilbyr i %(place)s", place=place_name(home)), True)
    if home[:2] in profile.places:
        return Fact("place", _("Tilbyr i %(place)s", place=counties().get(home[:2], home[:2])), True)
    if home:
        return Fact("place", _("Tilbyr ikke i %(place)s", place=place_name(home)), False)
    return None


def _language(profile: Profile) -> Fact | None:
    if not profile.languages or NORWEGIAN & set(profile.languages):
        return None
    return Fact("language", _("Ikke på norsk"), False)
