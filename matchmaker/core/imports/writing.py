"""Tables out: CSV that Excel opens with its letters intact, and XLSX. No cell is ever a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from matchmaker.core.imports.cells import neutral

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NARROWEST = 16
"""Characters that a column of a workbook shows at least."""
BOM = "\ufeff"
LONGEST_CELL = 32_767
MIMETYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def as_csv(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """UTF-8 text with the mark that tells Excel so; semicolons, which a Norwegian Excel splits on. Encode as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write(BOM)
    for number, row in enumerate(rows):
        writer.writerow([_safe(cell) for cell in row])
        if number % 200 == 199:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def as_xlsx(rows: Iterable[Iterable[str]], title: str) -> IO[bytes]:
    """An open temporary file at its beginning. Every cell is text, the first row stands still, is bold and is seen whole."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        cells = [_cell(sheet, cell, bold=number == 0) for cell in row]
        if number == 0:  # before anything is written: a column keeps the width it has then
            for column, cell in enumerate(cells, start=1):
                sheet.column_dimensions[get_column_letter(column)].width = max(NARROWEST, len(cell.value) + 2)
        sheet.append(cells)
    file = TemporaryFile()  # noqa: SIM115 - the caller reads it, and it is gone when closed
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet, text: str, *, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    # given to the constructor a text that begins with = would be taken for a formula; _x0041_ would come back as a letter
    cell.value = re.sub(r"_(?=x[0-9a-fA-F]{4}_)", "_x005F_", _safe(text))[:LONGEST_CELL]
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _safe(text: str) -> str:
    return neutral(UNWRITABLE.sub("", text))
