"""Excel workbooks (XLSX): a zip of XML, and so looked over before anything is unpacked.

Reading goes through openpyxl's read-only mode; its XML goes through defusedxml when that is installed, which set-up sees to.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from defusedxml.common import DefusedXmlException
from openpyxl import Workbook, load_workbook

from matchmaker.core.imports.problems import Unreadable
from matchmaker.core.imports.rows import Row

MOST_BYTES_INSIDE = 256 * 1024 * 1024
MOST_FILES_INSIDE = 2000
MOST_TIMES_LARGER = 200
MOST_COLUMNS = 200
MOST_ROWS_OF_EXCEL = 1_048_576
BROKEN = (
    DefusedXmlException,
    LookupError,
    ValueError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    TypeError,
    EOFError,
    OSError,
    NotImplementedError,
)
"""What openpyxl and the parsers under it raise on a damaged file."""


def is_workbook(path: Path) -> bool:
    """Told by content: a zip with a workbook in it. Raises Unreadable for Excel's older and locked files."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("locked" if b"E\0n\0c\0r\0y\0p\0t\0e\0d" in path.read_bytes() else "old_excel")
    return start.startswith(b"PK\x03\x04")


def look_over(path: Path) -> None:
    """Refuse what would not fit in memory. Sizes come from the zip's directory, and no more than that is ever unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("broken_workbook") from None
    if not any(member.filename == "[Content_Types].xml" for member in members):
        raise Unreadable("binary")
    total = sum(member.file_size for member in members)
    crowded = total > 20 * 1024 * 1024 and total > MOST_TIMES_LARGER * max(1, path.stat().st_size)
    if total > MOST_BYTES_INSIDE or len(members) > MOST_FILES_INSIDE or crowded:
        raise Unreadable("too_big_inside")


def read(path: Path) -> Iterator[Row]:
    """Every row of the first visible sheet that is not blank, the header first. Formulas count as the value Excel last showed."""
    with _opened(path) as book:
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable("broken_workbook")
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS_OF_EXCEL), start=1):
            if values.count(None) < len(values) and any(value is not None and value != "" for value in values):
                cells = [_words(value) for value in values]
                while cells and not cells[-1]:
                    cells.pop()
                yield Row(number, cells)


def about_how_many_rows(path: Path) -> int:
    """What the first sheet says of its own size; 0 when it says nothing."""
    with _opened(path) as book:
        return min(max((each.max_row or 0 for each in book.worksheets[:1]), default=0), MOST_ROWS_OF_EXCEL)


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    """The workbook, looked over first and closed at the end; whatever is wrong inside becomes Unreadable. By file, since openpyxl goes by names."""
    look_over(path)
    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                yield book
            finally:
                book.close()
    except Unreadable:
        raise
    except BROKEN:
        raise Unreadable("broken_workbook") from None


def _words(value: Any) -> str:
    """A cell as a person would type it: whole numbers without decimals, dates as 2026-03-11."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
