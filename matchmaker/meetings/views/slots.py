"""Time and tables: made by the generator or one by one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.core.i18n import weekday
from matchmaker.meetings import queries, rules, services, wording
from matchmaker.meetings.forms.events import SlotForm, SlotsForm, TablesForm
from matchmaker.meetings.models import Event, Slot
from matchmaker.meetings.refusals import InUse, OutsideDays, Overlaps, TooManySlots
from matchmaker.meetings.times import MOST_SLOTS
from matchmaker.meetings.views import blueprint


@blueprint.get("/arrangementer/<int:event_id>/tider")
@requires(rules.arranges, queries.event)
def slots(event: Event):
    return _page(event)


@blueprint.post("/arrangementer/<int:event_id>/tider/lag")
@requires(rules.arranges, queries.event)
def generate_slots(event: Event):
    form = SlotsForm(_days(event), prefix="many")
    return _added(event, form) or _page(event, many=form)


@blueprint.post("/arrangementer/<int:event_id>/tider")
@requires(rules.arranges, queries.event)
def add_slot(event: Event):
    """The Enter key sends the form without a button: one slot where its times are filled in, else many."""
    if request.form.get("act") == "enter" and not (request.form.get("one-start") or request.form.get("one-end")):
        form = SlotsForm(_days(event), prefix="many")
        return _added(event, form) or _page(event, many=form)
    form = SlotForm(_days(event), prefix="one")
    return _added(event, form) or _page(event, one=form)


def _added(event: Event, form):
    spans = form.spans(event) if form.validate_on_submit() else []
    if not spans:
        return None
    try:
        with transaction():
            made = services.add_slots(event=event, spans=spans, by=current_user)
    except Overlaps:
        form.start.errors = [_("Dette overlapper med tidsluker som står der fra før.")]
    except OutsideDays:
        form.day.errors = [_("Velg en av dagene arrangementet varer.")]
    except TooManySlots:
        form.start.errors = [_("Det blir for mange tidsluker. Et arrangement kan ha %(most)s.", most=MOST_SLOTS)]
    else:
        flash(ngettext("Én tidsluke er lagt til.", "%(num)s tidsluker er lagt til.", len(made)), "success")
        return _done(event, but=form)
    return None


@blueprint.post("/arrangementer/<int:event_id>/tider/<int:slot_id>/fjern")
@requires(rules.arranges, queries.slot)
def remove_slot(slot: Slot):
    event_id = slot.event_id
    try:
        with transaction():
            services.remove_slot(slot=slot, by=current_user)
    except InUse:
        flash(_("Det står møter i denne tidsluka. Flytt eller avlys dem først; er planen publisert, blir tidsluka stående."), "warning")
    else:
        flash(_("Tidsluka er fjernet."), "success")
    event = queries.event(event_id)
    assert event is not None  # its slot was there a moment ago
    return _done(event)


@blueprint.post("/arrangementer/<int:event_id>/bord")
@requires(rules.arranges, queries.event)
def name_tables(event: Event):
    form = TablesForm(prefix="tables")
    if form.validate_on_submit():
        try:
            with transaction():
                services.name_tables(event=event, names=form.lines, by=current_user)
            flash(_("Bordene er lagret."), "success")
            return _done(queries.event(event.id) or event, but=form)
        except InUse as found:
            form.names.errors = [_("Det står møter på %(table)s, så det bordet må bli stående.", table=found.what)]
    return _page(queries.event(event.id) or event, tables=form)


def _days(event: Event) -> list[tuple[str, str]]:
    length = (event.last_day - event.first_day).days + 1
    days = [event.first_day.fromordinal(event.first_day.toordinal() + number) for number in range(length)]
    return [(day.isoformat(), weekday(day)) for day in days]


def _done(event: Event, *, but=None):
    """Back to the page; straight on where something stands unsaved in its other parts, so that nothing typed is lost."""
    unsaved = {name: form for name, form in _posted(event).items() if type(form) is not type(but) and _says_something(event, form)}
    return _page(event, **unsaved) if unsaved else redirect(url_for("meetings.slots", event_id=event.id, _anchor="innhold"), code=303)


def _says_something(event: Event, form) -> bool:
    if isinstance(form, TablesForm):
        return form.lines != [each.name for each in event.tables]
    if isinstance(form, SlotsForm):
        blank = _blank(event)["many"].data
        return any((form.data[name] or "") != (blank[name] or "") for name in ("day", "start", "end", "minutes", "gap", "pauses"))
    return bool(form.start.raw_data[0] or form.end.raw_data[0]) if form.start.raw_data and form.end.raw_data else False


def _posted(event: Event) -> dict:
    """The parts of the page that were sent along, as they were filled in."""
    sent = {key.partition("-")[0] for key in request.form}
    found = {"many": SlotsForm(_days(event), prefix="many"), "one": SlotForm(_days(event), prefix="one"), "tables": TablesForm(prefix="tables")}
    return {name: form for name, form in found.items() if name in sent}


def _blank(event: Event) -> dict:
    return {
        "many": SlotsForm(_days(event), prefix="many", formdata=None, data={"day": event.first_day.isoformat(), "minutes": 20, "gap": 5}),
        "one": SlotForm(_days(event), prefix="one", formdata=None),
        "tables": TablesForm(prefix="tables", formdata=None, data={"names": "\n".join(each.name for each in event.tables)}),
    }


def _page(event: Event, **forms):
    parts = _blank(event) | (_posted(event) if forms else {}) | forms
    page = render_template("meetings/slots.html", event=event, names=wording.Names(event), by_day=wording.by_day(event), **parts)
    return page, 422 if any(form.errors for form in forms.values()) else 200
