import shutil
import subprocess
import sys
import threading

import numpy as np
import pytest

from matchmaker.engine.documents import Document, Facts
from matchmaker.engine.encode import TwinEncoder
from matchmaker.engine.matcher import Matcher
from tests.engine.conftest import NEEDS, OFFERS


def ids(matches):
    return [match.id for match in matches]


def reopened(matcher, encoder=None):
    return Matcher.open(matcher._store.folder, encoder or TwinEncoder())


def test_a_new_folder_is_empty_and_answers_nothing(tmp_path, encoder):
    empty = Matcher.open(tmp_path / "new", encoder)
    assert (empty.status().needs, empty.status().offers, empty.status().complete) == (0, 0, True)
    assert empty.rank(NEEDS[0]) == []
    assert empty.similar("need", "mat") == []


def test_what_was_committed_is_there_after_reopening(matcher):
    assert reopened(matcher).rank("food") == matcher.rank("food")


def test_what_was_not_committed_is_not_there(matcher):
    matcher.upsert("offer", [Document("new", "Ny tekst om varer på lager.", "nb")])
    assert "new" not in ids(matcher.rank("food"))
    assert "new" not in ids(reopened(matcher).rank("food"))


def test_an_unchanged_text_is_not_embedded_again(matcher, encoder):
    before = encoder.calls
    assert matcher.upsert("offer", OFFERS) == 0
    assert encoder.calls == before


def test_new_facts_keep_the_vectors_and_count_at_once(matcher, encoder):
    before = encoder.calls
    changed = Document("cars", OFFERS[1].text, "nb", Facts(capacity=0))
    assert matcher.upsert("offer", [changed]) == 0
    matcher.commit()
    assert encoder.calls == before
    assert matcher.has("offer", changed) and not matcher.has("offer", OFFERS[1])
    assert next(match for match in matcher.rank("food") if match.id == "cars").parts["facts"] == -1.0


def test_a_changed_text_replaces_the_old_one(matcher):
    matcher.upsert("offer", [Document("stock", "Noe helt annet om svømmehaller.", "nb")])
    matcher.commit()
    assert matcher.status().offers == 4
    assert ids(matcher.rank(Document("x", "svømmehaller", "nb")))[0] == "stock"


def test_a_removed_document_is_gone_and_may_come_back(matcher):
    matcher.remove("offer", ["stock", "unknown"])
    matcher.commit()
    assert "stock" not in ids(matcher.rank("food"))
    matcher.upsert("offer", OFFERS[:1])
    matcher.commit()
    assert ids(matcher.rank("food"))[0] == "stock"


def test_another_process_sees_a_new_generation_when_it_refreshes(matcher):
    other = reopened(matcher)
    matcher.remove("offer", ["stock"])
    matcher.commit()
    assert len(other.rank("food")) == 4
    assert other.refresh() is True
    assert len(other.rank("food")) == 3
    assert other.refresh() is False


def test_two_writers_lose_nothing_of_each_other(matcher):
    other = reopened(matcher)
    matcher.upsert("offer", [Document("a", "Første nye tekst.", "nb")])
    other.upsert("offer", [Document("b", "Andre nye tekst.", "nb")])
    matcher.commit()
    other.commit()
    assert other.status().offers == 6


def test_many_small_commits_are_merged_and_answer_as_one_index(matcher, tmp_path, encoder):
    extra = [Document(str(number), f"Tekst nummer {number} om varer.", "nb") for number in range(20)]
    for document in extra:
        matcher.upsert("offer", [document])
        matcher.commit()
    whole = Matcher.open(tmp_path / "whole", encoder)
    whole.upsert("offer", [*OFFERS, *extra])
    whole.upsert("need", NEEDS)
    whole.commit()
    assert len(matcher.generation.manifest.segments["offer"]) <= 7
    assert [(m.id, round(m.score, 4)) for m in matcher.rank("food")] == [
        (m.id, round(m.score, 4)) for m in whole.rank("food")
    ]


def test_a_commit_killed_half_way_changes_nothing(matcher):
    folder = matcher._store.folder
    script = (
        "import os; from pathlib import Path; from matchmaker.engine import index;"
        "from matchmaker.engine.matcher import Matcher; from matchmaker.engine.encode import TwinEncoder;"
        "from matchmaker.engine.documents import Document;"
        "index.os.replace = lambda *paths: os._exit(9);"
        f"m = Matcher.open(Path({str(folder)!r}), TwinEncoder()); m.remove('offer', ['stock']);"
        "m.upsert('offer', [Document('half', 'Halv tekst.')]); m.commit()"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 9
    after = reopened(matcher)
    assert ids(after.rank("food")) == ids(matcher.rank("food"))
    after.upsert("offer", [Document("later", "Senere tekst.")])
    after.commit()
    named = {name for names in after.generation.manifest.segments.values() for name in names}
    assert {path.name for path in folder.iterdir() if path.is_dir()} == named


@pytest.mark.parametrize("harm", ["manifest", "segment"])
def test_a_damaged_index_is_not_used_and_says_so(matcher, harm):
    folder = matcher._store.folder
    if harm == "manifest":
        (folder / "manifest.json").write_text('{"model": ', encoding="utf-8")
    else:
        shutil.rmtree(next(path for path in folder.iterdir() if path.name.startswith("offer-")))
    damaged = reopened(matcher)
    assert (damaged.status().complete, damaged.status().offers) == (False, 0)
    damaged.upsert("offer", OFFERS)
    damaged.upsert("need", NEEDS)
    damaged.commit()
    assert damaged.status().complete and damaged.rank("food") != []


def test_another_model_is_noticed_and_the_index_is_made_anew(matcher):
    other = reopened(matcher, TwinEncoder(32, "twin-32"))
    assert other.status().model_changed
    assert other.rank(NEEDS[0]) == []
    assert other.upsert("offer", OFFERS) == 4
    other.commit()
    assert not other.status().model_changed
    assert (other.status().needs, other.status().offers) == (0, 4)
    assert len(other.rank(NEEDS[0])) == 4


def test_clear_forgets_everything_at_the_next_commit(matcher):
    matcher.clear()
    assert len(matcher.rank("food")) == 4
    matcher.upsert("offer", OFFERS[:2])
    matcher.commit()
    assert (matcher.status().needs, matcher.status().offers) == (0, 2)


def test_reading_goes_on_while_another_thread_writes(matcher):
    failures = []

    def read():
        try:
            for _ in range(40):
                assert len(matcher.rank("food")) >= 4
        except Exception as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(6):
        matcher.upsert("offer", [Document(f"n{number}", f"Tekst {number} om lager.", "nb")])
        matcher.commit()
    for reader in readers:
        reader.join()
    assert failures == []


def test_opening_an_index_imports_neither_torch_nor_a_web_framework():
    script = (
        "import sys, matchmaker.engine.matcher;"
        "print([name for name in ('torch', 'sentence_transformers', 'sklearn', 'flask', 'sqlalchemy') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60).stdout == "[]\n"


def test_a_question_that_is_asked_again_is_not_read_again(matcher, encoder):
    first = matcher.rank(Document("", "varer på lager"))
    before = encoder.calls
    assert matcher.rank(Document("", "varer på lager")) == first
    assert ids(matcher.similar("need", "varer på lager"))[0] == "food"
    assert encoder.calls == before


def test_a_question_that_is_asked_again_sees_what_came_in_between(matcher):
    assert ids(matcher.rank(Document("", "svømmehaller")))[0] != "pool"
    matcher.upsert("offer", [Document("pool", "Drift av svømmehaller.", "nb")])
    matcher.commit()
    assert ids(matcher.rank(Document("", "svømmehaller")))[0] == "pool"


def test_a_question_in_other_words_or_with_other_facts_is_another_one(matcher):
    plain = matcher.rank(Document("", "varer på lager"))
    assert matcher.rank(Document("", "vannrør")) != plain
    matcher.upsert("offer", [Document("stock", OFFERS[0].text, "nb", Facts(capacity=0))])
    matcher.commit()
    asked = Document("", "varer på lager", "", Facts(themes=frozenset({"helse"})))
    assert next(match for match in matcher.rank(asked) if match.id == "stock").parts["facts"] == -1.0


def test_an_index_swept_away_by_a_later_commit_is_still_read_to_the_end(matcher):
    segment = next(iter(matcher.generation.segments.values()))
    before = segment.sentences.copy()
    shutil.rmtree(segment.folder)
    blocks = list(segment._blocks("sentences", 3))
    assert [at for at, _ in blocks] == list(range(0, len(before), 3))
    assert np.array_equal(np.concatenate([block for _, block in blocks]), before)
    assert segment.frequencies[0].sum() == len(segment.char_ids)
    segment.let_go()
    assert np.array_equal(segment.sentences, before)
