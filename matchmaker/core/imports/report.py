"""What became of every row, as a table one can download and mend the file by."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.core.imports.importers import importer_of
from matchmaker.core.imports.models import Import, ImportRow
from matchmaker.core.imports.problems import reason


def outcome_names() -> dict[str, str]:
    return {
        "created": _("ny"),
        "updated": _("oppdatert"),
        "unchanged": _("uendret"),
        "refused": _("avvist"),
        "removed": _("fjernet igjen"),
        "restored": _("satt tilbake"),
        "kept": _("beholdt"),
    }


def column_of(import_: Import, field: str) -> str:
    """The title the field's column has in the file; the field's own name when the file has none."""
    number = next((number for number, name in import_.mapping.items() if name == field), None)
    if number is not None and int(number) < len(import_.header):
        return import_.header[int(number)]
    return importer_of(import_.kind).label(field) if field else ""


def told(import_: Import, row: ImportRow) -> list[tuple[str, str]]:
    """(column, reason) for each problem of the row."""
    return [(column_of(import_, field), reason(code, value)) for field, code, value in row.problems]


def lines(import_: Import) -> Iterator[list[str]]:
    """Header and rows in the running language: line, what became of it, name, column, reason. A row with two problems stands twice."""
    names = outcome_names()
    yield [_("Linje"), _("Utfall"), _("Navn"), _("Kolonne"), _("Grunn")]
    for row in db.session.scalars(select(ImportRow).where(ImportRow.import_id == import_.id).order_by(ImportRow.line).execution_options(yield_per=1000)):
        for column, why in told(import_, row) or [("", "")]:
            yield [str(row.line), names[row.outcome], row.name, column, why]
