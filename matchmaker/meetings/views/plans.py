"""The plan: computed while one watches, shown as a board, published."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import transaction
from matchmaker.meetings import bridge, companion_letters, day_words, overview, queries, recipients, rules, services, wording
from matchmaker.meetings.board import Board
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.brief import BriefEvent
from matchmaker.meetings.models import Event, Plan
from matchmaker.meetings.recipients import Audience
from matchmaker.meetings.refusals import NotReady
from matchmaker.meetings.services.planning import missing_for_plan
from matchmaker.meetings.states import PlanState
from matchmaker.meetings.steps import steps_of, undoable, undone
from matchmaker.meetings.views import announcing, blueprint
from matchmaker.meetings.views.attempts import attempted, to_change
from matchmaker.meetings.views.boards import board_of
from matchmaker.meetings.views.computing import last_failure, progress_of
from matchmaker.meetings.views.differences import news

SHOWN = 12
"""Unplaced wishes before one unfolds the rest."""


@blueprint.get("/arrangementer/<int:event_id>/plan")
@requires(rules.arranges, overview.event)
def plan(event: BriefEvent):
    """`?visning=personer`: people by slots instead of slots by tables."""
    run, job = queries.newest_run(event)
    if queries.is_going(run, job):
        return render_template("meetings/computing.html", event=event, progress_now=progress_of(run, job), stopping=run and run.stop_asked_at)
    return render_template("meetings/plan.html", event=event, **_board(event), **last_failure(event, run, job))


@blueprint.post("/arrangementer/<int:event_id>/plan/lag")
@requires(rules.arranges, queries.event)
def make_plan(event: Event):
    try:
        with transaction():
            services.ask_for_plan(event=event, anew=request.form.get("anew") == "yes", by=current_user)
    except NotReady:
        flash(_("Det mangler noe før planen kan lages."), "warning")
    return redirect(url_for("meetings.plan", event_id=event.id), code=303)


@blueprint.get("/arrangementer/<int:event_id>/plan/framdrift")
@requires(rules.arranges, queries.event)
def plan_progress(event: Event):
    return jsonify(progress_of(*queries.newest_run(event)))


@blueprint.post("/arrangementer/<int:event_id>/plan/stopp")
@requires(rules.arranges, queries.event)
def stop_plan(event: Event):
    with transaction():
        services.stop_run(event=event, by=current_user)
    return redirect(url_for("meetings.plan", event_id=event.id), code=303)


@blueprint.post("/arrangementer/<int:event_id>/plan/publiser")
@requires(rules.arranges, queries.event)
def publish(event: Event):
    done = attempted(event, lambda mark: services.publish_plan(event=event, mark=mark, by=current_user))
    if done:
        flash(announcing.after(done.told), "success")
    return redirect(url_for("meetings.plan", event_id=event.id), code=303)


@blueprint.post("/arrangementer/<int:event_id>/plan/angre")
@requires(rules.arranges, queries.event)
def undo(event: Event):
    step = attempted(event, lambda mark: services.undo_change(event=event, mark=mark, by=current_user))
    if step is None:
        return redirect(url_for("meetings.plan", event_id=event.id), code=303)
    return to_change(event, _("Angret: %(what)s.", what=wording.Names(event).step(step)))


@blueprint.post("/arrangementer/<int:event_id>/plan/forkast")
@requires(rules.arranges, queries.event)
def discard_draft(event: Event):
    if attempted(event, lambda mark: services.discard_draft(event=event, mark=mark, by=current_user)):
        flash(_("Utkastet er forkastet."), "success")
    return redirect(url_for("meetings.plan", event_id=event.id), code=303)


def _board(event: BriefEvent) -> dict:
    current, names, material = queries.current_plan(event), wording.Names(event), queries.material(event)
    meetings = overview.seats_of(current)
    places = bridge.places(meetings)
    published = queries.published_plan(event)
    draft = current is not None and current.state == PlanState.DRAFT
    older = _older(current, published, places) if current is not None and draft else []
    what_is_new = news(names, bridge.new_for_whom(older, places)) if older else []
    concerned = [each.participant for each in what_is_new] if published else recipients.expecting(event.participants)
    told = companion_letters.audience(event, concerned, meetings, material.sharing.sit_in) if draft else Audience()
    return {
        "unreached": told.nobody,
        "reached": announcing.named(told, names),
        "publishing": announcing.before(told, first=published is None, new=len(what_is_new)),
        "draft": draft,
        "published": published,
        "missing": missing_for_plan(event),
        "closed": day_words.closed(names) if draft or current is None or not rules.took_place(event) else "",
        "meetings": len(meetings),
        "figures_of_plan": bridge.figures(material, places),
        "from_best": round(bridge.from_best(current.findings), 1) if current and current.findings else None,
        "objections": Board(material, places).objections(),
        "steps": undoable(current) if draft else 0,
        "changed_slot": row_number("endret"),
        "compared": bool(older),
        "news_of_plan": what_is_new,
        "given": len(queries.wishes_given(event)) if current is None else 0,
        "shown": SHOWN,
        **(board_of(current, names, material, meetings) if current else {"plan": None}),
    }


def _older(draft: Plan, published: Plan | None, places: list[Place]) -> list[Place]:
    """What a draft is held against: what people have been told, else what it held before its last change."""
    if published:
        return bridge.places(overview.seats_of(published))
    steps = steps_of(draft)
    return undone(places, steps[-1]) if steps else []
