"""How well an offer meets a need: named parts, each a small number that can be looked at, and one sum of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from matchmaker.engine import lexical
from matchmaker.engine.documents import Facts, Side
from matchmaker.engine.frame import Frame, Rarity
from matchmaker.engine.segments import Row

PARTS = ("whole", "sentences", "characters", "words", "coverage", "hub", "near", "size", "facts")
"""``near`` and ``size`` say something of the need alone: how near offers at large are to it, and how many words it has (log)."""
SHORTLIST = 500
"""Rows that get the second, finer look when a need is ranked."""
GLANCE = 100
"""The same for a search or a look for something alike, where the first page is all that is asked for."""


@dataclass(frozen=True)
class Weights:
    """Weight of each part in the sum that ranks; lexical parts count less where the languages differ.

    Chosen on public sets of needs and offers (see ``data/README.md``); the best values lie on a wide plateau.
    ``other_language_bonus`` stands in for the letters that two languages cannot share: what they add on average where they can.
    """

    whole: float = 1.0
    sentences: float = 1.0
    characters: float = 1.0
    coverage: float = 0.2
    hub: float = -0.8
    other_language: float = 0.6
    other_language_bonus: float = 0.07
    facts: float = 0.03


class Asked:
    """One text held against the rows of the other side, made ready once."""

    def __init__(self, side: Side, row: Row, own: Frame, rarity: Rarity) -> None:
        self.side, self.row, self.rarity = side, row, rarity
        self.whole = own.centred(row.whole, row.lang)
        self.sentences = own.centred_sentences(row.sentences, row.lang) if len(row.sentences) else self.whole[None]
        self.characters = _weighted(row.characters, rarity.characters)
        self.words = _weighted(row.words, rarity.words)
        self.size = _size(len(row.words[0]))


def _weighted(counted: tuple[np.ndarray, np.ndarray], idf: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ids, counts = counted
    values = lexical.weights(counts) * idf[ids]
    length = float(np.linalg.norm(values))
    return ids, values / length if length else values


def _dense(sparse_vector: tuple[np.ndarray, np.ndarray], size: int) -> np.ndarray:
    out = np.zeros(size, np.float32)
    out[sparse_vector[0]] = sparse_vector[1]
    return out


def _size(words: np.ndarray | int) -> np.ndarray:
    """The log of a number of different words."""
    return np.log1p(words)


_TELLING = lexical.weights(np.maximum(np.arange(256), 1))


class Field:
    """The rows of one side, ready to be ranked."""

    def __init__(self, frame: Frame, rarity: Rarity, hub: np.ndarray) -> None:
        self.frame, self.rarity, self.hub = frame, rarity, hub

    @cached_property
    def word_norms(self) -> np.ndarray:
        """1 / length of each row's TF-IDF vector of word beginnings, (rows,)."""
        squares = self.rarity.words**2
        parts = []
        for segment, _ in self.frame.rows.segments:
            matrix = segment.word_matrix
            squared = sparse.csr_matrix((matrix.data**2, matrix.indices, matrix.indptr), matrix.shape)
            parts.append(squared @ squares)
        return 1 / np.sqrt(np.maximum(np.concatenate([*parts, np.zeros(0)]), 1e-6))

    def same_language(self, lang: str) -> np.ndarray:
        """True where a row's language is ``lang``, or either is unknown; bokmål and nynorsk count as one, (rows,)."""
        langs = self.frame.langs
        return np.array([agree(lang, other) for other in langs], bool)[self.frame.lang_of]

    def words(self, asked: Asked) -> np.ndarray:
        """TF-IDF cosine over word beginnings, (rows,)."""
        idf = self.rarity.words
        query = _dense((asked.words[0], asked.words[1] * idf[asked.words[0]]), len(idf))
        parts = [segment.word_matrix @ query for segment, _ in self.frame.rows.segments]
        return np.concatenate([*parts, np.zeros(0)]) * self.word_norms

    def characters(self, asked: Asked, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For the rows ``numbers``: TF-IDF cosine over character 4-grams, and the share of the need's that the offer holds.

        The share weighs a 4-gram by how rare it is, whichever side is asked. Both (len(numbers),).
        """
        idf = self.rarity.characters
        rare = idf - 1
        query, known = _dense(asked.characters, len(idf)), np.zeros(len(idf), np.float32)
        known[asked.characters[0]] = rare[asked.characters[0]]
        cosines, shares = np.zeros(len(numbers), np.float32), np.zeros(len(numbers), np.float32)
        for segment, places, at in self._grouped(numbers):
            chosen = segment.char_matrix[places]
            values = _TELLING[chosen.data] * idf[chosen.indices]
            owners = np.repeat(np.arange(len(places)), np.diff(chosen.indptr))
            dots = np.bincount(owners, values * query[chosen.indices], len(places))
            norms = np.sqrt(np.bincount(owners, values * values, len(places)))
            cosines[at] = dots / np.maximum(norms, 1e-6)
            held = np.bincount(owners, known[chosen.indices], len(places))
            whole = known.sum() if asked.side == "need" else np.bincount(owners, rare[chosen.indices], len(places))
            shares[at] = held / np.maximum(whole, 1e-6)
        return cosines, shares

    def sizes(self, numbers: np.ndarray) -> np.ndarray:
        """How many different words the rows ``numbers`` have, as a log, (len(numbers),)."""
        out = np.zeros(len(numbers), np.float32)
        for segment, places, at in self._grouped(numbers):
            out[at] = _size(segment.word_starts[places + 1] - segment.word_starts[places])
        return out

    def sentences(self, asked: Asked, numbers: np.ndarray) -> np.ndarray:
        """Late interaction for the rows ``numbers``: mean over the need's sentences of the best sentence of the offer."""
        out = np.zeros(len(numbers), np.float32)
        for segment, places, at in self._grouped(numbers):
            starts, sizes = segment.starts[places], segment.starts[places + 1] - segment.starts[places]
            filled = sizes > 0
            if not filled.any():
                continue
            first = np.concatenate([[0], np.cumsum(sizes[filled])[:-1]])
            picks = np.repeat(starts[filled] - first, sizes[filled]) + np.arange(sizes.sum())
            cosines = self._sentence_cosines(asked, segment, picks, np.repeat(places[filled], sizes[filled]))
            if asked.side == "need":
                best = np.maximum.reduceat(cosines, first, axis=0).mean(axis=1)
            else:
                best = np.add.reduceat(cosines.max(axis=1), first) / sizes[filled]
            out[at[filled]] = best
        return out

    def _sentence_cosines(self, asked: Asked, segment, picks: np.ndarray, owners: np.ndarray) -> np.ndarray:
        # One product gives the dots and, with a stored row's own length, the lengths after centring.
        means = np.stack([self.frame.means.of(lang)[1] for lang in self.frame.langs])
        against = np.concatenate([asked.sentences, means]).astype(np.float32)
        rows = segment.sentences[picks].astype(np.float32)
        scales = segment.scales[picks]
        dots = rows @ against.T
        dots *= scales[:, None]
        count = len(asked.sentences)
        langs = self.frame.lang_of[owners + self.frame.rows.offsets[self._place(segment)]]
        to_mean = dots[np.arange(len(dots)), count + langs]
        squared = scales**2 * np.einsum("ij,ij->i", rows, rows) - 2 * to_mean + np.einsum("ij,ij->i", means, means)[langs]
        shifted = dots[:, :count] - (means @ asked.sentences.T)[langs]
        return shifted / np.sqrt(np.maximum(squared, 1e-6))[:, None]

    def _place(self, segment) -> int:
        return next(at for at, (known, _) in enumerate(self.frame.rows.segments) if known is segment)

    def _grouped(self, numbers: np.ndarray):
        for (segment, _), offset in zip(self.frame.rows.segments, self.frame.rows.offsets):
            at = np.flatnonzero((numbers >= offset) & (numbers < offset + len(segment)))
            if len(at):
                yield segment, numbers[at] - offset, at
                segment.let_go()


def agree(one: str, other: str) -> bool:
    """Whether two languages share their words; an unknown language is given the benefit of the doubt."""
    norwegian = {"nb", "nn", "no"}
    return not one or not other or one == other or (one in norwegian and other in norwegian)


def facts_score(need: Facts, offer: Facts) -> float:
    """Structured facts as a sum of hits and misses, about -3 to +3; a fact left out says nothing."""
    total = 0.0
    if need.themes and offer.themes:
        total += 1.0 if need.themes & offer.themes else -0.5
    if need.sdgs and offer.sdgs:
        total += 0.5 if need.sdgs & offer.sdgs else 0.0
    if need.trl is not None and offer.trl is not None:
        total += 0.5 if offer.trl >= need.trl else -0.5 * min(need.trl - offer.trl, 3) / 3 - 0.5
    if need.places and offer.places:
        total += 0.5 if served(need.places, offer.places) else -1.0
    if need.languages and offer.languages:
        total += 0.0 if need.languages & offer.languages else -0.5
    if offer.capacity is not None:
        total += -1.0 if offer.capacity <= 0 else 0.0
    return total + min(offer.verified_references, 3) * 0.4


def served(wanted: frozenset[str], places: frozenset[str]) -> bool:
    """Whether a place is served: the same number, or a municipality (four digits) inside a county (its first two)."""
    return any(a == b or a.startswith(b) or b.startswith(a) for a in wanted for b in places)


@dataclass(frozen=True)
class Scored:
    """Rows of the other side, best first: numbers, sums, raw parts (rows, len(PARTS)), and whether the words are shared."""

    numbers: np.ndarray
    sums: np.ndarray
    parts: np.ndarray
    shared: np.ndarray

    def summed(self, weights: Weights) -> "Scored":
        """The same rows by their sums under ``weights``; ties fall by number, so that the order is always the same."""
        sums = summed(self.parts, self.shared, weights)
        order = np.lexsort((self.numbers, -sums))
        return Scored(self.numbers[order], sums[order], self.parts[order], self.shared[order])


def scored(
    asked: Asked, field: Field, own_hub: float, weights: Weights, allowed: np.ndarray, most: int = SHORTLIST
) -> Scored:
    """Rank the rows where ``allowed``: a first look at all of them, a finer one at the ``most`` best."""
    frame = field.frame
    numbers = np.flatnonzero(allowed)
    whole, words = frame.centred_dots(asked.whole), field.words(asked)
    shared = field.same_language(asked.row.lang)
    if len(numbers) > most:
        lexical_guess = np.where(shared, 0.5 * words, weights.other_language_bonus)
        first = (weights.whole + weights.sentences) * whole + lexical_guess + weights.hub * field.hub
        numbers = np.sort(numbers[np.argpartition(-first[numbers], most)[:most]])
    characters, coverage = field.characters(asked, numbers)
    nothing = np.zeros(len(numbers))
    parts = np.stack(
        [
            whole[numbers],
            field.sentences(asked, numbers),
            characters,
            words[numbers],
            coverage,
            field.hub[numbers] + own_hub,
            nothing + own_hub if asked.side == "need" else field.hub[numbers],
            nothing + asked.size if asked.side == "need" else field.sizes(numbers),
            nothing,
        ],
        axis=1,
    )
    return Scored(numbers, nothing, parts, shared[numbers]).summed(weights)


def summed(parts: np.ndarray, shared: np.ndarray, weights: Weights) -> np.ndarray:
    """The weighted sum of raw parts (rows, len(PARTS)); ``shared`` (rows,) says where both texts are in one language."""
    whole, sentences, characters, _words, coverage, hub, _near, _size_of_need, facts = parts.T
    told = np.where(
        shared,
        weights.characters * characters + weights.coverage * coverage,
        weights.other_language * weights.characters * characters + weights.other_language_bonus,
    )
    return weights.whole * whole + weights.sentences * sentences + told + weights.hub * hub + weights.facts * facts
