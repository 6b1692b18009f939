"""What came of a meeting, said from a phone: by the people of each side, by who has its private address, and by coordinators for those who say nothing."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import public, requires
from matchmaker.core.database import transaction
from matchmaker.core.texts import clean
from matchmaker.meetings import led_to, notes, outcome_queries, queries, rules, services, wording
from matchmaker.meetings.missed import Missing
from matchmaker.meetings.models import Meeting, Participant
from matchmaker.meetings.notes import Said
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.refusals import NotYet
from matchmaker.meetings.states import NextStep, Side
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.private import by_address

LONGEST = 4000


def _found(event_id: int, participant_id: int, other_id: int) -> tuple[Participant, int] | None:
    who = queries.participant(event_id, participant_id)
    return (who, other_id) if who else None


def writes_notes(user, found: tuple[Participant, int]) -> bool:
    """A participant's own people alone; a coordinator does not read what they write for themselves."""
    return rules.is_own(user, found[0])


@blueprint.route("/arrangementer/<int:event_id>/program/<int:participant_id>/notat/<int:other_id>", methods=["GET", "POST"])
@requires(writes_notes, _found)
def note(found: tuple[Participant, int]):
    who, other = found
    return _note(who, other, back=url_for("meetings.programme", event_id=who.event_id, participant_id=who.id), readable=True, by=current_user)


@blueprint.route("/delta/<token>/notat/<int:other_id>", methods=["GET", "POST"])
@public
@by_address
def private_note(who: Participant, token: str, other_id: int):
    """Coordinators send this address out and can open it: a private note is written here and never shown."""
    by = current_user if current_user.is_authenticated else None
    return _note(who, other_id, back=url_for("meetings.private_programme", token=token), readable=False, by=by)


def _note(who: Participant, other_id: int, *, back: str, readable: bool, by):
    meeting, problem = notes.meeting_with(who, other_id), ""
    if meeting is None:
        abort(404)
    said, names = notes.said_of(who)[other_id], wording.Names(who.event)
    hidden = bool(said.own and said.own.note and not said.own.shared and not readable)
    if request.method == "POST":
        text = clean(request.form.get("note"))
        held, step, problem = _pressed()
        if len(text) > LONGEST:
            problem = _("Høyst %(most)s tegn.", most=LONGEST)
        if not problem:
            kept = hidden and not text
            try:
                with transaction():
                    report = services.report_meeting(
                        event=who.event, meeting=meeting, side=Side(who.side), held=held, next_step=step,
                        note=None if kept else text, shared=request.form.get("shared") == "yes", by=by,
                    )  # fmt: skip
                flash(_receipt(Said(True, report), names.participants[other_id].name), "success")
                return redirect(back, code=303)
            except NotYet:
                problem = _("Møtet har ikke begynt ennå.")
    page: dict[str, Any] = {"said": said, "other": names.participants[other_id], "when": names.when(meeting.slot_id), "table": names.table(meeting.table_id)}
    page |= {"problem": problem, "hidden": hidden, "back": back, "steps": wording.step_words(), "readable": readable, "typed": clean(request.form.get("note"))}
    return render_template("meetings/notes/note.html", event=who.event, participant=who, **page), 422 if problem else 200


@blueprint.route("/arrangementer/<int:event_id>/dagen/moter/<int:meeting_id>", methods=["GET", "POST"])
@requires(rules.arranges, queries.meeting)
def desk_report(meeting: Meeting):
    """A coordinator says whether a meeting was held and what comes next. No notes are read or written here.

    `?vis=`: which of the meetings were looked through on «Etterpå», to go back there.
    """
    event = queries.event(meeting.plan.event_id)
    assert event is not None  # the meeting's own
    problem, seen = "", request.args.get("vis", "")
    if request.method == "POST":
        held, step, problem = _pressed()
        if not problem:
            try:
                with transaction():
                    services.report_meeting(event=event, meeting=meeting, side=Side.COORDINATOR, held=held, next_step=step, by=current_user)
                flash(_("Takk, det er lagret."), "success")
                back = url_for("meetings.results", event_id=event.id, vis=led_to.choice(seen)) if seen else url_for("meetings.day", event_id=event.id)
                return redirect(back, code=303)
            except NotYet:
                problem = _("Møtet har ikke begynt ennå.")
    names = wording.Names(event)
    told = outcome_queries.reports(event).get(Pair(meeting.need_id, meeting.offer_id), {})
    lines = [(side, each.held, each.next_step) for side, each in told.items()]
    page: dict[str, Any] = {"pair": names.pair(meeting), "when": names.when(meeting.slot_id), "table": names.table(meeting.table_id)}
    page |= {"lines": lines, "problem": problem, "steps": wording.step_words(), "tab": "results" if seen else "day"}
    page["absent"] = [] if any(held is not None for _side, held, _step in lines) else [names.told_apart(each) for each in Missing(event).at(meeting)]
    return render_template("meetings/notes/desk.html", event=event, **page), 422 if problem else 200


def _receipt(said: Said, other: str) -> str:
    """What is kept now."""
    told = [_("Takk, det er lagret.")]
    if said.answer:
        told.append(_("Svaret deres: %(answer)s.", answer=said.answer))
    if said.own and said.own.note:
        told.append(_("Notatet er delt med %(name)s.", name=other) if said.own.shared else _("Notatet er bare for dere."))
    return " ".join(told)


def _pressed() -> tuple[bool | None, NextStep | None, str]:
    """Whether the meeting was held, what comes next, and what is wrong with what was posted. "note": only the note is said."""
    match request.form.get("step", ""):
        case "not_held":
            return False, None, ""
        case "note":
            return None, None, ""
        case step if step in list(NextStep):
            return True, NextStep(step), ""
    return None, None, _("Velg én av knappene.")
