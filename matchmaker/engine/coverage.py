"""Whether an offer is silent about a demand, by its letters.

Sentence vectors pooled from a whole text all lean towards what the text is about: a demand for something the offer never mentions
comes out nearly as near as one it answers. Its rare words do not: a demand whose words and word parts stand nowhere in the offer is
one the offer says nothing about. Tells only within one language.
"""

import re

from matchmaker.engine.languages import _SETS, detect_language

SILENT = 0.13
"""Coverage below which the offer says nothing about it; looked at on demands and profiles of public showcases."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_PART = 5
_COMMON = """løsningen løsning løysinga løysing solution system systemet bør finne hente være unna også denne dette disse kunne skulle
ville blitt should must could would able need trenge noko noe gjere gjøre"""
_EMPTY = frozenset().union(*_SETS.values()) | frozenset(_COMMON.split())


def coverage(sentence: str, text: str) -> float:
    """The share of the sentence's own words, weighed by their length, whose five-letter parts stand in ``text``; 1.0 where it has none."""
    text = text.lower()
    total = found = 0.0
    for word in _WORD.findall(sentence.lower()):
        if word in _EMPTY:
            continue
        size = min(_PART, len(word))
        parts = {word[at : at + size] for at in range(len(word) - size + 1)}
        total += len(word)
        found += len(word) * sum(part in text for part in parts) / len(parts)
    return found / total if total else 1.0


def is_silent(demand: str, offer: str) -> bool:
    """True where both are in one known language and the offer holds next to nothing of the demand's words."""
    lang = detect_language(offer)
    return bool(lang) and detect_language(demand) in {lang, ""} and coverage(demand, offer) < SILENT
