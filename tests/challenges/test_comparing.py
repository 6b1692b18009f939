"""Two texts, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matchmaker.challenges.comparing import pieces


@given(some.text(alphabet="ab .,\n", max_size=40), some.text(alphabet="ab .,\n", max_size=40))
def test_both_texts_can_be_read_out_of_the_pieces(before, after):
    found = pieces(before, after)
    assert "".join(text for mark, text in found if mark != "ins") == before
    assert "".join(text for mark, text in found if mark != "del") == after


def test_a_changed_phrase_stands_together():
    assert pieces("Vi ønsker å halvere svinnet på et år.", "Vi vil halvere svinnet på ett år.") == [
        ("", "Vi "), ("del", "ønsker å"), ("ins", "vil"), ("", " halvere svinnet på "), ("del", "et"), ("ins", "ett"), ("", " år."),
    ]  # fmt: skip


def test_a_text_written_anew_is_not_picked_apart():
    assert pieces("Kjøkkenet kaster mat som står på lager.", "Vi trenger en app som går ut på dato.") == [
        ("del", "Kjøkkenet kaster mat som står på lager."), ("ins", "Vi trenger en app som går ut på dato."),
    ]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [("a " * 5000, "a b " * 2500), (". " * 5000, "." * 9000), ("x" * 10_000, "y" * 10_000)])
def test_the_longest_and_dullest_texts_are_compared_in_a_moment(before, after):
    start = time.perf_counter()
    pieces(before, after)
    assert time.perf_counter() - start < 3
