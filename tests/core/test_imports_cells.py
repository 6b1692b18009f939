"""Cells out and cells in: no formula, and the same text back."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from matchmaker.core.imports.cells import Cells, neutral, plain_address, unneutral
from matchmaker.core.imports.writing import as_csv, as_xlsx
from matchmaker.core.texts import clean

hostile = st.text(st.sampled_from("=+-@\t'\"; ,|_x0041_\nÆå<>&😀a1") | st.characters(codec="utf-8"), max_size=40)


@given(hostile)
def test_neutralising_is_undone_exactly_and_leaves_no_formula(text):
    assert unneutral(neutral(text)) == text
    assert neutral(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@settings(max_examples=60)
@given(st.lists(hostile.map(clean), min_size=1, max_size=4))
def test_csv_and_xlsx_give_every_text_back(texts):
    rows = list(csv.reader(io.StringIO("".join(as_csv([texts, texts])).removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert [[clean(unneutral(cell)) for cell in row] for row in rows if row] == [texts, texts]
    with as_xlsx([["h" * 30] * len(texts), texts], "tittel") as file:
        sheet = load_workbook(file).active
        assert {each.width for each in sheet.column_dimensions.values()} == {32}
        values = next(sheet.iter_rows(min_row=2, max_row=2, max_col=len(texts)))
    assert [clean(unneutral(cell.value or "")) for cell in values] == texts
    assert {cell.data_type for cell in values} <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize(
    ("written", "kept", "remarks"),
    [
        ("totalctrl.com", "https://totalctrl.com", []),
        ("http://", "", []),
        ("https://a.test, https://b.test", "https://a.test", ["left_out"]),
        ("javascript:alert(1)", "", ["address"]),
        ("htp://a.test", "", ["address"]),
    ],
)
def test_an_address_is_mended_or_remarked_on_and_never_dangerous(app, written, kept, remarks):
    cells = Cells({"website": written})
    assert (cells.address("website"), [each.code for each in cells.remarks], cells.problems) == (kept, remarks, [])


@pytest.mark.parametrize(
    ("written", "kept", "codes"), [("7", 7, []), ("1 000", 1000, []), ("syv", None, ["number"]), ("99999", None, ["range"]), ("", None, [])]
)
def test_a_number_is_a_number_or_a_problem(app, written, kept, codes):
    cells = Cells({"n": written})
    assert (cells.whole("n", 0, 2000), [each.code for each in cells.problems]) == (kept, codes)


def test_two_spellings_of_a_site_are_one():
    assert len({plain_address(each) for each in ("https://www.TotalCtrl.com/", "http://totalctrl.com", "totalctrl.com")}) == 1
