"""The text the engine reads of a need or an ability, and where in it each of the owner's fields stands."""

import re
from dataclasses import dataclass
from itertools import accumulate, count

from matchmaker.challenges import queries as challenges
from matchmaker.challenges.models import Challenge
from matchmaker.profiles import queries as profiles
from matchmaker.profiles.models import Profile

ASKING = ("effect", "requirement")
"""Fields in which every sentence asks for something. The need's own text asks here and there; the others tell how things are today."""
_WISH = re.compile(
    r"\b(vil|ville|ønsk\w*|ynskj?\w*|håpar|håper|må|skal|skulle|bør|burde|treng(er|s|st)?|behøver|(ser|leter|leitar) etter"
    r"|wants?|needs?|must|shall|should|wish(es)?|hopes?|requires?|would like|looking for)\b|\?$",
    re.IGNORECASE,
)
_TODAY = re.compile(r"(i dag|today)\b", re.IGNORECASE)
BROUGHT = {"contribution", "test_places"}


@dataclass(frozen=True)
class Place:
    """Characters `start` to `end` (half-open) of one field."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """Non-empty fields as (name, text), joined by line breaks into `text`; offsets count characters."""

    fields: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.fields)

    def place(self, start: int, end: int) -> Place | None:
        """Where a range of the whole text stands; None when it does not lie within one field."""
        begins = [0, *accumulate(len(text) + 1 for _, text in self.fields)]
        for (name, text), begin in zip(self.fields, begins, strict=False):
            if begin <= start < end <= begin + len(text):
                return Place(name, start - begin, end - begin)
        return None

    def field(self, name: str) -> str:
        """The field's text, '' when it is empty or unknown."""
        return next((text for known, text in self.fields if known == name), "")


def read_challenge(challenge: Challenge) -> Reading:
    """Title, need, situation, effect, affected, and each requirement as `requirement-<n>`.

    What the municipality brings is left out: it is offered, not asked for.
    """
    fields = [(name, text) for name, text in challenges.text_fields(challenge) if name not in BROUGHT]
    asked = count()
    return _reading([(f"requirement-{next(asked)}" if name == "requirements" else name, text) for name, text in fields])


def read_profile(profile: Profile) -> Reading:
    """Summary, problem, how it works, and each reference's result. The name says nothing about what is offered."""
    return _reading(profiles.text_fields(profile))


def asks(field: str, sentence: str) -> bool:
    """Whether this sentence in this field of a need asks for something."""
    sentence = sentence.strip()
    return field.split("-")[0] in ASKING or (field == "need" and bool(_WISH.search(sentence)) and not _TODAY.match(sentence))


def _reading(fields: list[tuple[str, str]]) -> Reading:
    return Reading(tuple((name, text) for name, text in fields if text.strip()))
