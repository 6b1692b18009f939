"""What an area must tell so that its things can come from a file."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from matchmaker.core.imports.mapping import Field
from matchmaker.core.imports.models import Import, ImportRow
from matchmaker.core.imports.problems import Problem


@dataclass
class Record:
    """One good row: `values` by the area's own names (only what the file says), `key` that makes it the same thing the next time."""

    line: int
    key: str
    name: str
    values: dict[str, Any]
    remarks: list[Problem] = field(default_factory=list)


@dataclass
class Outcome:
    """What became of a record. `before`: what stood there, as JSON; `version` after the row; both None when nothing was written.

    `problems` say why it was refused, or what was left out of a row that was not; `warnings` what is worth a look though all of it came in.
    """

    line: int
    outcome: str
    name: str
    subject_id: int | None = None
    version: int | None = None
    before: dict[str, Any] | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


class Importer(ABC):
    """One kind of import. `read` is pure; `store` and `undo` run inside the runner's transaction, a chunk at a time."""

    kind: str
    fields: tuple[Field, ...]

    @abstractmethod
    def read(self, line: int, values: dict[str, str], options: dict[str, Any]) -> tuple[Record, list[Problem]]:
        """The row as a record, and everything wrong with it. Nothing is looked up in the database."""

    @abstractmethod
    def store(self, records: Sequence[Record], import_: Import, *, write: bool) -> list[Outcome]:
        """Tell `created`, `updated`, `unchanged` or `refused` for each record in order; do it only when `write`. Announces what became visible."""

    @abstractmethod
    def show(self, record: Record) -> dict[str, str]:
        """Field -> the words a person sees of it in the dry run."""

    @abstractmethod
    def undo(self, rows: Sequence[ImportRow], import_: Import) -> None:
        """Set each row's outcome to `removed`, `restored` or `kept` (with its problem) and do that."""

    def required(self) -> list[Field]:
        return [field for field in self.fields if field.required]

    def label(self, name: str) -> str:
        return next((str(field.label) for field in self.fields if field.name == name), name)


_importers: dict[str, Importer] = {}
_holders: dict[str, list[Callable[[Sequence[int]], Iterable[int]]]] = {}


def register(importer: Importer) -> Importer:
    _importers[importer.kind] = importer
    return importer


def importer_of(kind: str) -> Importer:
    """Raises LookupError for a kind no area has registered."""
    return _importers[kind]


def kinds() -> list[str]:
    return sorted(_importers)


def holds(kind: str):
    """Decorator for rooms above: `function(ids)` gives those ids that something of theirs hangs on, which undoing must not take away."""

    def add(function):
        _holders.setdefault(kind, []).append(function)
        return function

    return add


def held(kind: str, ids: Sequence[int]) -> set[int]:
    return {number for function in _holders.get(kind, ()) for number in function(ids)} if ids else set()
