"""What became of every row, as a table one can download and mend the file by."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from matchmaker.core.database import db
from matchmaker.core.i18n import number
from matchmaker.core.imports.importers import importer_of
from matchmaker.core.imports.models import Import, ImportRow
from matchmaker.core.imports.problems import reason

MOST_WARNED = 100
"""Rows shown of each kind of warning; the table to download has them all."""


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


def warnings(import_: Import) -> list[tuple[str, list[tuple[int, str, str]], int]]:
    """(what it is, the first rows as (line, name, what was read), how many) for each kind of warning that the import gave."""
    of_import = (ImportRow.import_id == import_.id, ImportRow.warned != "")
    counted = db.session.execute(select(ImportRow.warned, func.count()).where(*of_import).group_by(ImportRow.warned)).tuples().all()
    found = []
    for code in ("no_text", "not_active"):
        if total := sum(count for codes, count in counted if code in codes.split(",")):
            theirs = select(ImportRow).where(*of_import, ImportRow.warned.contains(code, autoescape=True)).order_by(ImportRow.line)
            rows = db.session.scalars(theirs.limit(MOST_WARNED))
            found.append((_warning(code, total), [(row.line, row.name, _read(row, code)) for row in rows], total))
    return found


def _warning(code: str, total: int) -> str:
    n = number(total)
    if code == "no_text":
        return ngettext("%(n)s rad sier ikke hva de gjør, og kan ikke matches.", "%(n)s rader sier ikke hva de gjør, og kan ikke matches.", total, n=n)
    return ngettext("%(n)s rad har en status som tyder på at de har gitt seg.", "%(n)s rader har en status som tyder på at de har gitt seg.", total, n=n)


def _read(row: ImportRow, code: str) -> str:
    return next((value for _field, name, value in row.problems if name == code), "")
