"""The folder that holds what was embedded: immutable segments and one manifest that names them.

A commit writes new segments first and replaces the manifest last, in one rename: whoever reads sees the old index or the new,
never half of one. Folders that no manifest names are swept away at the next commit.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from matchmaker.engine.documents import Side
from matchmaker.engine.segments import Row, Segment, write_segment

FORMAT = 1
SIDES: tuple[Side, Side] = ("need", "offer")
_MOST_SEGMENTS = 6
_SMALL = 2000


@dataclass(frozen=True)
class Manifest:
    """What a generation consists of: segment names a side, oldest first, and ids taken out of each segment."""

    model: str
    generation: int = 0
    built_at: str = ""
    segments: dict[str, list[str]] = field(default_factory=lambda: {side: [] for side in SIDES})
    removed: dict[str, list[int]] = field(default_factory=dict)
    format: int = FORMAT


class SideRows:
    """The live rows of one side in one generation. A row's number is its place over all segments."""

    def __init__(self, segments: list[Segment], removed: Mapping[str, Collection[int]]) -> None:
        self.segments = [(segment, frozenset(removed.get(segment.name, ()))) for segment in segments]
        self.offsets: list[int] = []
        self.where: dict[str, int] = {}
        total = 0
        for segment, gone in self.segments:
            self.offsets.append(total)
            for number, id_ in enumerate(segment.ids):
                if number not in gone:
                    self.where[id_] = total + number
            total += len(segment)
        self.total = total

    def __len__(self) -> int:
        return len(self.where)

    def locate(self, number: int) -> tuple[Segment, int]:
        """The segment that holds row ``number``, and the row's place in it."""
        for (segment, _), offset in zip(reversed(self.segments), reversed(self.offsets)):
            if number >= offset:
                return segment, number - offset
        raise IndexError(number)

    def row(self, id_: str) -> Row | None:
        """The live row of a document, or none."""
        number = self.where.get(id_)
        if number is None:
            return None
        segment, place = self.locate(number)
        return segment.row(place)

    @cached_property
    def ids(self) -> list[str]:
        """The id of every row, live or not, by number."""
        return [id_ for segment, _ in self.segments for id_ in segment.ids]

    @cached_property
    def langs(self) -> list[str]:
        """The language of every row, live or not, by number."""
        return [lang for segment, _ in self.segments for lang in segment.langs]


class Store:
    """The folder itself. Reading needs no lock; one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def _manifest(self) -> Path:
        return self.folder / "manifest.json"

    def stamp(self) -> tuple[int, int]:
        """Changes whenever a generation is published; costs one ``stat``."""
        try:
            found = self._manifest.stat()
        except FileNotFoundError:
            return 0, 0
        return found.st_mtime_ns, found.st_ino

    def read(self) -> Manifest | None:
        """The newest complete generation, or none when there is none that this version can read."""
        try:
            value = json.loads(self._manifest.read_text(encoding="utf-8"))
            manifest = Manifest(**value)
        except (FileNotFoundError, ValueError, TypeError):
            return None
        complete = all((self.folder / name).is_dir() for side in SIDES for name in manifest.segments.get(side, ()))
        return manifest if manifest.format == FORMAT and complete else None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Held by the one process that commits; others wait."""
        with open(self.folder / "lock", "w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def open(self, manifest: Manifest, known: dict[str, Segment]) -> dict[Side, SideRows]:
        """The rows of both sides; segments in ``known`` are used as they are, the rest is mapped."""
        opened = {
            name: known.get(name) or Segment(self.folder / name) for side in SIDES for name in manifest.segments[side]
        }
        return {side: SideRows([opened[name] for name in manifest.segments[side]], manifest.removed) for side in SIDES}

    def add(self, side: Side, rows: list[Row]) -> str:
        """Write a segment that nobody sees yet; its name."""
        name = f"{side}-{secrets.token_hex(6)}"
        write_segment(self.folder / name, rows)
        return name

    def publish(self, manifest: Manifest) -> None:
        """Make ``manifest`` the newest generation in one rename, then sweep what it does not name."""
        draft = self.folder / "manifest.new"
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(manifest.__dict__, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._manifest)
        named = {name for side in SIDES for name in manifest.segments[side]}
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in named:
                shutil.rmtree(path, ignore_errors=True)


def needs_merge(rows: SideRows) -> list[Segment]:
    """The segments worth writing together: many small ones, or those that lost a third of their rows."""
    worn = [segment for segment, gone in rows.segments if len(gone) * 3 > len(segment)]
    small = [segment for segment, _ in rows.segments if len(segment) < _SMALL]
    if len(rows.segments) > _MOST_SEGMENTS:
        return [segment for segment, _ in rows.segments if segment in worn or segment in small] or worn
    return worn


def live_rows(rows: SideRows, segments: Iterable[Segment]) -> list[Row]:
    """Copies of the rows of ``segments`` that still count, in order."""
    chosen = {segment.name for segment in segments}
    return [
        segment.row(number)
        for segment, gone in rows.segments
        if segment.name in chosen
        for number in range(len(segment))
        if number not in gone
    ]
