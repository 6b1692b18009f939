"""The tables of one event as files, for coordinators."""

from dataclasses import dataclass

from flask import Response
from flask_babel import gettext as _

from matchmaker.core.access import requires
from matchmaker.core.imports.sending import as_file
from matchmaker.core.security import limiter
from matchmaker.meetings import queries, rules, transfer
from matchmaker.meetings.models import Event
from matchmaker.meetings.views import blueprint

OFTEN = "120 per hour"


@dataclass(frozen=True)
class Wanted:
    """An event's table, and as what file."""

    event: Event
    form: str


def wanted(event_id: int, form: str) -> Wanted | None:
    found = queries.event(event_id)
    return Wanted(found, form) if found else None


@blueprint.get("/arrangementer/<int:event_id>/last-ned/deltakere.<any(csv, xlsx):form>")
@requires(rules.arranges, wanted)
@limiter.limit(OFTEN)
def export_participants(asked: Wanted) -> Response:
    return as_file(transfer.participants(asked.event), _("deltakere"), asked.form)


@blueprint.get("/arrangementer/<int:event_id>/last-ned/onsker.<any(csv, xlsx):form>")
@requires(rules.arranges, wanted)
@limiter.limit(OFTEN)
def export_wishes(asked: Wanted) -> Response:
    return as_file(transfer.wishes(asked.event), _("moteonsker"), asked.form)


@blueprint.get("/arrangementer/<int:event_id>/last-ned/plan.<any(csv, xlsx):form>")
@requires(rules.arranges, wanted)
@limiter.limit(OFTEN)
def export_plan(asked: Wanted) -> Response:
    return as_file(transfer.meetings(asked.event), _("moteplan"), asked.form)


@blueprint.get("/arrangementer/<int:event_id>/last-ned/utfall.<any(csv, xlsx):form>")
@requires(rules.arranges, wanted)
@limiter.limit(OFTEN)
def export_outcomes(asked: Wanted) -> Response:
    return as_file(transfer.reports(asked.event), _("utfall"), asked.form)


@blueprint.get("/arrangementer/<int:event_id>/last-ned/tilbakemeldinger.<any(csv, xlsx):form>")
@requires(rules.arranges, wanted)
@limiter.limit(OFTEN)
def export_feedback(asked: Wanted) -> Response:
    return as_file(transfer.feedback(asked.event), _("tilbakemeldinger"), asked.form)
