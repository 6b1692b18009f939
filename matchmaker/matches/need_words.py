"""A need's words as the page shows them: field by field, each with its heading and its marks."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from matchmaker.challenges.models import Challenge
from matchmaker.matches.fields import Reading, read_challenge, read_profile
from matchmaker.matches.reasons import MOST_UNMET, Marks, need_marks, offer_marks
from matchmaker.profiles.models import Profile


@dataclass
class Passage:
    """One field: `items` are (text, spans); more than one makes a list."""

    name: str
    heading: str
    items: list[tuple[str, list[tuple[int, int, int | None]]]] = field(default_factory=list)

    @property
    def is_list(self) -> bool:
        return self.name in {"requirement", "reference"}


def need_passages(challenge: Challenge, kept: dict | None, *, most_unmet: int = MOST_UNMET) -> list[Passage]:
    """The need with the marks of one suggestion's reasons; without marks for None."""
    headings = {
        "title": "",
        "need": "",
        "situation": _("I dag"),
        "effect": _("Ønsket effekt"),
        "affected": _("Hvem det gjelder"),
        "requirement": _("Krav og ønsker"),
    }
    return _passages(read_challenge(challenge), headings, need_marks(kept, most_unmet=most_unmet))


def offer_passages(profile: Profile, kept: dict | None) -> list[Passage]:
    """The profile's words with the marks of one suggestion's reasons."""
    headings = {"summary": "", "problem": _("Problemet det løser"), "how": _("Slik virker det"), "reference": _("Referanser")}
    return _passages(read_profile(profile), headings, offer_marks(kept))


def _passages(reading: Reading, headings: dict[str, str], marks: Marks) -> list[Passage]:
    found: dict[str, Passage] = {}
    for name, text in reading.fields:
        kind = name.split("-")[0]
        found.setdefault(kind, Passage(kind, headings[kind])).items.append((text, _within(text, marks.get(name, []))))
    return list(found.values())


def _within(text: str, spans: list) -> list:
    """A mark made for an older, longer wording is left out rather than set in the wrong place."""
    return [span for span in spans if span[1] <= len(text)]
