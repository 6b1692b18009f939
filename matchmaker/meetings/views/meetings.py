"""One meeting of the plan: move, swap, lock, cancel; and putting one in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import transaction
from matchmaker.meetings import bridge, queries, rules, services, wording
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.forms.pairs import MeetingForm
from matchmaker.meetings.models import Event, Meeting
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.refusals import Breaks, Busy, PlanChanged
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.plans import changed_words


@blueprint.route("/arrangementer/<int:event_id>/plan/moter/<int:meeting_id>", methods=["GET", "POST"])
@requires(rules.arranges, queries.meeting)
def meeting(found: Meeting):
    event = queries.event(found.plan.event_id)
    assert event is not None  # the meeting's own
    names = wording.Names(event)
    problem = ""
    if request.method == "POST":
        try:
            with transaction():
                done = _act(event, found, names)
        except Breaks as refused:
            problem = names.objections(refused.objections)
        except (PlanChanged, Busy):
            problem = changed_words()
        else:
            flash(done, "success")
            return redirect(url_for("meetings.plan", event_id=event.id, _anchor=f"tid-{found.slot_id}"), code=303)
    return _page(event, found, names, problem)


def _act(event: Event, found: Meeting, names: wording.Names) -> str:
    """Do what was pressed, and say so."""
    same = {"event": event, "meeting": found, "mark": request.form.get("mark", ""), "by": current_user}
    pair = names.pair(found)
    match request.form.get("act"):
        case "move":
            slot, table = _place(names, request.form.get("place", ""))
            services.move_meeting(slot=slot, table=table, **same)
            return _("%(pair)s er flyttet til %(when)s, %(table)s.", pair=pair, when=names.when(slot), table=names.table(table))
        case "swap":
            other = queries.meeting(event.id, row_number("other") or 0)
            if other is None or other.plan_id != found.plan_id or other.id == found.id:
                abort(400)
            services.swap_meetings(other=other, **same)
            return _("De to møtene har byttet plass.")
        case "lock" | "unlock" as wanted:
            services.lock_meeting(locked=wanted == "lock", **same)
            return _("Møtet er låst, og blir stående når planen lages på nytt.") if wanted == "lock" else _("Møtet er ikke låst lenger.")
        case "cancel":
            services.cancel_meeting(**same)
            return _("%(pair)s er avlyst.", pair=pair)
    return abort(400)


def _place(names: wording.Names, text: str) -> tuple[int, int]:
    """The slot and table of "slot-table"; 400 for what is none of the event's."""
    slot, _dash, table = text.partition("-")
    known = [{str(each) for each in rows} for rows in (names.slots, names.tables)]
    if slot not in known[0] or table not in known[1]:
        abort(400)
    return int(slot), int(table)


def free_places(names: wording.Names, taken: set[tuple[int, int]]) -> list[tuple[str, str]]:
    """("slot-table", words) of every place where nobody sits."""
    return [
        (f"{slot.id}-{table.id}", f"{names.time(slot)} · {table.name}")
        for slot in names.event.slots
        for table in names.event.tables
        if (slot.id, table.id) not in taken
    ]


def _page(event: Event, found: Meeting, names: wording.Names, problem: str):
    meetings = queries.meetings_of(found.plan)
    material = queries.material(event)
    pair = Pair(found.need_id, found.offer_id)
    page = {
        "plan": found.plan,
        "meeting": found,
        "free": free_places(names, {(each.slot_id, each.table_id) for each in meetings}),
        "others": [(each.id, f"{names.when(each.slot_id)}: {names.pair(each)}") for each in meetings if each.id != found.id],
        "worth": bridge.worths(material).get(pair),
        "said": material.said.get(pair, {}),
        "band": material.bands.get(pair),
        "chosen": request.form.get("place", ""),
    }
    return render_template("meetings/meeting.html", event=event, names=names, problem=problem, **page), 422 if problem else 200


@blueprint.route("/arrangementer/<int:event_id>/plan/nytt-mote", methods=["GET", "POST"])
@requires(rules.arranges, queries.event)
def add_meeting(event: Event):
    """`?sted=` is the free place one came from, "slot-table"."""
    plan = queries.current_plan(event)
    if plan is None:
        return redirect(url_for("meetings.plan", event_id=event.id), code=303)
    names = wording.Names(event)
    taken = {(each.slot_id, each.table_id) for each in queries.meetings_of(plan)}
    form = MeetingForm(names, free_places(names, taken), data={"place": request.args.get("sted", "")})
    if form.validate_on_submit():
        slot, table = _place(names, form.place.data)
        try:
            with transaction():
                place = Place(form.need.data, form.offer.data, slot, table, locked=True)
                services.add_meeting(event=event, place=place, mark=request.form.get("mark", ""), by=current_user)
            flash(_("Møtet er satt inn, og låst."), "success")
            return redirect(url_for("meetings.plan", event_id=event.id, _anchor=f"tid-{slot}"), code=303)
        except Breaks as refused:
            form.place.errors = [names.objections(refused.objections)]
        except (PlanChanged, Busy):
            form.place.errors = [changed_words()]
    return render_template("meetings/add_meeting.html", event=event, plan=plan, form=form), 422 if form.errors else 200
