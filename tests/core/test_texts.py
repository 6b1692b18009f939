"""What people type, made safe to keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.core.texts import MOST_MARKS, clean, clean_line, normal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mat\r\ni søpla \r", "Mat\ni søpla"),
        ("mat\u200bsvinn", "matsvinn"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u0000b\u0007", "ab"),
        ("a\u030a", "å"),
        ("a\u200b\u030a", "å"),
        ("å" * 100, "å" * 100),
        ("👍🏽 bra", "👍🏽 bra"),
        (None, ""),
        ("<b>x</b>' OR 1=1 --", "<b>x</b>' OR 1=1 --"),
    ],
)
def test_text_is_kept_in_one_form_without_what_cannot_be_seen(typed, kept):
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed):
    assert clean(clean(typed)) == clean(typed)
    assert "\n" not in clean_line(typed)


def test_a_pile_of_accents_is_cut_before_it_is_put_in_order():
    """Unsorted, half a million of them would hold the process for an hour."""
    assert len(clean("a" + "\u0301\u0316" * 500_000)) <= 1 + MOST_MARKS
    assert len(normal("\uff76" + "\uff9e\u0301" * 500_000, "NFKC")) <= 1 + MOST_MARKS
