"""From the parts of a pair to a score that means the same for every need, and to a band a person can act on."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from matchmaker.engine.score import PARTS, Weights

Band = Literal["strong", "possible", "stretch", "none"]
BANDS: tuple[Band, ...] = ("strong", "possible", "stretch", "none")
DATA = Path(__file__).parent / "data"
FEATURES = (
    "whole", "sentences", "hub", "near",
    "one_language", "characters", "words", "coverage", "size", "words_by_size", "coverage_by_size",
)  # fmt: skip
"""What a calibrated score looks at. All after ``near`` is nought where the languages differ: a language pair has its own level.

Which offer is best, and whether it is any good, are two questions: words that both texts use say little about the first where
meaning is known, and much about the second; the more so, the longer the need is.
"""


FEW, FEWEST = 200, 8
"""From how many offers on a score needs no allowance for how few they are, and the fewest that the allowance was learnt with."""


def features(parts: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """``FEATURES`` of raw parts (rows, len(PARTS)), (rows, len(FEATURES)); ``shared`` (rows,) says where the language is one."""
    named = dict(zip(PARTS, parts.T))
    size = named["size"]
    lexical = [
        np.ones(len(parts)), named["characters"], named["words"], named["coverage"],
        size, named["words"] * size, named["coverage"] * size,
    ]  # fmt: skip
    meaning = [named[name] for name in FEATURES[:4]]
    return np.stack([*meaning, *(np.where(shared, column, 0.0) for column in lexical)], axis=1)


@dataclass(frozen=True)
class Calibration:
    """A logistic curve from the features of a pair to a score in 0..1, and the bands' edges.

    A score is the chance that an offer this good is one a judge called relevant, over the sets it was fitted on. Public sets
    hold no structured facts, so their weight is set by hand: four facts that fit move a score from 0.4 to about 0.5.
    ``few`` is what the exponent gains for every e-fold that the offers are fewer than ``FEW``: the best of a thousand is near a need
    by chance alone, the best of twenty is not.
    """

    version: str = "by-hand"
    intercept: float = -3.0
    weights: tuple[float, ...] = (6.0, 6.0, -4.0, -4.0, 0.0, 3.0, 3.0, 3.0, 0.0, 0.0, 0.0)
    facts: float = 0.1
    few: float = 0.0
    strong: float = 0.5
    possible: float = 0.25
    stretch: float = 0.1

    def scores(self, parts: np.ndarray, shared: np.ndarray, offers: int = FEW) -> np.ndarray:
        """Scores of rows that stand in order, best first, among so many ``offers``; a row is never scored below the one after it."""
        return _never_rising(1 / (1 + np.exp(-np.clip(self.exponents(parts, shared, offers), -30, 30))), shared)

    def exponents(self, parts: np.ndarray, shared: np.ndarray, offers: int = FEW) -> np.ndarray:
        """The logistic curve's exponent of each row alone, (rows,)."""
        few = self.few * np.log(max(1.0, FEW / max(FEWEST, offers)))
        return self.intercept + features(parts, shared) @ np.array(self.weights) + self.facts * parts[:, PARTS.index("facts")] + few

    def band(self, score: float) -> Band:
        """The band of one score."""
        for name in BANDS[:3]:
            if score >= getattr(self, name):
                return name
        return "none"


def _never_rising(scores: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """Scores in the order of the ranking. Within one language the better score of a later row counts for those before it; between
    pairs in one language and in two, whose curves are fitted apart, the two views are averaged (isotonic regression)."""
    lifted = scores.copy()
    for group in (shared, ~shared):
        lifted[group] = np.maximum.accumulate(scores[group][::-1])[::-1]
    if np.all(np.diff(lifted) <= 0):
        return lifted
    from scipy.optimize import isotonic_regression

    return isotonic_regression(lifted, increasing=False).x


@dataclass(frozen=True)
class Examples:
    """Judged pairs: raw parts (pairs, len(PARTS)); whether the language is one, whether it was relevant, its weight (pairs,)."""

    parts: np.ndarray
    shared: np.ndarray
    relevant: np.ndarray
    weight: np.ndarray


def joined(examples: Sequence[Examples], total: float | None = None) -> Examples:
    """All of them as one; ``total`` scales the weights to that sum, so that sets of different size count the same."""
    weight = np.concatenate([each.weight for each in examples])
    if total is not None:
        weight = weight * total / weight.sum()
    parts, shared, relevant = (np.concatenate([getattr(each, name) for each in examples]) for name in ("parts", "shared", "relevant"))
    return Examples(parts, shared, relevant, weight)


def fitted(examples: Examples, version: str) -> Calibration:
    """A calibration from judged pairs: scikit-learn's logistic regression (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows = features(examples.parts, examples.shared)
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(max_iter=1000).fit(scale.transform(rows), examples.relevant, sample_weight=examples.weight)
    weights = model.coef_[0] / scale.scale_
    intercept = float(model.intercept_[0] - scale.mean_ @ weights)
    return Calibration(version, round(intercept, 4), tuple(round(float(value), 4) for value in weights))


@dataclass(frozen=True)
class Recipe:
    """What made a score: model, weights, calibration. Stored with a suggestion so that it can be recomputed."""

    model: str
    weights: Weights = field(default_factory=Weights)
    calibration: Calibration = field(default_factory=Calibration)

    @property
    def hash(self) -> str:
        """The same for the same recipe, on any machine."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def shipped_calibration() -> Calibration:
    """The artefact in ``data/calibration.json``."""
    path = DATA / "calibration.json"
    if not path.exists():
        return Calibration()
    value = json.loads(path.read_text(encoding="utf-8"))["calibration"]
    return Calibration(**{**value, "weights": tuple(value["weights"])})
