import json

import numpy as np
import pytest
from click.testing import CliRunner

from matchmaker.cli.engine import engine
from matchmaker.engine.calibrate import calibrate, small_indexes
from matchmaker.engine.documents import Document
from matchmaker.engine.encode import TwinEncoder
from matchmaker.engine.evaluate import Benchmark, auc, measures, read_benchmark
from matchmaker.engine.learn import FEATURES, FEW, FEWEST, Calibration, Examples, features, fitted
from matchmaker.engine.score import PARTS
from tests.engine.conftest import NEEDS, OFFERS

SYSTEMS = ["engine", "bm25", "tfidf", "raw_cosine"]


@pytest.fixture
def folder(tmp_path):
    """A judged folder: two needs with a match, one without."""
    lonely = [{"id": "lonely", "text": "Vi trenger en badstue på månen.", "lang": "nb"}]
    rows = {
        "queries": [{"id": need.id, "text": need.text} for need in NEEDS] + lonely,
        "corpus": [{"id": offer.id, "text": offer.text, "lang": "nb"} for offer in OFFERS],
        "qrels": [
            {"query_id": "food", "doc_id": "stock", "score": 2},
            {"query_id": "leaks", "doc_id": "water", "score": 1},
            {"query_id": "lonely", "doc_id": "not there", "score": 2},
        ],
    }
    place = tmp_path / "tiny"
    place.mkdir()
    for name, values in rows.items():
        (place / f"{name}.jsonl").write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return place


@pytest.fixture(autouse=True)
def twin(monkeypatch):
    monkeypatch.setattr("matchmaker.cli.engine.load_encoder", lambda name: TwinEncoder())


def test_measures_are_those_of_the_textbook():
    found = measures({"q": ["x", "a", "y", "b"], "no": ["a"]}, {"q": {"a": 1, "b": 2}})
    assert found["mrr"] == 0.5
    assert found["hit@1"] == 0.0
    assert found["recall@10"] == 1.0
    assert found["ndcg@10"] == pytest.approx((1 / 1.58496 + 3 / 2.32193) / (3 + 1 / 1.58496), abs=1e-4)
    assert auc([3, 2], [1, 2]) == 0.875


def test_evaluate_writes_figures_and_answers_in_the_fixed_format(folder, tmp_path):
    figures, run = tmp_path / "figures.json", tmp_path / "run.json"
    result = CliRunner().invoke(engine, ["evaluate", str(folder), "--json", str(figures), "--run", str(run)])
    assert result.exit_code == 0, result.output
    tiny = json.loads(figures.read_text())["tiny"]
    assert (tiny["queries"], tiny["documents"], list(tiny["systems"])) == (3, 4, SYSTEMS)
    columns = ["ndcg@10", "mrr", "hit@1", "recall@10", "recall@100", "index_seconds", "query_ms_median"]
    assert list(tiny["systems"]["bm25"]) == columns
    assert list(tiny["systems"]["engine"]) == [*columns, "no_match_auc"]
    assert tiny["systems"]["engine"]["ndcg@10"] == 1.0
    answers = json.loads(run.read_text())["tiny"]
    assert list(answers) == ["food", "leaks", "lonely"]
    assert list(answers["food"][0]) == ["doc_id", "rank", "score", "band"]
    assert answers["food"][0]["doc_id"] == "stock"


def test_evaluating_twice_gives_the_same_answers(folder, tmp_path):
    for name in ("one", "two"):
        CliRunner().invoke(engine, ["evaluate", str(folder), "--run", str(tmp_path / name)])
    assert (tmp_path / "one").read_text() == (tmp_path / "two").read_text()


def test_suggest_prints_the_offers_and_their_reasons(folder):
    result = CliRunner().invoke(engine, ["suggest", str(folder), "--query", "food", "--top", "2", "--why"])
    assert result.exit_code == 0, result.output
    assert "stock" in result.output and "Oversikt over varer på lager." in result.output


def test_suggest_names_a_query_that_is_not_there(folder):
    result = CliRunner().invoke(engine, ["suggest", str(folder), "--query", "nobody"])
    assert result.exit_code == 1
    assert "nobody" in result.output


def test_calibrate_makes_the_data_that_the_engine_ships(folder, tmp_path):
    translations = [{"nb": "Varer på lager", "en": "Goods in stock", "de": "Waren"}, {"nb": "Vannrør", "en": "Water pipes"}]
    found = calibrate([read_benchmark(folder)] * 2, translations, TwinEncoder(), tmp_path / "data")
    assert len(found.weights) == len(FEATURES)
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["background.npz", "calibration.json"]
    with np.load(tmp_path / "data" / "background.npz") as made:
        named = [f"{side}/{lang}/{kind}" for side in ("need", "offer") for lang in ("", "en", "nb") for kind in ("sentences", "whole")]
        assert sorted(made.files) == sorted(["model", *named])
        assert made["need/en/whole"] == pytest.approx(-made["need/nb/whole"], abs=1e-6)


def test_a_calibration_scores_what_a_judge_called_relevant_higher():
    draw = np.random.default_rng(3)
    relevant = draw.random(400) < 0.5
    parts = draw.normal(0.3, 0.05, (400, len(PARTS)))
    parts[:, PARTS.index("sentences")] += 0.2 * relevant
    found = fitted(Examples(parts, draw.random(400) < 0.5, relevant, np.ones(400)), "test")
    best = [found.scores(parts[[at]], np.array([True]))[0] for at in range(400)]
    assert auc([s for s, yes in zip(best, relevant) if yes], [s for s, yes in zip(best, relevant) if not yes]) > 0.95
    assert found.band(max(best)) == "strong"
    assert found.band(min(best)) == "none"


def test_words_count_for_a_score_only_where_the_language_is_one():
    parts = np.full((1, len(PARTS)), 0.5)
    one, two = features(parts, np.array([True]))[0], features(parts, np.array([False]))[0]
    assert list(one) == [0.5, 0.5, 0.5, 0.5, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25]
    assert list(two) == [0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0, 0]


def test_a_pair_as_near_says_more_where_few_offers_could_be_near_by_chance():
    parts, shared = np.full((1, len(PARTS)), 0.2), np.array([True])
    curve = Calibration(few=0.5)
    alone, few, some, many, most = (curve.scores(parts, shared, offers)[0] for offers in (1, FEWEST, 60, FEW, 100_000))
    assert alone == few > some > many == most
    odds = [score / (1 - score) for score in (some, many)]
    assert odds[0] / odds[1] == pytest.approx((FEW / 60) ** 0.5)


def test_scores_never_rise_along_the_ranking_and_no_other_language_lifts_a_whole_list():
    curve = Calibration(intercept=0.0, weights=(1.0, *[0.0] * (len(FEATURES) - 1)), facts=0.0)
    parts = np.zeros((4, len(PARTS)))
    parts[:, 0] = (-3, -1, 0, -4)
    one = curve.scores(parts, np.array([True] * 4))
    two = curve.scores(parts, np.array([True, True, False, True]))
    assert list(np.diff(one) <= 0) == [True] * 3
    assert one[0] == pytest.approx(0.5)
    assert list(np.diff(two) <= 0) == [True] * 3
    assert two[0] == pytest.approx((2 / (1 + np.exp(1)) + 0.5) / 3)


def test_small_indexes_hold_answers_to_half_of_their_needs():
    corpus = [Document(f"d{at}", f"offer number {at} of {at * 7} things", "en") for at in range(60)]
    queries = [Document(f"q{at}", f"need number {at}", "en") for at in range(40)]
    bench = Benchmark("made", queries, corpus, {f"q{at}": {f"d{at}": 1} for at in range(40)})
    drawn = list(small_indexes(bench, TwinEncoder()))
    assert {each.offers for each in drawn} == {8, 25}
    assert all(len(each.relevant) == len(each.shared) >= 6 for each in drawn)
    assert all(each.relevant.mean() <= 0.5 for each in drawn)
