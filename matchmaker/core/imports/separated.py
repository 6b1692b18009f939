"""Separated text (CSV): encoding and delimiter guessed, rows streamed with the line they begin on."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from matchmaker.core.imports.problems import Problem, Unreadable
from matchmaker.core.imports.rows import Row

SAMPLE = 256 * 1024
DELIMITERS = (";", ",", "\t", "|")
LARGEST_CELL = 1_000_000
ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows (1252)", "mac_roman": "Mac", "cp865": "DOS (865)", "utf-16": "UTF-16"}
"""The character sets people may choose, by Python's name."""

csv.field_size_limit(LARGEST_CELL)


def guess_encoding(path: Path) -> str:
    """One of ENCODINGS (or utf-16-le/be without a mark). Raises Unreadable for what is no text."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        return _wide(start)
    wrong = _first_not_utf8(path)
    if wrong is None:
        return "utf-8-sig"
    with path.open("rb") as file:
        file.seek(max(0, wrong - 2048))
        best = from_bytes(file.read(64 * 1024), cp_isolation=["cp1252", "mac_roman", "cp865"]).best()
    return best.encoding if best and best.encoding in ENCODINGS else "cp1252"


def _wide(start: bytes) -> str:
    half = max(1, len(start) // 2)
    if start[1::2].count(0) > half * 0.6:
        return "utf-16-le"
    if start[0::2].count(0) > half * 0.6:
        return "utf-16-be"
    raise Unreadable("binary")


def _first_not_utf8(path: Path) -> int | None:
    """Where the first byte stands that is no UTF-8; None when all is."""
    decoder, before = codecs.getincrementaldecoder("utf-8")(), 0
    with path.open("rb") as file:
        while part := file.read(1024 * 1024):
            try:
                decoder.decode(part)
            except UnicodeDecodeError as error:
                return max(0, before + error.start)
            before += len(part)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return max(0, before - 4)
    return None


def guess_delimiter(sample: str) -> str:
    """The one that splits the first rows into the most columns while agreeing with the header; a comma where nothing splits."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(cells) for cells, _ in zip(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter), range(50), strict=False) if cells]
        except csv.Error:
            return 0, 0
        if not widths or widths[0] < 2:
            return 0, 0
        return sum(width == widths[0] for width in widths) * 100 // len(widths), widths[0]

    best = max(DELIMITERS, key=fit)
    return best if fit(best) > (0, 0) else ","


def read(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Every row that is not blank, the header first. A row that cannot be split carries its problem; text in another encoding raises Unreadable."""
    with path.open(encoding=encoding, errors="strict", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problem = Problem("", "cell_too_big", str(LARGEST_CELL)) if "limit" in str(error) else Problem("", "binary")
                yield Row(line, [], problem)
                continue
            except UnicodeDecodeError:
                raise Unreadable("encoding", reader.line_num + 1) from None
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)


def sample_text(path: Path, encoding: str) -> str:
    with path.open("rb") as file:
        return codecs.getincrementaldecoder(encoding)("replace").decode(file.read(SAMPLE))


def about_how_many_rows(path: Path) -> int:
    """Line ends in the file, which is quick and rarely too few."""
    with path.open("rb") as file:
        return sum(part.count(b"\n") or part.count(b"\r") for part in iter(lambda: file.read(1024 * 1024), b""))
