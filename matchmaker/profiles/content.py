"""What a person may write in a profile, apart from how it is kept."""

from dataclasses import dataclass, field, fields
from typing import Any

from matchmaker.profiles.models import Profile

TEXT_LIMIT = 10_000
MOST_REFERENCES = 12
MOST_LINKS = 5
MOST_KEYWORDS = 25
LANGUAGES = ("nb", "nn", "en", "se", "sv", "da", "de", "pl", "uk", "ar", "so")
"""Languages a solution may be offered in, as the form lists them (ISO 639-1)."""


@dataclass(frozen=True)
class ReferenceContent:
    customer: str
    period: str = ""
    result: str = ""
    link: str = ""
    id: int | None = None

    @property
    def said(self) -> tuple[str, str, str, str]:
        return self.customer, self.period, self.result, self.link


@dataclass(frozen=True)
class ProfileContent:
    """Lists are sorted sets, as they are kept. `references` stand in the owner's order."""

    name: str
    summary: str = ""
    problem: str = ""
    how: str = ""
    maturity: int | None = None
    themes: list[str] = field(default_factory=list)
    sdgs: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    capacity: int | None = None
    links: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    location: str = ""
    language: str = "nb"
    references: tuple[ReferenceContent, ...] = ()

    def columns(self) -> dict[str, Any]:
        """Every value but the references, by column; lists sorted and without doubles."""
        found = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "references"}
        return {name: sorted(set(value)) if isinstance(value, list) else value for name, value in found.items()}


def content_of(profile: Profile) -> ProfileContent:
    """What stands in the profile now."""
    values = {each.name: getattr(profile, each.name) for each in fields(ProfileContent) if each.name != "references"}
    references = tuple(ReferenceContent(each.customer, each.period, each.result, each.link, each.id) for each in profile.references)
    return ProfileContent(**values, references=references)
