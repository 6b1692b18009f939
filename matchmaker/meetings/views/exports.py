"""The tables of one event as files, for coordinators."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.access import requires
from matchmaker.core.imports.sending import as_file
from matchmaker.core.security import limiter
from matchmaker.meetings import queries, rules, transfer
from matchmaker.meetings.models import Event
from matchmaker.meetings.views import blueprint

EXPORTS: dict[str, tuple[Callable[[Event], transfer.Rows], LazyString]] = {
    "deltakere": (transfer.participants, _l("deltakere")),
    "onsker": (transfer.wishes, _l("moteonsker")),
    "plan": (transfer.meetings, _l("moteplan")),
    "utfall": (transfer.reports, _l("utfall")),
    "tilbakemeldinger": (transfer.feedback, _l("tilbakemeldinger")),
}
"""By the name in the address: the table, and what its file is called."""


@dataclass(frozen=True)
class Wanted:
    """An event's table, and as what file."""

    event: Event
    table: str
    form: str


def wanted(event_id: int, table: str, form: str) -> Wanted | None:
    found = queries.event(event_id) if table in EXPORTS else None
    return Wanted(found, table, form) if found else None


@blueprint.get("/arrangementer/<int:event_id>/last-ned/<table>.<any(csv, xlsx):form>")
@requires(rules.arranges, wanted)
@limiter.limit("120 per hour")
def export(asked: Wanted) -> Response:
    rows, name = EXPORTS[asked.table]
    return as_file(rows(asked.event), str(name), asked.form)
