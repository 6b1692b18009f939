"""On the day: who did not come, what that changes for whom, and the pairs that could use a free table."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import transaction
from matchmaker.meetings import bridge, companion_letters, day_words, queries, rules, services, sharing, spontaneous, wording
from matchmaker.meetings.forms.day import ClockForm
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.refusals import NotReady, TooLate
from matchmaker.meetings.running import running
from matchmaker.meetings.states import PlanState, RunState
from matchmaker.meetings.told import summary
from matchmaker.meetings.views import announcing, blueprint
from matchmaker.meetings.views.attempts import attempted
from matchmaker.meetings.views.computing import last_failure, progress_of
from matchmaker.meetings.views.differences import news
from matchmaker.meetings.views.just_said import gone_since, just_said, published_number


@blueprint.get("/arrangementer/<int:event_id>/dagen/endring")
@requires(rules.arranges, queries.event)
def mended(event: Event):
    """What the mended draft changes for whom, or how far it has come, with what was just said of somebody, see `just_said`."""
    run, job = queries.newest_run(event)
    if queries.is_going(run, job):
        going = {"names": wording.Names(event), "progress_now": progress_of(run, job)}
        return render_template("meetings/day/mending.html", event=event, **going, **just_said(event))
    names, published, draft = wording.Names(event), queries.published_plan(event), queries.current_plan(event)
    if draft is not None and draft.state != PlanState.DRAFT:
        draft = None
    meetings, told = queries.meetings_of(draft), bridge.places(queries.meetings_of(published))
    changes = bridge.new_for_whom(told, bridge.places(meetings)) if draft else []
    what_is_new = news(names, changes)
    people = [each.participant for each in what_is_new]
    page = {
        **just_said(event),
        "draft": draft,
        "published": published,
        "names": names,
        "news": what_is_new,
        "letters": companion_letters.audience(event, people, meetings, sharing.companions(event)).letters if draft else 0,
        "summary": summary(changes),
        "gone": [each for each in event.participants if each.gone_from is not None],
        "refused": run is not None and run.state == RunState.REFUSED and (run.ended_at is None or draft is None or run.ended_at > draft.created_at),
        **{name: value for name, value in last_failure(event, run, job).items() if name == "failed"},
    }
    page["why"] = last_failure(event, run, job)["refused"] if page["refused"] else ""
    return render_template("meetings/day/mended.html", event=event, **page)


@blueprint.post("/arrangementer/<int:event_id>/dagen/endring")
@requires(rules.arranges, queries.event)
def mend(event: Event):
    """`gone` or `back` is the participant whose button was pressed; without either a mended plan is asked for anew. `since`: it has been gone since
    then, where it is said again that it is; read only while no other plan is published than `version`, that it came back to."""
    act = next((name for name in ("gone", "back") if name in request.form), None)
    who = next((each for each in event.participants if each.id == row_number(act)), None) if act else None
    if act and who is None:
        abort(404)
    kept: dict[str, Any] = {}
    if who is not None and act == "gone":
        kept = {"satt": who.id}
    elif who is not None:
        kept = {"tilbake": who.id}
        if who.gone_from is not None:
            kept |= {"siden": who.gone_from.isoformat(), "versjon": published_number(event)}
    try:
        with transaction():
            if who is None:
                services.ask_for_plan(event=event, anew=False, by=current_user, mend=True)
                asked = True
            elif act == "gone":
                asked = services.report_gone(participant=who, since=gone_since(event, request.form.get("since"), request.form.get("version")), by=current_user)
            else:
                asked = services.report_back(participant=who, by=current_user)
    except NotReady:
        flash(_("Det mangler noe før planen kan lages."), "warning")
        return redirect(url_for("meetings.day", event_id=event.id), code=303)
    if asked:
        return redirect(url_for("meetings.mended", event_id=event.id, **kept), code=303)
    if "vis" in request.form:  # pressed in the list at the door
        kept |= {name: request.form[name] or None for name in ("vis", "finn") if name in request.form}
        return redirect(url_for("meetings.check_in_list", event_id=event.id, **kept), code=303)
    return redirect(url_for("meetings.day", event_id=event.id, **kept), code=303)


@blueprint.route("/arrangementer/<int:event_id>/dagen/senere/<int:participant_id>", methods=["GET", "POST"])
@requires(rules.arranges, queries.participant)
def late(who: Participant):
    """When somebody says that they come later."""
    form = ClockForm(who.event)
    if request.method == "POST" and form.validate():
        at = form.moment()
        if at is None and not form.at.errors:
            form.at.errors = [_("Fyll ut dette.")]
        if at is not None:
            try:
                with transaction():
                    asked = services.report_late(participant=who, at=at, by=current_user)
                flash(_("%(name)s er ført opp som sen.", name=who.name), "success")
                return redirect(url_for("meetings.mended" if asked else "meetings.day", event_id=who.event_id), code=303)
            except TooLate:
                form.at.errors = [_("Ingen møter begynner etter det. Trykk «%(what)s» i stedet.", what=day_words.gone_word(who))]
    return render_template("meetings/day/late.html", event=who.event, participant=who, form=form), 422 if form.errors else 200


@blueprint.post("/arrangementer/<int:event_id>/dagen/endring/publiser")
@requires(rules.arranges, queries.event)
def publish_change(event: Event):
    done = attempted(event, lambda mark: services.publish_plan(event=event, mark=mark, by=current_user))
    if done is None:
        return redirect(url_for("meetings.mended", event_id=event.id), code=303)
    flash(" ".join((announcing.after(done.told), _("Veggen og kalenderne følger med."))), "success")
    return redirect(url_for("meetings.day", event_id=event.id), code=303)


@blueprint.post("/arrangementer/<int:event_id>/dagen/par")
@requires(rules.arranges, queries.event)
def add_spontaneous(event: Event):
    """One of the pairs that are offered, `pair` as "need-offer"; published at once unless a draft with other changes waits."""
    slot, plan, material = running(event).here, queries.current_plan(event), queries.material(event)
    pairs = spontaneous.offered(material, bridge.places(queries.meetings_of(plan)), slot) if slot and plan else []
    chosen = next((each.place for each in pairs if f"{each.place.need}-{each.place.offer}" == request.form.get("pair")), None)
    if plan is None or chosen is None:
        flash(_("Det gikk ikke: en av dem eller bordet er opptatt nå."), "warning")
        return redirect(url_for("meetings.day", event_id=event.id), code=303)
    waiting = plan.state == PlanState.DRAFT
    names = wording.Names(event)
    words = {"pair": f"{names.who(chosen.need)} – {names.who(chosen.offer)}", "table": names.table(chosen.table), "when": names.when(chosen.slot)}

    def put_in(mark: str) -> bool:
        added = services.add_meeting(event=event, place=chosen, mark=mark, by=current_user, held=True)
        if not waiting:
            services.publish_plan(event=event, mark=added.mark, by=current_user)
        return True

    if attempted(event, put_in):
        flash(_("%(pair)s møtes %(when)s, %(table)s.", **words), "success")
    return redirect(url_for("meetings.mended" if waiting else "meetings.day", event_id=event.id), code=303)
