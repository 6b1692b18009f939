"""The text the engine reads of a need or an ability, and where in it each of the owner's fields stands."""

from dataclasses import dataclass
from itertools import accumulate

from matchmaker.challenges.models import Challenge
from matchmaker.profiles.models import Profile

ASKING = ("need", "effect", "requirement")
"""Fields whose sentences ask for something; the others tell how things are today."""


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
        for (name, text), begin in zip(self.fields, begins):
            if begin <= start < end <= begin + len(text):
                return Place(name, start - begin, end - begin)
        return None

    def field(self, name: str) -> str:
        """The field's text, '' when it is empty or unknown."""
        return next((text for known, text in self.fields if known == name), "")


def read_challenge(challenge: Challenge) -> Reading:
    """Title, need, situation, effect, affected, and each requirement as a field of its own."""
    return _reading(
        ("title", challenge.title),
        ("need", challenge.need),
        ("situation", challenge.situation),
        ("effect", challenge.effect),
        ("affected", challenge.affected),
        *((f"requirement-{number}", each.text) for number, each in enumerate(challenge.requirements)),
    )


def read_profile(profile: Profile) -> Reading:
    """Summary, problem, how it works, and each reference as a field of its own. The name says nothing about what is offered."""
    return _reading(
        ("summary", profile.summary),
        ("problem", profile.problem),
        ("how", profile.how),
        *((f"reference-{number}", reference_text(each)) for number, each in enumerate(profile.references)),
    )


def reference_text(reference) -> str:
    """«Customer, period: result» on one line."""
    head = ", ".join(filter(None, (reference.customer, reference.period)))
    return ": ".join(filter(None, (head, reference.result)))


def asks(field: str) -> bool:
    """Whether a sentence in this field of a need asks for something."""
    return field.split("-")[0] in ASKING


def _reading(*fields: tuple[str, str | None]) -> Reading:
    return Reading(tuple((name, text) for name, text in fields if text and text.strip()))
