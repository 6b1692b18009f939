"""Milliseconds to rank one need, with and without reasons, and the memory it takes.

    python -m tests.benchmarks.engine_speed [--rows 5706] [--index FOLDER]

Up to 5,706 rows are the real profiles. Beyond that, vectors are drawn from the real ones (a mix of two with a little noise), and
letters, words and sentences are those of a real row. Needs are 60 of the real challenge statements. FOLDER keeps the index.
"""

import argparse
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from matchmaker.engine.encode import load_encoder
from matchmaker.engine.matcher import Matcher
from matchmaker.engine.segments import Row
from tests.benchmarks.engine_sets import challenges, profiles

REAL = 5706


def drawn(real: list[Row], count: int, seed: int = 1) -> list[Row]:
    """``count`` rows in the likeness of the real ones."""
    draw, rows = np.random.default_rng(seed), []
    for number in range(count):
        one, other = (real[at] for at in draw.integers(len(real), size=2))
        noisy = lambda values: values + draw.normal(0, 0.01, values.shape).astype(np.float32)  # noqa: E731 - three uses
        whole = noisy(0.7 * one.whole + 0.3 * other.whole)
        parts = noisy(one.sentences)
        parts /= np.maximum(np.linalg.norm(parts, axis=1, keepdims=True), 1e-6)
        rows.append(replace(one, id=f"drawn-{number}", whole=whole / np.linalg.norm(whole), sentences=parts))
    return rows


def fill(folder: Path, encoder, rows: int) -> Matcher:
    """An index of ``rows`` offers and 60 needs; kept when the folder holds one already."""
    matcher = Matcher.open(folder, encoder)
    if matcher.status().offers != rows:
        matcher.upsert("need", challenges()[:60])
        matcher.upsert("offer", profiles()[:rows])
        matcher.commit()
        held = matcher.generation.rows["offer"]
        real = [held.row(id_) for id_ in held.where]
        for at in range(len(real), rows, 20_000):
            for row in drawn(real, min(20_000, rows - at), at):
                matcher._put("offer", replace(row, id=f"{row.id}-{at}"))
            matcher.commit()
    return matcher


def median(act, things) -> float:
    """Median milliseconds."""
    spent = []
    for thing in things:
        began = time.perf_counter()
        act(thing)
        spent.append(time.perf_counter() - began)
    return float(np.median(spent) * 1000)


def main(encoder=None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=REAL)
    parser.add_argument("--index", type=Path)
    arguments = parser.parse_args()
    encoder = encoder or load_encoder()
    with tempfile.TemporaryDirectory() as spare:
        folder = arguments.index or Path(spare)
        fill(folder, encoder, arguments.rows)
        matcher = Matcher.open(folder, encoder)
        needs = {need.id: need for need in challenges()[:60]}
        offers = {offer.id: offer for offer in profiles()}
        began = time.perf_counter()
        matcher.rank("0")
        first = time.perf_counter() - began

        def with_reasons(id_: str) -> None:
            for match in matcher.rank(id_, top=10):
                if match.id in offers:
                    matcher.explain(needs[id_], offers[match.id])

        plain, reasons = median(matcher.rank, needs), median(with_reasons, needs)
        encoder.encode_needs(["warm"])
        unseen = median(lambda id_: matcher.rank(replace(needs[id_], id="new", text=needs[id_].text + " Ny.")), list(needs)[:15])
        began = time.perf_counter()
        matcher.upsert("offer", [replace(offers["0"], id="added", text="Ny tekst om skolemat og lager.")])
        matcher.commit()
        matcher.rank("0")
        added = time.perf_counter() - began
        matcher.remove("offer", ["added"])
        matcher.commit()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{arguments.rows} offers: rank {plain:.1f} ms, with ten reasons {reasons:.1f} ms, a need not held {unseen:.1f} ms")
    print(f"first question {first:.2f} s; one new text embedded, committed and ranked {added:.2f} s; peak memory {memory:.2f} GiB")
    limits = (30, 60) if arguments.rows <= REAL else (120, 150)
    return int(plain > limits[0] or reasons > limits[1])


if __name__ == "__main__":
    sys.exit(main())
