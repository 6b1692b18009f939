"""What the rows of an index mean together: the mean of each side and language, how rare a word is, who is near everybody.

*Centring* takes the mean of a row's own side and language away before comparing: vectors of this model crowd into a narrow
cone, and every language and each side has its own offset. What the texts of one language are about must not go with it: sixty
Norwegian profiles beside thousands of English ones would lose just what makes them fit a Norwegian need. So the mean of a language is
that of the whole side plus the language's own offset, known from translated texts (``data/background.npz``), until there are many of it.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from matchmaker.engine import lexical
from matchmaker.engine.documents import Side
from matchmaker.engine.index import SideRows

DATA = Path(__file__).parent / "data"
PRIOR = 20.0
"""How many texts the shipped background mean counts as, beside a side's own."""
LEAN = 300.0
"""How many texts the side's mean and the language's offset count as, beside the texts of that language; ``PRIOR`` where no offset is known."""
NEIGHBOURS = 10
SAMPLE = 1024
USUAL_NEARNESS = 0.23
"""What a text's ten nearest on the other side come to, on average over public sets."""


@dataclass(frozen=True)
class Means:
    """Mean vectors of one side: of whole texts and of sentences, per language; ``""`` is that of texts in an unknown one."""

    whole: dict[str, np.ndarray]
    sentences: dict[str, np.ndarray]

    def of(self, lang: str) -> tuple[np.ndarray, np.ndarray]:
        """The means for ``lang``, or those over all languages when it is unknown."""
        key = lang if lang in self.whole else ""
        return self.whole[key], self.sentences[key]


@lru_cache(maxsize=4)
def background(model: str) -> dict[str, np.ndarray]:
    """Shipped means, ``side//kind``, and offsets of languages, ``side/lang/kind``; empty for a model they were not made with."""
    path = DATA / "background.npz"
    if not path.exists():
        return {}
    with np.load(path) as file:
        if str(file["model"]) != model:
            return {}
        return {name: file[name] for name in file.files if name != "model"}


def side_means(side: Side, rows: SideRows, model: str, dimension: int) -> Means:
    """Means of the rows: the side's own leans on the background, each language's on the side's; see ``PRIOR`` and ``LEAN``."""
    totals: dict[str, list] = {}
    for segment, _ in rows.segments:
        for lang, values in segment.lang_sums.items():
            known = totals.setdefault(lang, [np.zeros(dimension), 0, np.zeros(dimension), 0])
            for at, value in enumerate(values):
                known[at] = known[at] + value
    shipped = background(model)
    langs = {"", *totals, *(name.split("/")[1] for name in shipped if name.startswith(side))}
    texts = sum(total[1] for total in totals.values())
    means: dict[str, dict[str, np.ndarray]] = {}
    for kind, at in (("whole", 0), ("sentences", 2)):
        offsets = {lang: shipped.get(f"{side}/{lang}/{kind}", np.zeros(dimension)) if lang else np.zeros(dimension) for lang in langs}
        count = sum(total[at + 1] for total in totals.values())
        plain = sum((total[at] - total[at + 1] * offsets[lang] for lang, total in totals.items()), np.zeros(dimension))
        prior = shipped.get(f"{side}//{kind}", plain / max(count, 1))
        common = (plain + PRIOR * prior) / (count + PRIOR)
        parts = count / texts if count else 1.0
        means[kind] = {}
        for lang in sorted(langs):
            own = totals.get(lang, [0.0, 0, 0.0, 0])
            lean = parts * (LEAN if f"{side}/{lang}/{kind}" in shipped else PRIOR)
            mean = (own[at] + lean * (common + offsets[lang])) / (own[at + 1] + lean)
            means[kind][lang] = mean.astype(np.float32)
    return Means(**means)


def reading_means(side: Side, lang: str, model: str) -> np.ndarray | None:
    """The shipped mean of sentences, so that what a text answers depends on no other text; None for a model it was not made with."""
    shipped = background(model)
    common = shipped.get(f"{side}//sentences")
    return None if common is None else common + shipped.get(f"{side}/{lang}/sentences", 0.0)


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Vectors (k, d) less ``mean``, of length one."""
    shifted = vectors - mean
    return shifted / np.maximum(np.linalg.norm(shifted, axis=1, keepdims=True), 1e-6)


class Frame:
    """Everything about one side of one generation that a score needs beside the rows themselves."""

    def __init__(self, side: Side, rows: SideRows, means: Means) -> None:
        self.side, self.rows, self.means = side, rows, means
        self.langs = sorted(set(rows.langs))
        place = {lang: at for at, lang in enumerate(self.langs)}
        self.lang_of = np.array([place[lang] for lang in rows.langs], np.int16)
        self.live = np.zeros(rows.total, bool)
        self.live[list(rows.where.values())] = True

    @cached_property
    def inverse_norms(self) -> np.ndarray:
        """1 / length of every whole vector after centring, (rows,)."""
        squared = np.zeros(self.rows.total, np.float32)
        for (segment, _), offset in zip(self.rows.segments, self.rows.offsets):
            here = slice(offset, offset + len(segment))
            langs = self.lang_of[here]
            own = np.einsum("ij,ij->i", segment.whole, segment.whole)
            for at, lang in enumerate(self.langs):
                mean = self.means.of(lang)[0]
                chosen = langs == at
                if chosen.any():
                    shifted = segment.whole @ mean
                    squared[here][chosen] = (own - 2 * shifted + mean @ mean)[chosen]
        return 1 / np.sqrt(np.maximum(squared, 1e-6))

    @cached_property
    def _whole_means(self) -> np.ndarray:
        """The mean of whole texts of each language there is, in the order of ``langs``, (langs, d)."""
        return np.array([self.means.of(lang)[0] for lang in self.langs]).reshape(len(self.langs), len(self.means.of("")[0]))

    def centred_dots(self, vector: np.ndarray) -> np.ndarray:
        """Cosines of the centred rows with an already centred unit ``vector``, (rows,); ``vector`` may be (k, d)."""
        vectors = np.atleast_2d(vector)
        out = np.empty((len(vectors), self.rows.total), np.float32)
        offsets = self._whole_means @ vectors.T
        for (segment, _), offset in zip(self.rows.segments, self.rows.offsets):
            here = slice(offset, offset + len(segment))
            out[:, here] = (segment.whole @ vectors.T - offsets[self.lang_of[here]]).T
        out *= self.inverse_norms
        return out if vector.ndim == 2 else out[0]

    def centred(self, vector: np.ndarray, lang: str) -> np.ndarray:
        """A whole-text vector of this side and ``lang``, centred and of length one."""
        shifted = vector - self.means.of(lang)[0]
        return shifted / max(float(np.linalg.norm(shifted)), 1e-6)

    def centred_sentences(self, vectors: np.ndarray, lang: str) -> np.ndarray:
        """Sentence vectors (k, d) of this side and ``lang``, centred and of length one."""
        return centred(vectors, self.means.of(lang)[1])

    def sample(self) -> np.ndarray:
        """Up to ``SAMPLE`` live rows, evenly spread, centred, (k, d): the neighbourhood the other side is held against."""
        numbers = np.flatnonzero(self.live)
        if len(numbers) > SAMPLE:
            numbers = numbers[np.linspace(0, len(numbers) - 1, SAMPLE).astype(int)]
        found = []
        for number in numbers:
            segment, place = self.rows.locate(int(number))
            found.append(self.centred(np.asarray(segment.whole[place]), segment.langs[place]))
        return np.array(found, np.float32) if found else np.zeros((0, 1), np.float32)

    def hubness(self, others: np.ndarray) -> np.ndarray:
        """``nearness`` of every row to ``others``, (rows,)."""
        out = np.empty(self.rows.total, np.float32)
        if len(others) < NEIGHBOURS:
            out[:] = USUAL_NEARNESS
            return out
        offsets = self._whole_means @ others.T
        for (segment, _), offset in zip(self.rows.segments, self.rows.offsets):
            for at in range(0, len(segment), 4096):
                here = slice(offset + at, offset + min(at + 4096, len(segment)))
                dots = segment.whole[at : at + 4096] @ others.T - offsets[self.lang_of[here]]
                out[here] = nearness(dots * self.inverse_norms[here][:, None])
        return out


def nearness(cosines: np.ndarray) -> np.ndarray:
    """Mean of the ten largest ``cosines`` in each row (rows, others): CSLS's neighbourhood, Conneau et al. 2018.

    A few others say little about who is near everybody: the mean leans on ``USUAL_NEARNESS`` with the weight of 50.
    """
    others = cosines.shape[1]
    if others < NEIGHBOURS:
        return np.full(len(cosines), USUAL_NEARNESS, np.float32)
    best = np.partition(cosines, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:].mean(axis=1)
    return ((others * best + 50 * USUAL_NEARNESS) / (others + 50)).astype(np.float32)


@dataclass(frozen=True)
class Rarity:
    """Inverse document frequencies over both sides together."""

    characters: np.ndarray
    words: np.ndarray


def rarity(sides: dict[Side, SideRows]) -> Rarity:
    """Counted over every row of both sides."""
    documents = sum(rows.total for rows in sides.values())
    characters = np.zeros(2**lexical.CHARACTER_BITS, np.int64)
    words = np.zeros(2**lexical.WORD_BITS, np.int64)
    for rows in sides.values():
        for segment, _ in rows.segments:
            chars, begins = segment.frequencies
            characters += chars
            words += begins
    return Rarity(lexical.idf(characters, documents), lexical.idf(words, documents))
