"""Makes what ``data/`` ships: background means, offsets of languages, and the curve from a pair's parts to a calibrated score."""

import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from matchmaker.engine.documents import Side
from matchmaker.engine.encode import Encoder
from matchmaker.engine.evaluate import Benchmark
from matchmaker.engine.index import SIDES
from matchmaker.engine.learn import FEW, FEWEST, Calibration, Examples, fitted, joined
from matchmaker.engine.matcher import Matcher
from matchmaker.engine.sentences import sentences

PAIRS_A_NEED = 10
SMALL = (FEWEST, 25, 60)
DRAWS = 4
"""Sizes of small indexes, and how many of each are drawn from every set, to learn what it means that offers are few."""
KINDS = ("whole", "sentences")
Translations = list[dict[str, str]]


def calibrate(benches: list[Benchmark], translations: Translations, encoder: Encoder, folder: Path) -> Calibration:
    """Write ``background.npz`` and ``calibration.json`` into ``folder`` from judged sets and from texts in several languages.

    For the curve, every second need's relevant offers are taken out of the index (once the even ones, once the odd), so that half of
    the needs are needs that nobody meets; left in it unranked they would still colour how near offers are to a need. The ten best
    pairs of every need are the examples, the best counting most, and every set weighs the same. What few offers mean is then learnt
    from small indexes drawn from the sets. ``translations`` are rows of one text by language; the curve is fitted with the means
    shipped before.
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
    found = replace(found, few=allowance(found, [each for bench in benches for each in small_indexes(bench, encoder)]))
    folder.mkdir(parents=True, exist_ok=True)
    averaged = {name: np.mean(rows, axis=0) for name, rows in means.items()}
    rows = {name: value.astype(np.float32) for name, value in sorted((averaged | offsets).items())}
    np.savez_compressed(folder / "background.npz", model=np.array(encoder.fingerprint), **rows)
    about = {"sets": [bench.name for bench in benches], "model": encoder.fingerprint, "calibration": asdict(found)}
    (folder / "calibration.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return found


class Small(NamedTuple):
    """The best pair of every need in one small index: raw parts and whether the language is one; its offers, and who was relevant."""

    parts: np.ndarray
    shared: np.ndarray
    offers: int
    relevant: np.ndarray


def small_indexes(bench: Benchmark, encoder: Encoder) -> Iterator[Small]:
    """Indexes of ``SMALL`` offers, drawn so that a third answers some of the needs and nothing answers as many others."""
    dice = random.Random(bench.name)
    everything = {document.id: document for document in bench.corpus}
    needs = [query for query in bench.queries if bench.judged.get(query.id)]
    for size in [size for size in SMALL if 2 * size <= len(everything)] * DRAWS:
        drawn = dice.sample(needs, min(len(needs), 2 * max(3, size // 3)))
        met, unmet = drawn[::2], drawn[1::2]
        answers = {next(iter(bench.judged[query.id])) for query in met}
        others = [id_ for id_ in everything if not any(id_ in bench.judged[query.id] for query in drawn)]
        kept = sorted(answers) + dice.sample(others, min(len(others), max(0, size - len(answers))))
        with tempfile.TemporaryDirectory() as index:
            matcher = Matcher.open(Path(index), encoder)
            matcher.upsert("offer", [everything[id_] for id_ in kept if not any(id_ in bench.judged[query.id] for query in unmet)])
            matcher.upsert("need", drawn)
            matcher.commit()
            best = list(_examples(matcher, bench, most=1))
            all_ = joined(best)
            yield Small(all_.parts, all_.shared, matcher.status().offers, all_.relevant)


def allowance(curve: Calibration, small: list[Small]) -> float:
    """The most likely ``few`` of a curve, the best pairs of small indexes being given (Newton's method in one dimension)."""
    if not small:
        return 0.0
    exponents = np.concatenate([curve.exponents(each.parts, each.shared) for each in small])
    fewness = np.concatenate([np.full(len(each.relevant), np.log(FEW / max(FEWEST, each.offers))) for each in small])
    relevant = np.concatenate([each.relevant for each in small]).astype(float)
    few = 0.0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(exponents + few * fewness, -30, 30)))
        few += float(fewness @ (relevant - chance)) / max(float(fewness**2 @ (chance * (1 - chance))), 1e-6)
        few = float(np.clip(few, 0.0, 3.0))
    return round(few, 2)


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


def _examples(matcher: Matcher, bench: Benchmark, most: int = PAIRS_A_NEED) -> Iterator[Examples]:
    now = matcher.generation
    ids = now.rows["offer"].ids
    for query in bench.queries:
        row = now.rows["need"].row(query.id)
        if row is None:
            continue
        found = now.ranked("need", "offer", row, matcher.weights)
        judged = bench.judged.get(query.id, {})
        best = slice(0, most)
        answers = np.array([ids[int(number)] in judged for number in found.numbers[best]])
        yield Examples(found.parts[best], found.shared[best], answers, 1 / np.arange(1.0, len(answers) + 1) ** 2)
