"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")

LEAST_SHARED = 0.4
"""Below this part of the words in common, a text counts as written anew: chance words that agree help nobody."""


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """(mark, text) in reading order: "" where both say the same, "del" for what was taken out, "ins" for what came in.

    Joining the texts of "" and "del" gives `before`; of "" and "ins", `after`. The texts are as people wrote them: escape on the way out.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    steps = SequenceMatcher(None, old, new).get_opcodes()
    runs: list[tuple[str, str, str]] = [(kind, "".join(old[a:b]), "".join(new[c:d])) for kind, a, b, c, d in steps]
    if _shared(runs) < LEAST_SHARED:
        runs = [("replace", before, after)]
    found: list[tuple[str, str]] = []
    for same, gone, came in _phrases(runs):
        found += [(mark, text) for mark, text in (("del", gone), ("ins", came), ("", same)) if text]
    return found


def _shared(runs: list[tuple[str, str, str]]) -> float:
    """The part of the longer text's letters that stands, in order, in both."""
    same = sum(_letters(left) for kind, left, _ in runs if kind == "equal")
    return same / max(1, *(sum(_letters(run[side]) for run in runs) for side in (1, 2)))


def _letters(text: str) -> int:
    return len("".join(text.split()))


def _phrases(runs: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """(what both say, what went, what came), where a mere blank between two changes counts as changed: whole phrases read better."""
    gone = came = ""
    for number, (kind, left, right) in enumerate(runs, start=1):
        if kind != "equal" or (left.isspace() and (gone or came) and number < len(runs)):
            gone, came = gone + left, came + right
        else:
            yield "", gone, came
            yield left, "", ""
            gone = came = ""
    yield "", gone, came
