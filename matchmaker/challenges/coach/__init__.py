"""The need coach: reads what is written and says what is missing, or is a solution in disguise.

Plain rules and word lists, so that the same text always gets the same advice. Knows no database and no request; it advises, it never refuses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.challenges.coach import basics, wording
from matchmaker.challenges.coach.findings import BASICS, LONGEST_READ, MOST_OF_A_KIND, Finding, Text

__all__ = ["Advice", "Finding", "advise"]


@dataclass(frozen=True)
class Advice:
    """`findings`, the important ones first; `met`, the basics that are in place, among BASICS. Nothing at all for an empty need."""

    findings: tuple[Finding, ...]
    met: tuple[str, ...]


def advise(texts: Mapping[str, str], requirements: Sequence[str] = (), language: str = "nb") -> Advice:
    """Read the fields title, need, situation, effect and affected (missing ones count as empty) and the requirements.

    `language` is the one written in: nb, nn or en. Only the first 10,000 characters of a field are read.
    """
    read = {name: (texts.get(name) or "")[:LONGEST_READ] for name in ("title", "need", "situation", "effect", "affected")}
    if not read["need"].strip():
        return Advice((), ())
    text = Text(read, tuple(each[:LONGEST_READ] for each in requirements if each), language if language in {"nb", "nn", "en"} else "nb")
    found = [finding for check in (*basics.CHECKS, *wording.CHECKS) for finding in list(check(text))[:MOST_OF_A_KIND]]
    found.sort(key=lambda finding: finding.severity != "important")
    kinds = {finding.kind for finding in found}
    return Advice(tuple(found), tuple(kind for kind in BASICS if kind not in kinds))
