"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")

LEAST_SHARED = 0.4
"""Below this part of the words in common, a text counts as written anew: chance words that agree help nobody."""


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """(mark, text) in reading order: "" where both say the same, "del" for what was taken out, "ins" for what came in.

    Joining the texts of "" and "del" gives `before`; of "" and "ins", `after`. The texts are as people wrote them: escape on the way out.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    matcher = SequenceMatcher(None, old, new)
    if _shared(matcher) < LEAST_SHARED:
        return [(mark, text) for mark, text in (("del", before), ("ins", after)) if text]
    found: list[tuple[str, str]] = []
    for same, gone, came in _runs(matcher):
        found += [(mark, text) for mark, text in (("del", gone), ("ins", came), ("", same)) if text]
    return found


def _shared(matcher: SequenceMatcher) -> float:
    """The part of the longer text's letters that stands, in order, in both."""
    old, new = matcher.a, matcher.b
    same = sum(len(piece) for block in matcher.get_matching_blocks() for piece in old[block.a : block.a + block.size] if not piece.isspace())
    return same / max(1, *(sum(len(piece) for piece in side if not piece.isspace()) for side in (old, new)))


def _runs(matcher: SequenceMatcher):
    """(what both say, what went, what came), where a mere blank between two changes counts as changed: whole phrases read better."""
    old, new = matcher.a, matcher.b
    gone = came = ""
    for kind, a, b, c, d in matcher.get_opcodes():
        left, right = "".join(old[a:b]), "".join(new[c:d])
        if kind != "equal" or (left.isspace() and (gone or came) and b < len(old) and d < len(new)):
            gone, came = gone + left, came + right
        else:
            yield "", gone, came
            yield left, "", ""
            gone = came = ""
    yield "", gone, came
