"""What the coach's checks take and give."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matchmaker.engine.sentences import sentences

BASICS = ("short", "user", "baseline", "effect", "solution")
LONGEST_READ = 10_000
MOST_OF_A_KIND = 4


@dataclass(frozen=True)
class Finding:
    """One piece of advice.

    `field` is title, need, situation, effect, affected or requirements (then `row` tells which); `start` and `end` are offsets in that
    field's text of the sentence it is about, 0 and 0 when it is about what is not there. `why` and `example` are in the reader's language.
    `needed`: publishing takes it; everything else is advice.
    """

    kind: str
    severity: str
    field: str
    why: Any
    example: Any
    start: int = 0
    end: int = 0
    sentence: str = ""
    row: int = 0
    needed: bool = False


@dataclass(frozen=True)
class Text:
    """All that was written, and in which language."""

    fields: dict[str, str]
    requirements: tuple[str, ...]
    language: str

    @property
    def described(self) -> str:
        """The need and what surrounds it, as one text."""
        return "\n".join(self.fields[name] for name in ("need", "situation", "affected", "effect"))

    def sentences(self, *names: str) -> Iterator[tuple[str, int, int, str]]:
        """(field, start, end, sentence) of the named fields, in order."""
        for name in names:
            for start, end in self._cut[name]:
                yield name, start, end, self.fields[name][start:end]

    @cached_property
    def _cut(self) -> dict[str, list[tuple[int, int]]]:
        """Where each field's sentences stand; cut once for all the checks."""
        return {name: [(span.start, span.end) for span in sentences(text)] for name, text in self.fields.items()}


def any_of(*stems: str) -> re.Pattern[str]:
    """One pattern for many alternatives, each a regular expression for a whole word or phrase."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})(?!\w)", re.IGNORECASE)
