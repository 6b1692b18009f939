"""Files as people have them: wrong names, odd encodings, bombs."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from matchmaker.core.imports.problems import Unreadable
from matchmaker.core.imports.reader import open_table

pytestmark = pytest.mark.one_database("sqlite")  # files, before a row is written

TEXT = "navn;beskrivelse\nKjøkkenKlar;Vi gir storkjøkken oversikt over maten på lager, så ingenting går ut på dato\nÆrlig Ås AS;Måler støv på øya\n"


@pytest.fixture
def file(tmp_path):
    def write(content: bytes | str):
        path = tmp_path / "file.bin"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def cells(table):
    return [(row.line, row.cells) for row in table.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "mac_roman", "cp865"])
def test_norwegian_letters_survive_every_common_encoding(app, file, encoding):
    table = open_table(file(TEXT.encode(encoding)))
    assert cells(table)[1] == (3, ["Ærlig Ås AS", "Måler støv på øya"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_even_where_texts_hold_the_others(app, file, delimiter):
    rows = [["navn", "tekst"], ["A", '"en, to; tre | fire"'], ["B", '"fem, seks; sju"']]
    table = open_table(file("\n".join(delimiter.join(row) for row in rows)))
    assert cells(table)[0] == (2, ["A", "en, to; tre | fire"])


def test_a_row_is_named_by_the_line_it_begins_on_although_texts_span_lines(app, file):
    table = open_table(file('navn,tekst\nA,"en\nto\ntre"\n\nB,x\n'))
    assert [row.line for row in table.rows()] == [2, 6]


def test_a_row_wider_than_the_header_says_so_and_the_others_come_in(app, file):
    rows = list(open_table(file("navn,tekst\nA,en, to\nB,tre\n"), delimiter=",").rows())
    assert [row.problem and row.problem.code for row in rows] == ["extra_cells", None]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (b"navn,tekst\n", "header_only"),
        (b"%PDF-1.7\0\0\xff\x01\0\x02", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old_excel"),
        (b"PK\x03\x04rubbish", "broken_workbook"),
        (",".join(["x"] * 300) + "\n1\n", "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_word_on_what_to_do(app, file, content, code):
    with pytest.raises(Unreadable) as refused:
        open_table(file(content))
    assert refused.value.code == code
    assert refused.value.text


def test_text_that_does_not_fit_the_chosen_encoding_names_the_line(app, file):
    table = open_table(file("navn,tekst\n" + "a,b\n" * 40_000 + "Ås,x\n"), encoding="utf-8-sig")
    assert len(list(table.rows())) == 40_001
    table = open_table(file(b"navn,tekst\n" + b"a,b\n" * 40_000 + "Ås,x\n".encode("cp1252")), encoding="utf-8-sig")
    with pytest.raises(Unreadable) as refused:
        list(table.rows())
    assert refused.value.code == "encoding"


def workbook(rows) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_by_content_with_numbers_and_dates_as_people_type_them(app, file):
    from datetime import date

    table = open_table(file(workbook([["navn", "antall", "dag"], ["A", 3.0, date(2026, 3, 11)], [None, None, None], ["B", 2.5, None]])))
    assert cells(table) == [(2, ["A", "3", "2026-03-11"]), (4, ["B", "2.5"])]


def rezipped(content: bytes, **members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.pop(name, None) or old.read(name))
        for name, data in members.items():
            new.writestr(name, data)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(app, file):
    bomb = rezipped(workbook([["navn"], ["A"]]), **{"xl/media/big.bin": b"\0" * 300_000_000})
    assert len(bomb) < 400_000
    with pytest.raises(Unreadable) as refused:
        open_table(file(bomb))
    assert refused.value.code == "too_big_inside"


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)


def test_entities_in_a_workbook_are_refused(app, file):
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + SHEET
    with pytest.raises(Unreadable) as refused:
        open_table(file(rezipped(workbook([["navn"], ["A"]]), **{"xl/worksheets/sheet1.xml": laughs})))
    assert refused.value.code == "broken_workbook"


def test_a_row_that_claims_a_number_no_sheet_has_ends_the_reading(app, file):
    far = SHEET.replace(b"&b;", b"navn").replace(b"</row>", b'</row><row r="99999999999999"><c r="A1"><v>1</v></c></row>')
    with pytest.raises(Unreadable) as refused:
        open_table(file(rezipped(workbook([["navn"], ["A"]]), **{"xl/worksheets/sheet1.xml": far})))
    assert refused.value.code == "header_only"


def test_any_zip_that_is_no_workbook_is_refused(app, file):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hei")
    with pytest.raises(Unreadable):
        open_table(file(out.getvalue()))
