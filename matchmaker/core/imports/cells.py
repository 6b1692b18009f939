"""What a cell says: each reader gives the value or notes the problem. And the way back, so that what is written can be read again."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from matchmaker.core.imports.problems import Problem
from matchmaker.core.texts import clean, clean_line, normal

DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def neutral(text: str) -> str:
    """No spreadsheet takes it for a formula: an apostrophe goes before a leading = + - @ tab or line end (and before apostrophes that hide one)."""
    return f"'{text}" if DANGEROUS.match(text) else text


def unneutral(text: str) -> str:
    """The reverse of `neutral`."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text) else text


def import_key(*parts: str) -> str:
    """What makes two rows the same thing: SHA-256 over the parts, folded and without blanks at the ends. 64 hex digits."""
    folded = "\n".join(" ".join(normal(part, "NFKC").casefold().split()) for part in parts)
    return hashlib.sha256(folded.encode()).hexdigest()


def plain_address(address: str) -> str:
    """The address as far as it tells two sites apart: no scheme, no www, no slash at the end."""
    return re.sub(r"^(https?:)?(//)?(www\.)?", "", address.strip().casefold()).rstrip("/")


class Cells:
    """Reads the mapped cells of one row. `problems` keep the row out; `remarks` tell what was left out of a row that is otherwise good.

    A field that no column is mapped to is not asked about.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = {name: unneutral(cell) for name, cell in values.items()}
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []

    def has(self, name: str) -> bool:
        """There is a column for it and something in the cell: an empty cell changes nothing."""
        return bool(self.values.get(name, "").strip())

    def refuse(self, name: str, code: str, value: object = "") -> None:
        self.problems.append(Problem(name, code, str(value)))

    def remark(self, name: str, code: str, value: object = "") -> None:
        self.remarks.append(Problem(name, code, str(value)))

    def text(self, name: str, most: int) -> str:
        return self._limited(name, clean(self.values.get(name)), most)

    def line(self, name: str, most: int) -> str:
        return self._limited(name, clean_line(self.values.get(name)), most)

    def _limited(self, name: str, text: str, most: int) -> str:
        if len(text) > most:
            self.refuse(name, "too_long", most)
        return text

    def whole(self, name: str, least: int, most: int) -> int | None:
        cell = clean_line(self.values.get(name))
        found = re.match(r"[-+]?\d[\d .\u00a0]*$", cell)
        if not found:
            if cell:
                self.refuse(name, "number", cell)
            return None
        digits = re.sub(r"[ .\u00a0]", "", cell)
        if len(digits) > 15 or not least <= int(digits) <= most:
            self.refuse(name, "range", cell)
            return None
        return int(digits)

    def day(self, name: str) -> date | None:
        cell = clean_line(self.values.get(name))
        for shape in ("%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y"):
            try:
                return datetime.strptime(cell, shape).date()
            except ValueError:
                continue
        if cell:
            self.refuse(name, "date", cell)
        return None

    def choice(self, name: str, find: Callable[[str], str | None]) -> str:
        cell = clean_line(self.values.get(name))
        found = find(cell) if cell else None
        if cell and found is None:
            self.refuse(name, "unknown", cell)
        return found or ""

    def choices(self, name: str, find: Callable[[str], str | None], most: int = 100) -> list[str]:
        """Parts divided by semicolons, line ends, or by commas where the parts are then all known. A sorted set."""
        cell = clean(self.values.get(name))
        parts = split(cell)
        if any(find(part) is None for part in parts) and "," in cell:
            parts = [part for piece in parts for part in ([piece] if find(piece) is not None else [each.strip() for each in piece.split(",") if each.strip()])]
        found: set[str] = set()
        for part in parts:
            value = find(part)
            if value is None:
                self.refuse(name, "unknown", part)
            else:
                found.add(value)
        if len(found) > most:
            self.refuse(name, "too_many", most)
        return sorted(found)

    def address(self, name: str, most: int = 300) -> str:
        """The first http(s) address in the cell; `example.no` gets its scheme, a bare `http://` counts as nothing. What is no address is remarked on."""
        first, *more = [part.rstrip(",;") for part in clean_line(self.values.get(name)).split()] or [""]
        for each in more:
            self.remark(name, "left_out", each)
        return self._address(name, first, most)

    def addresses(self, name: str, most: int) -> list[str]:
        parts = [part.rstrip(";,") for part in clean(self.values.get(name)).split()]
        found = {self._address(name, part, 300).replace("|", "%7C") for part in parts if part} - {""}
        if len(found) > most:
            self.refuse(name, "too_many", most)
        return sorted(found)

    def _address(self, name: str, address: str, most: int) -> str:
        if re.fullmatch(r"(https?:)?/*", address, re.IGNORECASE):
            return ""
        if not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
            address = f"https://{address}"
        if not re.match(r"https?://[^\s/$.?#][^\s]*$", address, re.IGNORECASE):
            self.remark(name, "address", address)
            return ""
        return self._limited(name, address, most)


def split(cell: str) -> list[str]:
    """The parts of a cell that holds several."""
    return [part.strip() for part in re.split(r"[;\n]", cell) if part.strip()]


def join(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def finder(names: Mapping[str, Iterable[str]]) -> Callable[[str], str | None]:
    """`find(written)` for a table value -> the names it goes by; the value itself counts too."""
    known = {" ".join(name.casefold().split()): value for value, spellings in names.items() for name in (value, *spellings)}
    return lambda written: known.get(" ".join(written.casefold().split()))
