"""What the engine is told about a need or an offer: a text, its language, and the facts beside it."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

Side = Literal["need", "offer"]


class Span(NamedTuple):
    """A half-open range of characters, ``text[start:end]``, so that a page can mark the very place."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words the span covers in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Facts:
    """Structured facts beside the text; every one may be left out.

    ``trl``: for a need the lowest maturity wanted, for an offer the maturity it has (1-9).
    ``places``: county or municipality numbers; empty means anywhere. ``capacity``: pilots an offer can take now.
    ``verified_references``: pilots of the offer that this service has itself followed to a result.
    """

    themes: frozenset[str] = frozenset()
    sdgs: frozenset[int] = frozenset()
    trl: int | None = None
    places: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    capacity: int | None = None
    verified_references: int = 0

    def as_json(self) -> dict[str, object]:
        """A plain, ordered form: the same facts always give the same text."""
        return {
            "themes": sorted(self.themes),
            "sdgs": sorted(self.sdgs),
            "trl": self.trl,
            "places": sorted(self.places),
            "languages": sorted(self.languages),
            "capacity": self.capacity,
            "verified_references": self.verified_references,
        }

    @classmethod
    def from_json(cls, value: dict) -> "Facts":
        """The inverse of ``as_json``."""
        return cls(
            themes=frozenset(value.get("themes", ())),
            sdgs=frozenset(value.get("sdgs", ())),
            trl=value.get("trl"),
            places=frozenset(value.get("places", ())),
            languages=frozenset(value.get("languages", ())),
            capacity=value.get("capacity"),
            verified_references=value.get("verified_references", 0),
        )


@dataclass(frozen=True)
class Document:
    """A need or an offer as the engine sees it. ``lang`` is nb, nn, en, … or empty (then it is detected)."""

    id: str
    text: str
    lang: str = ""
    facts: Facts = field(default_factory=Facts)

    @cached_property
    def hash(self) -> str:
        """SHA-256 over text, language and facts: a match is stale when it no longer equals the stored one."""
        payload = json.dumps([self.text, self.lang, self.facts.as_json()], ensure_ascii=False)
        return hashlib.sha256(payload.encode()).hexdigest()

    @cached_property
    def text_hash(self) -> str:
        """SHA-256 over the text alone: decides whether the vectors must be made anew."""
        return hashlib.sha256(self.text.encode()).hexdigest()
