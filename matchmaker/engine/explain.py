"""Why a pair is suggested: the best sentence pairs, what is asked and not offered, and the facts that fit or do not."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from matchmaker.engine import lexical
from matchmaker.engine.documents import Document, Facts, Span
from matchmaker.engine.score import served

PAIRS = 3
MET = 0.32
"""Centred cosine from which a sentence of the need counts as met."""
SAYS = 0.27
"""Centred cosine from which a sentence of the offer says anything to the need at all; below it nothing is quoted."""

SPREAD = 0.04
"""By how much nearer a sentence of the need must be to be quoted for a second time: sentences this close are as good as each other."""


@dataclass(frozen=True)
class Pair:
    """A sentence of the need and the sentence of the offer that answers it; ``strength`` in 0..1 orders pairs."""

    need: Span
    offer: Span
    strength: float


@dataclass(frozen=True)
class FactHit:
    """One structured fact of both sides and whether it fits. ``values``: what they share, or what is lacking."""

    kind: Literal["themes", "sdgs", "trl", "places", "languages", "capacity", "verified_references"]
    fits: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """``pairs`` best first; ``unmet`` are sentences of the need that no sentence of the offer answers.

    ``answers``: for every other sentence of the need, in its own order, the sentence of the offer that comes nearest.
    """

    pairs: tuple[Pair, ...]
    unmet: tuple[Span, ...]
    facts: tuple[FactHit, ...]
    answers: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Read:
    """Two texts held against each other, sentence by sentence.

    ``cosines`` (need sentences, offer sentences), centred as the score has them: they say which sentence answers which. ``nearness``,
    the same by the two texts alone: it says whether anything is answered at all. ``worth`` (offer sentences): what each adds to the score.
    """

    cosines: np.ndarray
    nearness: np.ndarray
    worth: np.ndarray


def explanation(
    need: Document,
    offer: Document,
    need_spans: tuple[Span, ...],
    offer_spans: tuple[Span, ...],
    read: Read,
) -> Explanation:
    """A sentence is quoted for what it is worth, so that the reason is the reason: without it the score would be lower.

    There are no pairs where the offer says nothing to any sentence of the need.
    """
    cosines, nearness, worth = read.cosines, read.nearness, read.worth
    quoted: list[int] = []
    if cosines.size:
        telling = np.flatnonzero(nearness.max(axis=0) >= SAYS)
        for at in telling[np.argsort(-worth[telling], kind="stable")]:
            if len(quoted) == PAIRS or (quoted and worth[at] <= max(0.0, float(np.median(worth)))):
                break
            quoted.append(int(at))
    asked = _asked(cosines, quoted)
    pairs = [
        Pair(need_spans[asked[at]], offer_spans[at], round(float(np.clip(cosines[asked[at], at], 0, 1)), 4)) for at in quoted
    ]
    best = nearness.max(axis=1) if nearness.size else np.zeros(len(need_spans))
    unmet = tuple(span for span, value in zip(need_spans, best) if value < MET)
    answers = tuple(
        Pair(span, offer_spans[int(np.argmax(row))], round(float(np.clip(value, 0, 1)), 4))
        for span, row, value in zip(need_spans, nearness, best)
        if value >= MET
    )
    return Explanation(tuple(pairs), unmet, fact_hits(need.facts, offer.facts), answers)


def _asked(cosines: np.ndarray, quoted: list[int]) -> dict[int, int]:
    """For every quoted sentence of the offer the one of the need that it answers: the nearest first, each a new one within ``SPREAD``."""
    answered, asked = np.zeros(len(cosines), bool), {}
    for at in sorted(quoted, key=lambda at: -cosines[:, at].max()):
        asked[at] = int(np.argmax(cosines[:, at] - SPREAD * answered))
        answered[asked[at]] = True
    return asked


def fall_of_sentences(cosines: np.ndarray) -> np.ndarray:
    """By how much late interaction falls without each sentence of the offer: best less second best, where it is best."""
    if cosines.shape[1] == 1:
        return cosines.mean(axis=0)
    ordered = np.sort(cosines, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    return np.where(cosines == best, best - second, 0).mean(axis=0)


def rests(sentences: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The whole text's vector without each sentence in turn, and last the whole's, all as weighted means, (k + 1, d)."""
    weighted = sentences * lengths[:, None]
    total = weighted.sum(axis=0)
    rows = np.concatenate([total - weighted, total[None]]) if len(sentences) > 1 else np.stack([total * 0, total])
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def falls_of_letters(
    need: tuple[np.ndarray, np.ndarray],
    offer: tuple[np.ndarray, np.ndarray],
    said: list[tuple[np.ndarray, np.ndarray]],
    idf: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """By how much the cosine of character 4-grams, and the share of the need's that the offer holds, fall without each sentence.

    ``said`` are the sentences' own counts. Both (sentences,).
    """
    ids, counts = offer
    asked = lexical.weights(need[1]) * idf[need[0]]
    asked /= max(float(np.linalg.norm(asked)), 1e-6)
    rare = idf[need[0]] - 1
    rare /= max(float(rare.sum()), 1e-6)
    here, known = _places(ids, need[0])
    wanted, share = np.zeros(len(ids), np.float32), np.zeros(len(ids), np.float32)
    wanted[here], share[here] = asked[known], rare[known]
    left = np.repeat(counts[None].astype(np.int32), len(said) + 1, axis=0)
    for row, (own, times) in zip(left, said):
        here, known = _places(ids, own)
        row[here] -= times[known]
    values = np.where(left > 0, 1 + np.log(np.maximum(left, 1)), 0) * idf[ids]
    cosines = values @ wanted / np.maximum(np.linalg.norm(values, axis=1), 1e-6)
    shares = (left > 0) @ share
    return cosines[-1] - cosines[:-1], shares[-1] - shares[:-1]


def _places(ids: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where in the ascending ``ids`` the ``wanted`` stand, and which of them do stand there."""
    if not len(ids):
        return np.zeros(0, np.int64), np.zeros(len(wanted), bool)
    here = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    known = ids[here] == wanted
    return here[known], known


def fact_hits(need: Facts, offer: Facts) -> tuple[FactHit, ...]:
    """Every fact that both sides state, as a hit or a miss; a full capacity and verified references by themselves."""
    hits: list[FactHit] = []
    for kind in ("themes", "sdgs", "languages"):
        wanted, given = getattr(need, kind), getattr(offer, kind)
        if wanted and given:
            shared = wanted & given
            hits.append(FactHit(kind, bool(shared), tuple(str(value) for value in sorted(shared or wanted))))
    if need.trl is not None and offer.trl is not None:
        hits.append(FactHit("trl", offer.trl >= need.trl, (str(need.trl), str(offer.trl))))
    if need.places and offer.places:
        hits.append(FactHit("places", served(need.places, offer.places), tuple(sorted(need.places))))
    if offer.capacity is not None:
        hits.append(FactHit("capacity", offer.capacity > 0, (str(offer.capacity),)))
    if offer.verified_references:
        hits.append(FactHit("verified_references", True, (str(offer.verified_references),)))
    return tuple(hits)
