"""The carried model itself: the only tests that load its weights."""

import os

import numpy as np
import pytest

from matchmaker.engine.documents import Document
from matchmaker.engine.encode import _sentence_transformers, load_encoder
from matchmaker.engine.prepare import prepare

pytestmark = [pytest.mark.model, pytest.mark.xdist_group("model")]

SAID = "Kommunen mangler oversikt over varene på lager. Vi kaster mat. Hva går ut på dato i morgen?"
OTHERS = ["Kort.", "Målere finner lekkasjer i vannrør og varsler på mobil. " * 12, "Deling av elbiler.", "Fritidskort for unge. " * 9]


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def _row(encoder, texts: list[str]):
    return next(iter(prepare(encoder, "need", [Document(str(at), text) for at, text in enumerate(texts)])))


def test_a_text_has_the_same_vectors_whatever_it_is_read_with(encoder):
    alone, among = _row(encoder, [SAID]), _row(encoder, [SAID, *OTHERS * 3])
    assert len(alone.sentences) == 3
    assert alone.whole @ among.whole > 0.9998
    assert (np.einsum("ij,ij->i", alone.sentences, among.sentences) > 0.9995).all()


def test_a_text_read_again_in_the_same_way_has_the_very_same_vectors(encoder):
    once, again = _row(encoder, [SAID, *OTHERS]), _row(encoder, [SAID, *OTHERS])
    assert np.array_equal(once.whole, again.whole)
    assert np.array_equal(once.sentences, again.sentences)


def test_reading_sentences_too_leaves_the_whole_as_the_model_gives_it(encoder):
    assert _row(encoder, [SAID]).whole @ encoder.encode_needs([SAID])[0] > 0.999


def test_threads_that_wait_sleep_beside_a_busy_server(monkeypatch):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    _sentence_transformers()
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
