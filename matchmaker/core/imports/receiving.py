"""A file comes in: kept, looked at, and its columns guessed."""

from pathlib import Path
from typing import IO, Any

from matchmaker.core import uploads
from matchmaker.core.database import db
from matchmaker.core.imports.importers import importer_of
from matchmaker.core.imports.mapping import guess
from matchmaker.core.imports.models import Import
from matchmaker.core.imports.problems import Unreadable
from matchmaker.core.imports.reader import open_table
from matchmaker.core.texts import clean_line


def receive(stream: IO[bytes], *, kind: str, file_name: str, options: dict[str, Any] | None = None, by=None) -> Import:
    """Keep the file and add the import with a guessed mapping. Raises Unreadable, and keeps nothing, when it cannot be read as a table."""
    stored = uploads.keep(stream, "imports", ".bin")
    try:
        table = open_table(_kept(stored), encoding=(options or {}).get("encoding", ""))
    except Unreadable:
        uploads.drop("imports", stored)
        raise
    import_ = Import(
        kind=kind,
        user_id=getattr(by, "id", None),
        file_name=clean_line(file_name)[-200:] or "fil",
        stored_name=stored,
        header=table.header,
        mapping=guess(table.header, importer_of(kind).fields),
        options={**(options or {}), "encoding": table.encoding, "delimiter": table.delimiter},
    )
    db.session.add(import_)
    db.session.flush()
    return import_


def _kept(stored: str) -> Path:
    path = uploads.path_of("imports", stored)
    if path is None:
        raise Unreadable("file_gone")
    return path


def reread(import_: Import, *, encoding: str) -> None:
    """Read the header again in another encoding. Raises Unreadable."""
    table = open_table(_kept(import_.stored_name), encoding=encoding)
    import_.header = table.header
    import_.options = {**import_.options, "encoding": table.encoding, "delimiter": table.delimiter}
    import_.mapping = guess(table.header, importer_of(import_.kind).fields)


def check_mapping(import_: Import) -> None:
    """Raises Unreadable when a required field has no column, or two columns claim a field that takes one."""
    importer = importer_of(import_.kind)
    chosen = list(import_.mapping.values())
    for field in importer.fields:
        if field.required and field.name not in chosen:
            raise Unreadable("unmapped", str(field.label))
        if not field.many and chosen.count(field.name) > 1:
            raise Unreadable("mapped_twice", str(field.label))
