"""Makes what ``data/`` ships: background means, offsets of languages, and the curve from a pair's parts to a calibrated score."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

import numpy as np

from matchmaker.engine.documents import Side
from matchmaker.engine.encode import Encoder
from matchmaker.engine.evaluate import Benchmark
from matchmaker.engine.index import SIDES
from matchmaker.engine.learn import Calibration, Examples, fitted, joined
from matchmaker.engine.matcher import Matcher
from matchmaker.engine.sentences import sentences

PAIRS_A_NEED = 10
KINDS = ("whole", "sentences")
Translations = list[dict[str, str]]


def calibrate(benches: list[Benchmark], translations: Translations, encoder: Encoder, folder: Path) -> Calibration:
    """Write ``background.npz`` and ``calibration.json`` into ``folder`` from judged sets and from texts in several languages.

    For the curve, every second need's relevant offers are taken out of the index (once the even ones, once the odd), so that half of
    the needs are needs that nobody meets; left in it unranked they would still colour how near offers are to a need. The ten best
    pairs of every need are the examples, the best counting most, and every set weighs the same. ``translations`` are rows of one
    text by language; the curve is fitted with the means shipped before.
    """
    offsets = language_offsets(translations, encoder)
    means: dict[str, list[np.ndarray]] = {}
    sets: list[Examples] = []
    for bench in benches:
        with tempfile.TemporaryDirectory() as index:
            matcher = Matcher.open(Path(index), encoder)
            matcher.upsert("offer", bench.corpus)
            matcher.upsert("need", bench.queries)
            matcher.commit()
            for side in SIDES:
                for kind, mean in plain_means(matcher, side, offsets).items():
                    means.setdefault(f"{side}//{kind}", []).append(mean)
            everything = {document.id: document for document in bench.corpus}
            examples: list[Examples] = []
            for parity in (0, 1):
                gone = {id_ for query in bench.queries[parity::2] for id_ in bench.judged.get(query.id, ())}
                matcher.remove("offer", sorted(gone))
                matcher.commit()
                examples += _examples(matcher, bench)
                matcher.upsert("offer", [everything[id_] for id_ in sorted(gone)])
                matcher.commit()
            sets.append(joined(examples, total=1000))
    version = f"{date.today().isoformat()}/{len(benches)} sets"
    found = fitted(joined(sets), version)
    folder.mkdir(parents=True, exist_ok=True)
    averaged = {name: np.mean(rows, axis=0) for name, rows in means.items()}
    rows = {name: value.astype(np.float32) for name, value in sorted((averaged | offsets).items())}
    np.savez_compressed(folder / "background.npz", model=np.array(encoder.fingerprint), **rows)
    about = {"sets": [bench.name for bench in benches], "model": encoder.fingerprint, "calibration": asdict(found)}
    (folder / "calibration.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return found


def language_offsets(translations: Translations, encoder: Encoder) -> dict[str, np.ndarray]:
    """For each side, language and kind, how the mean of the same texts in this language differs from the mean over all languages."""
    langs = sorted(set.intersection(*(set(row) for row in translations))) if translations else []
    found: dict[str, np.ndarray] = {}
    for side in SIDES:
        means: dict[str, list[np.ndarray]] = {kind: [] for kind in KINDS}
        for lang in langs:
            texts = [row[lang] for row in translations]
            whole, parts = encoder.encode_parts(side, texts, [sentences(text) for text in texts])
            means["whole"].append(whole.mean(axis=0))
            means["sentences"].append(np.concatenate(parts).mean(axis=0))
        for kind, rows in means.items():
            for lang, row in zip(langs, rows):
                found[f"{side}/{lang}/{kind}"] = row - np.mean(rows, axis=0)
    return found


def plain_means(matcher: Matcher, side: Side, offsets: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The means of a side's rows, each row less its language's offset."""
    totals = {kind: np.zeros(matcher.encoder.dimension) for kind in KINDS}
    counts = dict.fromkeys(KINDS, 0)
    for segment, _ in matcher.generation.rows[side].segments:
        for lang, (whole, n, parts, m) in segment.lang_sums.items():
            for kind, total, count in (("whole", whole, n), ("sentences", parts, m)):
                totals[kind] = totals[kind] + total - count * offsets.get(f"{side}/{lang}/{kind}", np.zeros_like(total))
                counts[kind] += count
    return {kind: totals[kind] / max(counts[kind], 1) for kind in KINDS}


def _examples(matcher: Matcher, bench: Benchmark) -> Iterator[Examples]:
    now = matcher.generation
    ids = now.rows["offer"].ids
    for query in bench.queries:
        row = now.rows["need"].row(query.id)
        assert row is not None
        found = now.ranked("need", "offer", row, matcher.weights)
        judged = bench.judged.get(query.id, {})
        best = slice(0, PAIRS_A_NEED)
        answers = np.array([ids[int(number)] in judged for number in found.numbers[best]])
        yield Examples(found.parts[best], found.shared[best], answers, 1 / np.arange(1.0, len(answers) + 1) ** 2)
