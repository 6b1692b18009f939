"""Whether the reasons are the reasons: without the quoted sentence the score must fall more than without another one.

    python -m tests.benchmarks.engine_faithful [FOLDER …] [--needs 40]

For the best offer of each need that has three sentences or more: the offer is embedded anew without the sentence that is quoted
first, and without one other sentence drawn at random (fixed seed), and both are scored against the need.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from matchmaker.engine.documents import Document
from matchmaker.engine.encode import load_encoder
from matchmaker.engine.evaluate import Benchmark, read_benchmark
from matchmaker.engine.matcher import Matcher
from matchmaker.engine.sentences import sentences
from tests.benchmarks.engine_sets import judged_sets


def measured(bench: Benchmark, encoder, needs: int) -> tuple[int, int]:
    """Suggestions whose reason is faithful, and suggestions looked at."""
    draw, texts = random.Random(7), {document.id: document for document in bench.corpus}
    with tempfile.TemporaryDirectory() as folder:
        matcher = Matcher.open(Path(folder), encoder)
        matcher.upsert("offer", bench.corpus)
        matcher.upsert("need", bench.queries)
        matcher.commit()
        cases, changed = [], []
        for need in bench.queries:
            offer = texts[matcher.rank(need.id, top=1)[0].id]
            spans = sentences(offer.text)
            reasons = matcher.explain(need, offer)
            if len(spans) < 3 or not reasons.pairs:
                continue
            quoted = reasons.pairs[0].offer
            other = draw.choice([span for span in spans if span != quoted])
            for name, span in (("quoted", quoted), ("other", other)):
                shorter = offer.text[: span.start] + offer.text[span.end :]
                changed.append(Document(f"{name} {need.id}", shorter, offer.lang))
            cases.append(need.id)
            if len(cases) == needs:
                break
        matcher.upsert("offer", changed)
        matcher.commit()
        good = 0
        for need in cases:
            pair = {f"quoted {need}", f"other {need}"}
            good += matcher.rank(need, among=pair)[0].id.startswith("other")
    return good, len(cases)


def main(encoder=None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--needs", type=int, default=40)
    arguments = parser.parse_args()
    encoder, good, looked = encoder or load_encoder(), 0, 0
    for folder in judged_sets(arguments.folders):
        one, of = measured(read_benchmark(folder), encoder, arguments.needs)
        good, looked = good + one, looked + of
        print(f"{folder.name:32}{one:5} of {of}", flush=True)
    print(f"faithful {good / max(looked, 1):.3f} of {looked} (at least 0.90)")
    return int(good < 0.9 * looked)


if __name__ == "__main__":
    sys.exit(main())
