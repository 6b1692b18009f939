"""The plan: computed while one watches, shown as a board, published."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import transaction
from matchmaker.core.queue import Job
from matchmaker.meetings import bridge, day_words, overview, queries, recipients, rules, services, wording
from matchmaker.meetings.board import Board
from matchmaker.meetings.bridge import Objection, Place
from matchmaker.meetings.models import Event, Plan, PlanRun
from matchmaker.meetings.refusals import Breaks, Busy, NotReady, PlanChanged
from matchmaker.meetings.services.planning import missing_for_plan
from matchmaker.meetings.states import PlanState, RunState
from matchmaker.meetings.steps import steps_of, undoable, undone
from matchmaker.meetings.views import announcing, blueprint
from matchmaker.meetings.views.boards import board_of
from matchmaker.meetings.views.differences import news

SHOWN = 12
"""Unplaced wishes before one unfolds the rest."""


@blueprint.get("/arrangementer/<int:event_id>/plan")
@requires(rules.arranges, overview.event)
def plan(event: Event):
    """`?visning=personer`: people by slots instead of slots by tables."""
    run, job = queries.newest_run(event)
    if queries.is_going(run, job):
        return render_template("meetings/computing.html", event=event, progress_now=_progress(run, job), stopping=run and run.stop_asked_at)
    return render_template("meetings/plan.html", event=event, **_board(event), **_last(event, run, job))


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
    return jsonify(_progress(*queries.newest_run(event)))


@blueprint.post("/arrangementer/<int:event_id>/plan/stopp")
@requires(rules.arranges, queries.event)
def stop_plan(event: Event):
    with transaction():
        services.stop_run(event=event, by=current_user)
    return redirect(url_for("meetings.plan", event_id=event.id), code=303)


@blueprint.post("/arrangementer/<int:event_id>/plan/publiser")
@requires(rules.arranges, queries.event)
def publish(event: Event):
    try:
        with transaction():
            done = services.publish_plan(event=event, mark=request.form.get("mark", ""), by=current_user)
        flash(announcing.after(done.told), "success")
    except Breaks as found:
        flash(_("Planen kan ikke publiseres: %(why)s", why=wording.Names(event).objections(found.objections)), "warning")
    except (PlanChanged, Busy):
        flash(changed_words(), "warning")
    return redirect(url_for("meetings.plan", event_id=event.id), code=303)


@blueprint.post("/arrangementer/<int:event_id>/plan/angre")
@requires(rules.arranges, queries.event)
def undo(event: Event):
    try:
        with transaction():
            step = services.undo_change(event=event, mark=request.form.get("mark", ""), by=current_user)
    except (PlanChanged, Busy):
        flash(changed_words(), "warning")
        return redirect(url_for("meetings.plan", event_id=event.id), code=303)
    return to_change(event, _("Angret: %(what)s.", what=wording.Names(event).step(step)))


@blueprint.post("/arrangementer/<int:event_id>/plan/forkast")
@requires(rules.arranges, queries.event)
def discard_draft(event: Event):
    try:
        with transaction():
            services.discard_draft(event=event, mark=request.form.get("mark", ""), by=current_user)
        flash(_("Utkastet er forkastet."), "success")
    except (PlanChanged, Busy):
        flash(changed_words(), "warning")
    return redirect(url_for("meetings.plan", event_id=event.id), code=303)


def to_change(event: Event, words: str, slot: int | None = None) -> Response:
    """To the plan, where it says what was just done, with the way to its row and the way back."""
    flash(words, "#endring")
    return redirect(url_for("meetings.plan", event_id=event.id, endret=slot, _anchor="endring"), code=303)


def changed_words() -> str:
    return _("Det gikk ikke. Planen er endret siden du åpnet siden, eller den lages akkurat nå.")


def _board(event: Event) -> dict:
    current, names, material = queries.current_plan(event), wording.Names(event), queries.material(event)
    meetings = overview.seats_of(current)
    places = bridge.places(meetings)
    published = queries.published_plan(event)
    draft = current is not None and current.state == PlanState.DRAFT
    older = _older(current, published, places) if current is not None and draft else []
    what_is_new = news(names, bridge.new_for_whom(older, places)) if older else []
    concerned = [each.participant for each in what_is_new] if published else recipients.expecting(event)
    told = recipients.audience(concerned if draft else [], meetings)
    return {
        "unreached": told.nobody,
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


def _last(event: Event, run: PlanRun | None, job: Job | None) -> dict:
    """Why the last computation gave no plan, where it gave none."""
    refused = run is not None and run.state == RunState.REFUSED
    faults = [Objection(each["rule"], tuple(each["about"]), person=each.get("person", "")) for each in run.faults] if run is not None and refused else []
    failed = job is not None and job.state == "failed" and run is not None and run.state != RunState.DONE and not refused
    return {"refused": wording.Names(event).objections(faults), "failed": failed}


def _progress(run: PlanRun | None, job: Job | None) -> dict:
    going = queries.is_going(run, job)
    said = run.progress if run is not None else {}
    label = {
        "musts": _("Finner plass til må-møtene"),
        "shortfall": _("Ser til at ingen får for få møter"),
        "kept": _("Holder på så mye som mulig av planen"),
        "value": _("Gjør planen så god som mulig"),
    }.get(said.get("goal", ""), _("Begynner på planen"))
    counted = said.get("goal") in {"musts", "value"}
    best, bound = (max(0, said["best"]), max(0, said["bound"])) if counted else (0, 0)
    if said.get("goal") == "value" and bound > best:
        label = _("Gjør planen så god som mulig: høyst %(gap)s %% igjen å hente", gap=f"{100 * (bound - best) / bound:.1f}".replace(".", ","))
    return {"done": best, "total": bound, "label": label, "finished": not going}
