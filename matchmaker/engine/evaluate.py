"""Measures the engine as the service uses it, beside three baselines, on folders of judged needs and offers."""

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matchmaker.engine.documents import Document
from matchmaker.engine.encode import Encoder
from matchmaker.engine.matcher import Match, Matcher

DEPTH = 100
MEASURES = ("ndcg@10", "mrr", "hit@1", "recall@10", "recall@100")
Ranking = dict[str, list[str]]


@dataclass(frozen=True)
class Benchmark:
    """A folder in memory; ``judged`` maps a query id to its documents with a gain above nought."""

    name: str
    queries: list[Document]
    corpus: list[Document]
    judged: dict[str, dict[str, int]]


def _documents(path: Path) -> list[Document]:
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return [Document(str(row["id"]), row["text"], row.get("lang") or "") for row in rows]


def read_benchmark(folder: Path) -> Benchmark:
    """Read ``queries.jsonl``, ``corpus.jsonl`` and ``qrels.jsonl``; judgements of unknown documents count for nothing."""
    folder = Path(folder)
    queries, corpus = _documents(folder / "queries.jsonl"), _documents(folder / "corpus.jsonl")
    held = {document.id for document in corpus}
    judged: dict[str, dict[str, int]] = {}
    with open(folder / "qrels.jsonl", encoding="utf-8") as file:
        for line in filter(str.strip, file):
            row = json.loads(line)
            if row["score"] > 0 and str(row["doc_id"]) in held:
                judged.setdefault(str(row["query_id"]), {})[str(row["doc_id"])] = int(row["score"])
    return Benchmark(folder.resolve().name, queries, corpus, judged)


def _gains(scores: Sequence[int]) -> float:
    return float(sum((2**score - 1) / np.log2(at + 2) for at, score in enumerate(scores)))


def measures(ranking: Ranking, judged: dict[str, dict[str, int]]) -> dict[str, float]:
    """Means over the queries with a relevant document: nDCG@10 (gain 2^score - 1), MRR, hit@1, recall@10 and @100."""
    rows = []
    for query, relevant in judged.items():
        if query not in ranking:
            continue
        found = ranking[query][:DEPTH]
        hits = [document in relevant for document in found]
        ideal = _gains(sorted(relevant.values(), reverse=True)[:10])
        rows.append(
            (
                _gains([relevant.get(document, 0) for document in found[:10]]) / ideal,
                1 / (hits.index(True) + 1) if True in hits else 0.0,
                float(bool(hits and hits[0])),
                sum(hits[:10]) / len(relevant),
                sum(hits) / len(relevant),
            )
        )
    means = np.mean(rows, axis=0) if rows else np.zeros(len(MEASURES))
    return dict(zip(MEASURES, map(float, means)))


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive stands above a negative, ties half."""
    from scipy.stats import rankdata

    ranks = rankdata([*positive, *negative])
    n, m = len(positive), len(negative)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


def _timed(ask: Callable[[Document], list[str]], queries: list[Document]) -> tuple[Ranking, float]:
    ranking, spent = {}, []
    for query in queries:
        began = time.perf_counter()
        ranking[query.id] = ask(query)
        spent.append(time.perf_counter() - began)
    return ranking, float(np.median(spent) * 1000) if spent else 0.0


def _best(ids: list[str], scores: np.ndarray) -> list[str]:
    return [ids[at] for at in np.argsort(-scores, kind="stable")[:DEPTH]]


def _bm25(bench: Benchmark) -> tuple[Ranking, float, float]:
    import bm25s

    began, ids = time.perf_counter(), [document.id for document in bench.corpus]
    index = bm25s.BM25()
    texts = [document.text for document in bench.corpus]
    index.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
    spent = time.perf_counter() - began

    def ask(query: Document) -> list[str]:
        tokens = bm25s.tokenize(query.text, stopwords=None, return_ids=False, show_progress=False)[0]
        return _best(ids, index.get_scores(tokens) if tokens else np.zeros(len(ids)))

    return (*_timed(ask, bench.queries), spent)


def _tfidf(bench: Benchmark) -> tuple[Ranking, float, float]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    began, ids = time.perf_counter(), [document.id for document in bench.corpus]
    vectorizer = TfidfVectorizer()
    rows = vectorizer.fit_transform([document.text for document in bench.corpus])
    spent = time.perf_counter() - began

    def ask(query: Document) -> list[str]:
        return _best(ids, (rows @ vectorizer.transform([query.text]).T).toarray().ravel())

    return (*_timed(ask, bench.queries), spent)


def _raw_cosine(bench: Benchmark, encoder: Encoder) -> tuple[Ranking, float, float]:
    began, ids = time.perf_counter(), [document.id for document in bench.corpus]
    rows = encoder.encode_offers([document.text for document in bench.corpus])
    spent = time.perf_counter() - began
    asked = encoder.encode_needs([query.text for query in bench.queries])
    vectors = {query.id: vector for query, vector in zip(bench.queries, asked)}
    return (*_timed(lambda query: _best(ids, rows @ vectors[query.id]), bench.queries), spent)


def _engine(bench: Benchmark, encoder: Encoder) -> tuple[dict[str, list[Match]], float, float]:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        matcher = Matcher.open(Path(folder), encoder)
        matcher.upsert("offer", bench.corpus)
        matcher.upsert("need", bench.queries)
        matcher.commit()
        answers = {}
        spent, asked = time.perf_counter() - began, []
        for query in bench.queries:
            started = time.perf_counter()
            answers[query.id] = matcher.rank(query.id, top=DEPTH)
            asked.append(time.perf_counter() - started)
        return answers, float(np.median(asked) * 1000) if asked else 0.0, spent


def evaluate(bench: Benchmark, encoder: Encoder) -> tuple[dict, dict[str, list[Match]]]:
    """The figures of one folder, as ``--json`` writes them, and the engine's own answers by query."""
    answers, median, spent = _engine(bench, encoder)
    ranking = {query: [match.id for match in matches] for query, matches in answers.items()}
    runs = {
        "engine": (ranking, median, spent),
        "bm25": _bm25(bench),
        "tfidf": _tfidf(bench),
        "raw_cosine": _raw_cosine(bench, encoder),
    }
    systems = {
        name: {**measures(found, bench.judged), "index_seconds": seconds, "query_ms_median": ms}
        for name, (found, ms, seconds) in runs.items()
    }
    best = {query: matches[0].score if matches else 0.0 for query, matches in answers.items()}
    unmet = [score for query, score in best.items() if query not in bench.judged]
    met = [score for query, score in best.items() if query in bench.judged]
    if unmet and met:
        systems["engine"]["no_match_auc"] = auc(met, unmet)
    return {"queries": len(bench.queries), "documents": len(bench.corpus), "systems": systems}, answers
