"""The need coach: reads what is written and says what is missing, or is a solution in disguise.

Plain rules and word lists, so that the same text always gets the same advice. Knows no database and no request; it advises.
What publishing takes of the text is asked here too (`untold`), so that advice and refusal never disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.challenges.coach import basics, wording
from matchmaker.challenges.coach.findings import BASICS, LONGEST_READ, MOST_OF_A_KIND, Finding, Text

__all__ = ["READS", "Advice", "Finding", "advise", "untold"]

READS = ("title", "need", "situation", "effect", "affected")


@dataclass(frozen=True)
class Advice:
    """`findings`, the important ones first; `met`, the basics that are in place, among BASICS. Nothing at all for an empty need."""

    findings: tuple[Finding, ...]
    met: tuple[str, ...]


def advise(texts: Mapping[str, str], requirements: Sequence[str] = (), language: str = "nb") -> Advice:
    """Read the fields title, need, situation, effect and affected (missing ones count as empty) and the requirements.

    `language` is the one written in: nb, nn or en. Only the first 10,000 characters of a field are read.
    """
    text = _text(texts, requirements, language)
    if not text.fields["need"].strip():
        return Advice((), ())
    found = [finding for check in (*basics.CHECKS, *wording.CHECKS) for finding in list(check(text))[:MOST_OF_A_KIND]]
    found.sort(key=lambda finding: finding.severity != "important")
    kinds = {finding.kind for finding in found}
    return Advice(tuple(found), tuple(kind for kind in BASICS if kind not in kinds))


def untold(texts: Mapping[str, str | None], language: str = "nb") -> tuple[str, ...]:
    """Which of affected and effect a reader looks for in vain, in their fields and in the text around; `texts` and `language` as for `advise`."""
    text = _text(texts, (), language)
    told = {"affected": basics.tells_whom(text), "effect": basics.tells_effect(text)}
    return tuple(field for field, found in told.items() if not found)


def _text(texts: Mapping[str, str | None], requirements: Sequence[str], language: str) -> Text:
    read = {name: (texts.get(name) or "")[:LONGEST_READ] for name in READS}
    return Text(read, tuple(each[:LONGEST_READ] for each in requirements if each), language if language in {"nb", "nn", "en"} else "nb")
