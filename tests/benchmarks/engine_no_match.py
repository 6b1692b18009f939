"""How well the best calibrated score tells needs with a match from needs without one (AUC).

    python -m tests.benchmarks.engine_no_match [FOLDER …]

For every second need its relevant offers are taken out of the corpus; once the even ones, once the odd ones.
"""

import sys
import tempfile
from pathlib import Path

from matchmaker.engine.encode import load_encoder
from matchmaker.engine.evaluate import Benchmark, auc, read_benchmark
from matchmaker.engine.matcher import Matcher
from tests.benchmarks.engine_sets import judged_sets

WANTED = {"startup_oneliner_to_text": 0.85, "sbir_topic_to_award": 0.90}


def without(bench: Benchmark, parity: int) -> Benchmark:
    """The set with the relevant offers of every second need taken out."""
    gone = {id_ for query in bench.queries[parity::2] for id_ in bench.judged.get(query.id, ())}
    corpus = [document for document in bench.corpus if document.id not in gone]
    judged = {query: {id_: gain for id_, gain in found.items() if id_ not in gone} for query, found in bench.judged.items()}
    return Benchmark(bench.name, bench.queries, corpus, {query: found for query, found in judged.items() if found})


def measured(bench: Benchmark, encoder) -> float:
    """AUC of the best offer's calibrated score."""
    with tempfile.TemporaryDirectory() as folder:
        matcher = Matcher.open(Path(folder), encoder)
        matcher.upsert("offer", bench.corpus)
        matcher.upsert("need", bench.queries)
        matcher.commit()
        best = {query.id: matcher.rank(query.id, top=1)[0].score for query in bench.queries}
    met = [score for query, score in best.items() if query in bench.judged]
    return auc(met, [score for query, score in best.items() if query not in bench.judged])


def main(encoder=None) -> int:
    encoder, failed = encoder or load_encoder(), 0
    for folder in judged_sets(sys.argv[1:]):
        bench = read_benchmark(folder)
        values = [measured(without(bench, parity), encoder) for parity in (0, 1)]
        mean, wanted = sum(values) / 2, WANTED.get(folder.name)
        failed += bool(wanted and mean < wanted)
        print(f"{folder.name:32}{values[0]:8.3f}{values[1]:8.3f}{mean:8.3f}  {f'at least {wanted}' if wanted else ''}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
