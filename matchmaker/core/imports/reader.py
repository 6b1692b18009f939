"""A file people handed in, opened by what it holds and not by its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from matchmaker.core.imports import separated, workbooks
from matchmaker.core.imports.problems import Problem, Unreadable
from matchmaker.core.imports.rows import Row

MOST_ROWS = 200_000
MOST_COLUMNS = workbooks.MOST_COLUMNS


@dataclass(frozen=True)
class Table:
    """How to read the file. `encoding` is '' for a workbook; `rows_about` is a guess for the progress bar."""

    path: Path
    header: list[str]
    encoding: str = ""
    delimiter: str = ""
    rows_about: int = 0

    def rows(self) -> Iterator[Row]:
        """The rows below the header, streamed. A row wider than the header carries that as its problem. Raises Unreadable on the way."""
        width = len(self.header)
        for count, row in enumerate(islice(_all(self.path, self.encoding, self.delimiter), 1, None), start=1):
            if count > MOST_ROWS:
                raise Unreadable("too_many_rows", MOST_ROWS)
            extra = any(cell.strip() for cell in row.cells[width:])
            yield Row(row.line, row.cells, Problem("", "extra_cells")) if extra and row.problem is None else row

    def first(self, number: int) -> list[Row]:
        return list(islice(self.rows(), number))


def open_table(path: Path, *, encoding: str = "", delimiter: str = "") -> Table:
    """Look at the file: its kind, encoding, delimiter and header. What is given is not guessed. Raises Unreadable, saying what to do."""
    if path.stat().st_size == 0:
        raise Unreadable("empty_file")
    if workbooks.is_workbook(path):
        encoding, delimiter, about = "", "", workbooks.about_how_many_rows(path)
    else:
        encoding = encoding or separated.guess_encoding(path)
        delimiter = delimiter or separated.guess_delimiter(separated.sample_text(path, encoding))
        about = separated.about_how_many_rows(path)
    rows = _all(path, encoding, delimiter)
    header = next(rows, None)
    if header is None:
        raise Unreadable("empty_file")
    if header.problem:
        raise Unreadable(header.problem.code, header.problem.value)
    if len(header.cells) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", MOST_COLUMNS)
    if next(rows, None) is None:
        raise Unreadable("header_only")
    return Table(path, [cell.strip() for cell in header.cells], encoding, delimiter, max(0, about - 1))


def _all(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    return separated.read(path, encoding, delimiter) if encoding else workbooks.read(path)
