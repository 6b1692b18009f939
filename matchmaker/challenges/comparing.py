"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """(mark, text) in reading order: "" where both say the same, "del" for what was taken out, "ins" for what came in.

    Joining the texts of "" and "del" gives `before`; of "" and "ins", `after`. The texts are as people wrote them: escape on the way out.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    found: list[tuple[str, str]] = []
    for same, gone, came in _runs(old, new):
        found += [(mark, text) for mark, text in (("del", gone), ("ins", came), ("", same)) if text]
    return found


def _runs(old: list[str], new: list[str]):
    """(what both say, what went, what came), where a mere blank between two changes counts as changed: whole phrases read better."""
    gone = came = ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        left, right = "".join(old[a:b]), "".join(new[c:d])
        if kind != "equal" or (left.isspace() and (gone or came) and b < len(old) and d < len(new)):
            gone, came = gone + left, came + right
        else:
            yield "", gone, came
            yield left, "", ""
            gone = came = ""
    yield "", gone, came
