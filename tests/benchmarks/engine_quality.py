"""nDCG@10 of the engine against the best of three baselines, on every judged set.

    python -m tests.benchmarks.engine_quality [FOLDER …]

Without folders: every set in `bench` of MATCHMAKER_SHARED, or of `shared` beside the checkout.
"""

import sys

import numpy as np

from matchmaker.engine.encode import load_encoder
from matchmaker.engine.evaluate import evaluate, read_benchmark
from tests.benchmarks.engine_sets import judged_sets


def main(encoder=None) -> int:
    encoder = encoder or load_encoder()
    ratios = []
    print(f"{'set':32}{'engine':>8}{'bm25':>8}{'tfidf':>8}{'cosine':>8}{'ratio':>8}{'ms':>7}")
    for folder in judged_sets(sys.argv[1:]):
        systems = evaluate(read_benchmark(folder), encoder)[0]["systems"]
        values = [systems[name]["ndcg@10"] for name in ("engine", "bm25", "tfidf", "raw_cosine")]
        ratios.append(values[0] / max(values[1:]))
        cells = "".join(f"{value:8.3f}" for value in (*values, ratios[-1]))
        print(f"{folder.name:32}{cells}{systems['engine']['query_ms_median']:7.1f}", flush=True)
    mean = float(np.exp(np.mean(np.log(ratios))))
    print(f"lowest ratio {min(ratios):.3f} (at least 0.99), geometric mean {mean:.3f} (at least 1.15)")
    return int(min(ratios) < 0.99 or mean < 1.15)


if __name__ == "__main__":
    sys.exit(main())
