"""Closing a table for the rest of the event, and opening it again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import transaction
from matchmaker.meetings import queries, rules, services, wording
from matchmaker.meetings.forms.day import ClosingForm
from matchmaker.meetings.models import Event
from matchmaker.meetings.refusals import NotReady
from matchmaker.meetings.running import running
from matchmaker.meetings.views import blueprint


@blueprint.route("/arrangementer/<int:event_id>/bord/stengte", methods=["GET", "POST"])
@requires(rules.arranges, queries.event)
def closed_tables(event: Event):
    """`open`: the table whose button was pressed; without it the form says which table closes, and when."""
    names, at = wording.Names(event), running(event)
    form = ClosingForm(names, at)
    if "open" in request.form:
        table = names.tables.get(row_number("open") or 0) or abort(404)
        with transaction():
            asked = services.open_table(table=table, by=current_user)
        return _done(event, _("%(table)s er åpent igjen.", table=table.name), asked)
    if form.validate_on_submit():
        table = names.tables[form.table.data]
        try:
            with transaction():
                asked = services.close_table(table=table, at=form.moment(), by=current_user)
            return _done(event, names.closed_table(table.id), asked)
        except NotReady:
            form.table.errors = [_("Det mangler noe før planen kan lages.")]
    return render_template("meetings/day/tables.html", event=event, names=names, form=form, at=at), 422 if form.errors else 200


def _done(event: Event, words: str, asked: bool):
    """To what changes, where something does: before anything is published that is the plan."""
    flash(words, "success")
    where = "meetings.closed_tables" if not asked else "meetings.mended" if queries.published_plan(event) else "meetings.plan"
    return redirect(url_for(where, event_id=event.id), code=303)
