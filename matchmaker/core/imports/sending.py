"""A table as the answer to a request: the reader's browser saves it under a dated name."""

from collections.abc import Iterable

from flask import Response, send_file

from matchmaker.core.clock import today
from matchmaker.core.imports.writing import MIMETYPES, as_csv, as_xlsx


def as_file(rows: Iterable[Iterable[str]], name: str, form: str) -> Response:
    """`form`: csv or xlsx. `name`: without date and ending."""
    name = f"{name}-{today().isoformat()}.{form}"
    if form == "xlsx":
        return send_file(as_xlsx(rows, name), mimetype=MIMETYPES[form], as_attachment=True, download_name=name)
    return Response((part.encode() for part in list(as_csv(rows))), mimetype=MIMETYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})
