"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

_PIECES = re.compile(r"\S+\s*|\s+")


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """(mark, text) in reading order: "" where both say the same, "del" for what was taken out, "ins" for what came in.

    Joining the texts of "" and "del" gives `before`; of "" and "ins", `after`. The texts are as people wrote them: escape on the way out.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found.append(("", "".join(old[a:b])))
            continue
        found += [(mark, text) for mark, text in (("del", "".join(old[a:b])), ("ins", "".join(new[c:d]))) if text]
    return found
