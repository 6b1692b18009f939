"""Events: the list, one event, create, edit, copy, delete."""

import secrets

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from matchmaker.core.access import requires
from matchmaker.core.database import transaction
from matchmaker.meetings import candidates, newcomers, passes, queries, rules, services, sharing, wording
from matchmaker.meetings.forms.events import EventForm
from matchmaker.meetings.models import Event
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.refusals import OutsideDays
from matchmaker.meetings.services.planning import missing_for_plan
from matchmaker.meetings.states import Side
from matchmaker.meetings.views import blueprint
from matchmaker.organisations.rules import belongs_to, is_coordinator


@blueprint.get("/arrangementer")
@requires(rules.belongs_somewhere)
def index():
    coordinating = is_coordinator(current_user)
    page, lines = queries.events(current_user, coordinating=coordinating)
    when = {"over": rules.is_over, "takes_wishes": rules.takes_wishes, "registering": rules.takes_registrations}
    return render_template("meetings/index.html", page=page, lines=lines, coordinating=coordinating, days=wording.days, **when)


@blueprint.route("/arrangementer/nytt", methods=["GET", "POST"])
@requires(is_coordinator)
def create():
    form = EventForm(data={"token": secrets.token_urlsafe(18), "need_least": 1, "offer_least": 1, "need_most": 6, "offer_most": 6})
    if form.validate_on_submit():
        try:
            with transaction():
                event = services.create_event(content=form.content(), by=current_user, token=form.token.data or "")
        except IntegrityError:  # the same form, pressed twice at once
            return redirect(url_for("meetings.index"), code=303)
        return redirect(url_for("meetings.slots", event_id=event.id), code=303)
    return render_template("meetings/form.html", form=form, event=None), 422 if form.errors else 200


@blueprint.get("/arrangementer/<int:event_id>")
@requires(rules.may_see_event, queries.event)
def show(event: Event):
    """For coordinators the way to a published plan; for those who take part their own doors."""
    plan = queries.current_plan(event)
    own = [each for each in event.participants if belongs_to(current_user, each.organisation)]
    return render_template(
        "meetings/show.html",
        event=event,
        days=wording.days(event),
        coordinating=is_coordinator(current_user),
        own=own,
        registering=rules.takes_registrations(event),
        room=rules.has_room(event),
        to_register=candidates.own_to_register(current_user, event) if rules.takes_registrations(event) else [],
        over=rules.is_over(event) or rules.took_place(event),
        took_place=rules.took_place(event),
        today=event.first_day <= rules.day_there(event),
        doors={each.id: url_for("meetings.private", token=passes.token_for(each, Purpose.INVITATION)) for each in own},
        needs=[each for each in event.participants if each.side == Side.NEED],
        offers=[each for each in event.participants if each.side == Side.OFFER],
        given=queries.wishes_given(event),
        plan=plan,
        published=queries.published_plan(event),
        missing=missing_for_plan(event),
        queue={each.id: number for number, each in enumerate(rules.queue(event), start=1)},
        asking=len(newcomers.waiting(event)) if is_coordinator(current_user) else 0,
        open=rules.takes_wishes(event),
        sat_in=sharing.sat_in(event, current_user, queries.meetings_of(queries.published_plan(event))),
        names=wording.Names(event),
        may_delete=rules.may_delete(current_user, event),
    )


@blueprint.route("/arrangementer/<int:event_id>/rediger", methods=["GET", "POST"])
@requires(rules.arranges, queries.event)
def edit(event: Event):
    form = EventForm(obj=event)
    if form.validate_on_submit():
        try:
            with transaction():
                services.edit_event(event=event, content=form.content(), by=current_user)
            flash(_("Endringene er lagret."), "success")
            if event.capacity != form.capacity.object_data and event.capacity and event.capacity < (number := rules.placed(event)):
                flash(_("%(number)s har plass allerede. Ingen flere får plass.", number=number), "warning")
            return redirect(url_for("meetings.show", event_id=event.id), code=303)
        except OutsideDays:
            form.first_day.errors = [_("Det står tidsluker på dager som ikke blir med. Fjern dem først.")]
    return render_template("meetings/form.html", form=form, event=event), 422 if form.errors else 200


@blueprint.post("/arrangementer/<int:event_id>/slett")
@requires(rules.arranges, queries.event)
def delete(event: Event):
    if not rules.may_delete(current_user, event):
        flash(_("Planen er publisert, og deltakerne har fått programmet sitt. Da kan ikke arrangementet slettes."), "warning")
        return redirect(url_for("meetings.show", event_id=event.id), code=303)
    with transaction():
        services.delete_event(event=event, by=current_user)
    flash(_("Arrangementet er slettet."), "success")
    return redirect(url_for("meetings.index"), code=303)


@blueprint.post("/arrangementer/<int:event_id>/kopi")
@requires(rules.arranges, queries.event)
def copy(event: Event):
    with transaction():
        made = services.copy_event(event=event, by=current_user)
    flash(_("Kopien har de samme tidslukene og bordene, 52 uker senere. Ingen er meldt på ennå."), "success")
    return redirect(url_for("meetings.edit", event_id=made.id), code=303)
