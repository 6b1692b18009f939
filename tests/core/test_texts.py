"""What people type, made safe to keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.core.texts import clean, clean_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mat\r\ni søpla \r", "Mat\ni søpla"),
        ("mat\u200bsvinn", "matsvinn"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u0000b\u0007", "ab"),
        ("a\u030a", "å"),
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
