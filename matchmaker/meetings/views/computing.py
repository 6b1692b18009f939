"""A computation of the plan in words: how far it has come, or why it gave no plan."""

from flask_babel import gettext as _

from matchmaker.core.queue import Job
from matchmaker.meetings import queries, wording
from matchmaker.meetings.bridge import Objection
from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.models import PlanRun
from matchmaker.meetings.states import RunState


def last_failure(event: AnyEvent, run: PlanRun | None, job: Job | None) -> dict:
    """Why the last computation gave no plan, where it gave none."""
    refused = run is not None and run.state == RunState.REFUSED
    faults = [Objection(each["rule"], tuple(each["about"]), person=each.get("person", "")) for each in run.faults] if run is not None and refused else []
    failed = job is not None and job.state == "failed" and run is not None and run.state != RunState.DONE and not refused
    return {"refused": wording.Names(event).objections(faults) if faults else "", "failed": failed}


def progress_of(run: PlanRun | None, job: Job | None) -> dict:
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
