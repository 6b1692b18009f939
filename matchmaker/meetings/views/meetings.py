"""One meeting of the plan: move, swap, lock, cancel; and putting one in."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import transaction
from matchmaker.meetings import bridge, overview, queries, rules, services, wording
from matchmaker.meetings.board import Board
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.brief import BriefEvent
from matchmaker.meetings.forms.pairs import MeetingForm
from matchmaker.meetings.models import Meeting
from matchmaker.meetings.refusals import Begun, Breaks, Busy, PlanChanged
from matchmaker.meetings.running import running
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.attempts import changed_words, to_change

REFUSED = (Breaks, Begun, PlanChanged, Busy)


@blueprint.route("/arrangementer/<int:event_id>/plan/moter/<int:meeting_id>", methods=["GET", "POST"])
@requires(rules.arranges, queries.meeting)
def meeting(found: Meeting):
    event = overview.event(found.plan.event_id)
    assert event is not None  # the meeting's own
    names = wording.Names(event)
    problem = ""
    if request.method == "POST":
        try:
            with transaction():
                done, slot = _act(event, found, names)
        except REFUSED as refused:
            event, names = _again(event)
            problem = _why(names, refused)
        else:
            return to_change(event, done, slot)
    return _page(event, found, names, problem)


def _again(event: BriefEvent) -> tuple[BriefEvent, wording.Names]:
    """Read anew after a refusal, which has rolled back: else each slot and table would be read alone."""
    found = overview.event(event.id)
    assert found is not None  # it was there a moment ago
    return found, wording.Names(found)


def _why(names: wording.Names, refused: Exception) -> str:
    """What a coordinator is told of a change that was refused."""
    if isinstance(refused, Breaks):
        return names.objections(refused.objections)
    if isinstance(refused, Begun):
        return _("Tidsluka %(when)s har begynt. Ble møtet holdt da likevel, kryss av for det.", when=names.start(refused.slot))
    return changed_words()


def _act(event: BriefEvent, found: Meeting, names: wording.Names) -> tuple[str, int]:
    """Do what was pressed, say so, and give the slot where it is seen."""
    same = {"event": event, "meeting": found, "mark": request.form.get("mark", ""), "by": current_user}
    held = request.form.get("held") == "yes"
    pair = names.pair(found)
    match request.form.get("act"):
        case "move":
            slot, table = _place(names, request.form.get("place", ""))
            services.move_meeting(slot=slot, table=table, held=held, **same)
            return _("%(pair)s er flyttet til %(when)s, %(table)s.", pair=pair, when=names.when(slot), table=names.table(table)), slot
        case "swap":
            other = queries.meeting(event.id, row_number("other") or 0)
            if other is None or other.plan_id != found.plan_id or other.id == found.id:
                abort(400)
            services.swap_meetings(other=other, held=held, **same)
            where = _("%(when)s, %(table)s", when=names.when(other.slot_id), table=names.table(other.table_id))
            return _("%(pair)s har byttet plass med %(other)s, og møtes nå %(place)s.", pair=pair, other=names.pair(other), place=where), other.slot_id
        case "lock" | "unlock" as wanted:
            services.lock_meeting(locked=wanted == "lock", **same)
            stays = _("%(pair)s er låst, og blir stående når planen lages på nytt.", pair=pair)
            return stays if wanted == "lock" else _("%(pair)s er ikke låst lenger.", pair=pair), found.slot_id
        case "cancel":
            services.cancel_meeting(**same)
            return _("%(pair)s er avlyst.", pair=pair), found.slot_id
    return abort(400)


def _place(names: wording.Names, text: str) -> tuple[int, int]:
    """The slot and table of "slot-table"; 400 for what is none of the event's."""
    slot, _dash, table = text.partition("-")
    known = [{str(each) for each in rows} for rows in (names.slots, names.tables)]
    if slot not in known[0] or table not in known[1]:
        abort(400)
    return int(slot), int(table)


def place_choices(names: wording.Names) -> list[tuple[str, str]]:
    """("slot-table", words) of every place, in the order of time; what has begun stands last, and says so."""
    times, begun = _marked(names), running(names.event).begun
    slots = sorted(names.event.slots, key=lambda slot: slot.id in begun)
    return [(f"{slot.id}-{table.id}", f"{times[slot.id]} · {table.name}") for slot in slots for table in names.event.tables]


def _marked(names: wording.Names) -> dict[int, str]:
    """The time of every slot, marked where it has begun."""
    begun = running(names.event).begun
    return {id_: f"{time} ({_('har begynt')})" if id_ in begun else time for id_, time in names.times().items()}


def _page(event: BriefEvent, found: Meeting, names: wording.Names, problem: str):
    """What was chosen stays chosen where it is still to be had: the plan had changed, or a tick is missing. What is not to be had is never offered again."""
    meetings, material = overview.seats_of(found.plan), queries.material(event)
    board, here = Board(material, bridge.places(meetings)), bridge.places([found])[0]
    moves, swaps = board.moves(here), board.swaps(here)
    chosen, other = request.form.get("place", ""), row_number("other") or 0
    places = {f"{each.slot}-{each.table}" for each in moves.open}
    partners = {(each.slot, each.table) for each in swaps.open}
    pair, times, begun = here.pair, _marked(names), running(event).begun
    page = {
        "plan": found.plan,
        "meeting": found,
        "free": [choice for choice in place_choices(names) if choice[0] in places],
        "not_free": names.closed(moves.closed, pair),
        "others": [
            (each.id, f"{times[each.slot_id]} · {names.table(each.table_id)}: {names.pair(each)}")
            for each in sorted(meetings, key=lambda each: each.slot_id in begun)
            if (each.slot_id, each.table_id) in partners
        ],
        "late_moves": any(each.slot in begun for each in moves.open),
        "late_swaps": any({each.slot, here.slot} & begun and each.slot != here.slot for each in swaps.open),
        "held": request.form.get("held") == "yes",
        "not_others": names.closed(swaps.closed, pair),
        "worth": bridge.worth_of(material, pair),
        "said": material.said.get(pair, {}),
        "band": material.bands_of([pair]).get(pair),
        "companion": material.sharing.companions.get(pair, ""),
        "chosen": chosen,
        "other": other,
    }
    return render_template("meetings/meeting.html", event=event, names=names, problem=problem, **page), 422 if problem else 200


@blueprint.route("/arrangementer/<int:event_id>/plan/nytt-mote", methods=["GET", "POST"])
@requires(rules.arranges, overview.event)
def add_meeting(event: BriefEvent):
    """`?sted=` is the free place one came from, "slot-table"."""
    plan = queries.current_plan(event)
    if plan is None:
        return redirect(url_for("meetings.plan", event_id=event.id), code=303)
    names = wording.Names(event)
    free = {f"{slot}-{table}" for slot, table in Board(queries.material(event), bridge.places(overview.seats_of(plan))).free()}
    form = MeetingForm(names, [choice for choice in place_choices(names) if choice[0] in free], data={"place": request.args.get("sted", "")})
    if form.validate_on_submit():
        slot, table = _place(names, form.place.data)
        try:
            with transaction():
                place = Place(form.need.data, form.offer.data, slot, table, locked=True)
                services.add_meeting(event=event, place=place, mark=request.form.get("mark", ""), by=current_user, held=form.held.data)
        except REFUSED as refused:
            event, names = _again(event)
            form.place.errors = [_why(names, refused)]
        else:
            pair = f"{names.who(place.need)} – {names.who(place.offer)}"
            return to_change(event, _("%(pair)s er satt inn %(when)s, og låst.", pair=pair, when=names.when(slot)), slot)
    late = any(place.partition("-")[0] in {str(each) for each in running(event).begun} for place in free)
    return render_template("meetings/add_meeting.html", event=event, plan=plan, form=form, late=late), 422 if form.errors else 200
