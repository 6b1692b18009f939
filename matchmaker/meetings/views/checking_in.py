"""Who has come: the list at the door, the same on paper, and the code on a badge."""

from itertools import groupby
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import public, requires
from matchmaker.core.database import transaction
from matchmaker.core.i18n import hour
from matchmaker.core.paging import page_of_list
from matchmaker.core.texts import clean_line
from matchmaker.meetings import badges, day_queries, queries, rules, services, wording
from matchmaker.meetings.day_queries import Shown
from matchmaker.meetings.forms.day import ClockForm
from matchmaker.meetings.models import Event
from matchmaker.meetings.refusals import NotYet
from matchmaker.meetings.running import running
from matchmaker.meetings.views import blueprint
from matchmaker.meetings.views.just_said import just_said
from matchmaker.organisations.rules import belongs_to, is_coordinator

SIZE = 40
"""Participants on one page of the list."""


@blueprint.get("/arrangementer/<int:event_id>/dagen/innsjekk")
@requires(rules.arranges, queries.event)
def check_in_list(event: Event):
    """`?finn=` seeks, `?vis=` chooses who is shown, `?at=` and `?day=` the time that presses are noted with (none: now).

    `?siste=` is whose check-in may be undone; for what else was just said see `just_said`.
    """
    form = ClockForm(event, formdata=request.args if request.args.get("at") else None)
    form.at.validate(form)
    return _list(event, form)


@blueprint.post("/arrangementer/<int:event_id>/dagen/innsjekk")
@requires(rules.arranges, queries.event)
def check_in(event: Event):
    """`here` or `undo` says whose button was pressed."""
    form = ClockForm(event)
    valid, at = form.validate(), form.moment()
    undoing = "undo" in request.form
    who = day_queries.comer(event, request.form.get("undo" if undoing else "here", ""))
    if who is None:
        abort(404)
    if not valid or form.at.errors:
        return _list(event, form)
    try:
        with transaction():
            act = services.undo_check_in if undoing else services.check_in
            act(participant=who.participant, person=who.person, by=current_user, **({} if undoing else {"at": at}))
    except NotYet:
        form.at.errors = [_("Dette klokkeslettet har ikke vært ennå.")]
        return _list(event, form)
    kept: dict[str, Any] = {name: request.form.get(name) or None for name in ("finn", "vis", *(("at", "day") if at else ()))}
    kept |= {"siste": who.key, "page": request.args.get("page")}
    return redirect(url_for("meetings.check_in_list", event_id=event.id, _anchor="liste", **kept), code=303)


def _list(event: Event, form: ClockForm):
    text = clean_line(request.values.get("finn"))[:200]
    lines = day_queries.sought(day_queries.comers(event), text)
    asked = request.values.get("vis", "")
    shown = Shown(asked) if asked in list(Shown) else (Shown.ALL if text else Shown.WAITED_FOR)
    chosen = [each for each in lines if shown in (Shown.ALL, each.state)]
    groups = [(who, list(rows)) for who, rows in groupby(chosen, key=lambda each: each.participant)]
    page = {
        "text": text,
        "shown": shown,
        "counts": {state: len(lines) if state == Shown.ALL else sum(each.state == state for each in lines) for state in Shown},
        "page": page_of_list(groups, size=SIZE),
        **just_said(event),
        "last": day_queries.comer(event, request.args.get("siste", "")),
        "came": sum(each.arrived_at is not None for each in event.participants),
        "hour": lambda at: hour(at, event.zone),
        "names": wording.Names(event),
        "form": form,
    }
    return render_template("meetings/day/check_in.html", event=event, **page), 422 if form.errors else 200


@blueprint.get("/arrangementer/<int:event_id>/dagen/innsjekk/papir")
@requires(rules.arranges, queries.event)
def check_in_paper(event: Event):
    """For when the net is bad: boxes to tick and a place for the time."""
    page = {"lines": day_queries.comers(event), "names": wording.Names(event), "days": wording.days(event), "hour": lambda at: hour(at, event.zone)}
    return render_template("meetings/day/paper.html", event=event, **page)


@blueprint.get("/innsjekk/<token>")
@public
def badge(token: str):
    """What a phone opens when it reads a badge. Looking changes nothing; only coordinators are told who it is."""
    who = badges.read(token) or abort(404)
    if not is_coordinator(current_user):
        own = belongs_to(current_user, who.participant.organisation)
        return render_template("meetings/day/own_badge.html", event=who.participant.event, participant=who.participant if own else None)
    event = who.participant.event
    page = {"who": who, "first": badges.first_meeting(who.participant, running(event)), "names": wording.Names(event), "hour": lambda at: hour(at, event.zone)}
    return render_template("meetings/day/badge.html", event=event, token=token, **page)


@blueprint.post("/innsjekk/<token>")
@requires(is_coordinator)
def check_in_badge(token: str):
    who = badges.read(token) or abort(404)
    with transaction():
        act = services.undo_check_in if request.form.get("act") == "undo" else services.check_in
        act(participant=who.participant, person=who.person, by=current_user)
    flash(_("%(name)s er ikke sjekket inn lenger.", name=who.name) if request.form.get("act") == "undo" else _("%(name)s er her.", name=who.name), "success")
    return redirect(url_for("meetings.badge", token=badges.token(who)), code=303)
