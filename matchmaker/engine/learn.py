"""From a sum of parts to a score that means the same for every need, and to a band a person can act on."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from matchmaker.engine.score import Weights

Band = Literal["strong", "possible", "stretch", "none"]
BANDS: tuple[Band, ...] = ("strong", "possible", "stretch", "none")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Calibration:
    """A logistic curve from the sum to a score in 0..1, and the scores where the bands begin."""

    version: str = "hand-0"
    slope: float = 6.0
    intercept: float = -4.0
    strong: float = 0.7
    possible: float = 0.4
    stretch: float = 0.2

    def scores(self, sums: np.ndarray) -> np.ndarray:
        """Calibrated scores in 0..1, of the same shape as ``sums``."""
        return 1 / (1 + np.exp(-(self.slope * sums + self.intercept)))

    def band(self, score: float) -> Band:
        """The band of one score."""
        for name in BANDS[:3]:
            if score >= getattr(self, name):
                return name
        return "none"


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
    return Calibration(**json.loads(path.read_text(encoding="utf-8"))["calibration"]) if path.exists() else Calibration()
