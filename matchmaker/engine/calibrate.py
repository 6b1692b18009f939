"""Makes what ``data/`` ships: background means, and the curves from a sum of parts to a calibrated score."""

import json
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np

from matchmaker.engine.encode import Encoder
from matchmaker.engine.evaluate import Benchmark
from matchmaker.engine.index import SIDES
from matchmaker.engine.learn import Calibration, fitted
from matchmaker.engine.matcher import Matcher

PAIRS_A_NEED = 10
ENOUGH = 30
"""Texts of one language below which a set says nothing about that language's mean."""


def calibrate(benches: list[Benchmark], encoder: Encoder, folder: Path) -> Calibration:
    """Write ``background.npz`` and ``calibration.json`` into ``folder`` from judged sets.

    For the curves, every second need's relevant offers are taken away (once the even ones, once the odd), so that half of
    the needs are needs that nobody meets; the ten best pairs of every need are the examples; every set weighs the same.
    """
    means: dict[str, list[np.ndarray]] = {}
    parts, shared, relevant, weight = [], [], [], []
    for bench in benches:
        with tempfile.TemporaryDirectory() as index:
            matcher = Matcher.open(Path(index), encoder)
            matcher.upsert("offer", bench.corpus)
            matcher.upsert("need", bench.queries)
            matcher.commit()
            _collect_means(matcher, means)
            examples = [example for parity in (0, 1) for example in _examples(matcher, bench, parity)]
        for each, value in zip((parts, shared, relevant), zip(*examples)):
            each.append(np.concatenate(value))
        weight.append(np.full(len(relevant[-1]), 1000 / len(relevant[-1])))
    version = f"{date.today().isoformat()}/{len(benches)} sets"
    found = fitted(*map(np.concatenate, (parts, shared, relevant, weight)), version)
    folder.mkdir(parents=True, exist_ok=True)
    averaged = {name: np.mean(rows, axis=0).astype(np.float32) for name, rows in sorted(means.items())}
    np.savez_compressed(folder / "background.npz", model=np.array(encoder.fingerprint), **averaged)
    about = {"sets": [bench.name for bench in benches], "model": encoder.fingerprint, "calibration": asdict(found)}
    (folder / "calibration.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return found


def _collect_means(matcher: Matcher, means: dict[str, list[np.ndarray]]) -> None:
    for side in SIDES:
        for segment, _ in matcher.generation.rows[side].segments:
            for lang, (whole, n, sentences, m) in segment.lang_sums.items():
                if lang and n >= ENOUGH:
                    for name in {lang, ""}:
                        means.setdefault(f"{side}/{name}/whole", []).append(whole / n)
                        means.setdefault(f"{side}/{name}/sentences", []).append(sentences / m)


def _examples(matcher: Matcher, bench: Benchmark, parity: int):
    gone = {id_ for query in bench.queries[parity::2] for id_ in bench.judged.get(query.id, ())}
    kept = {document.id for document in bench.corpus} - gone
    now = matcher.generation
    ids = now.rows["offer"].ids
    for query in bench.queries:
        found = now.ranked("need", "offer", now.rows["need"].row(query.id), matcher.weights, among=kept)
        judged = bench.judged.get(query.id, {})
        best = slice(0, PAIRS_A_NEED)
        answers = np.array([ids[int(number)] in judged for number in found.numbers[best]])
        yield found.parts[best], found.shared[best], answers
