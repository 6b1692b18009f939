"""From a sum of parts to a score that means the same for every need, and to a band a person can act on."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from matchmaker.engine.score import LEVEL, Weights, summed

Band = Literal["strong", "possible", "stretch", "none"]
BANDS: tuple[Band, ...] = ("strong", "possible", "stretch", "none")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Calibration:
    """Logistic curves from a sum of parts to a score in 0..1, one for each kind of language pair, and the bands' edges.

    A score is the chance that an offer this good is one a judge called relevant, over the sets it was fitted on.
    """

    version: str = "by-hand"
    slope: float = 6.0
    intercept: float = -3.0
    other_slope: float = 6.0
    other_intercept: float = -2.0
    strong: float = 0.5
    possible: float = 0.25
    stretch: float = 0.1
    level: Weights = LEVEL

    def scores(self, parts: np.ndarray, shared: np.ndarray) -> np.ndarray:
        """Scores of rows that stand in order, best first; a row is never scored below the one after it."""
        sums = summed(parts, shared, self.level)
        exponent = np.where(shared, self.slope * sums + self.intercept, self.other_slope * sums + self.other_intercept)
        alone = 1 / (1 + np.exp(-np.clip(exponent, -30, 30)))
        return np.maximum.accumulate(alone[::-1])[::-1]

    def band(self, score: float) -> Band:
        """The band of one score."""
        for name in BANDS[:3]:
            if score >= getattr(self, name):
                return name
        return "none"


def fitted(parts: np.ndarray, shared: np.ndarray, relevant: np.ndarray, weight: np.ndarray, version: str) -> Calibration:
    """A calibration from judged pairs: raw parts (pairs, len(PARTS)), and whether each was relevant.

    ``weight`` (pairs,) evens out sets of different size. scikit-learn's logistic regression (Platt 1999).
    """
    from sklearn.linear_model import LogisticRegression

    sums = summed(parts, shared, LEVEL)
    curves = []
    for chosen in (shared, ~shared):
        if len(set(relevant[chosen])) < 2:
            chosen = np.ones_like(shared)
        model = LogisticRegression(C=100.0).fit(sums[chosen, None], relevant[chosen], sample_weight=weight[chosen])
        curves += [round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)]
    return Calibration(version, *curves)


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
    return Calibration(**{**value, "level": Weights(**value["level"])})
