"""The administrator's page about the index and the background work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select, func, select

from matchmaker.challenges.models import Challenge
from matchmaker.core import audit
from matchmaker.core.access import requires
from matchmaker.core.clock import now
from matchmaker.core.database import db, take_turns, transaction
from matchmaker.core.imports import Import
from matchmaker.core.paging import page_of
from matchmaker.core.queue import LOST_AFTER, Job, enqueue_once, try_again
from matchmaker.matches import bridge, mending
from matchmaker.organisations.rules import is_administrator
from matchmaker.profiles.models import Profile
from matchmaker.web import work_words
from matchmaker.web.log_queries import Names
from matchmaker.web.pages import blueprint

REBUILD = "matches.rebuild_index"
MOST_SHOWN = 50
TOO_LONG = timedelta(minutes=3)
"""A job that has waited so long waits for a worker that is not there."""
ABOUT = {"challenge_id": "challenge", "profile_id": "profile", "letter_id": "letter"}


@dataclass(frozen=True)
class Held:
    """What the index holds beside what it should hold. `changed`: another model made it."""

    needs: int
    offers: int
    wanted_needs: int
    wanted_offers: int
    model: str
    built_at: datetime | None
    changed: bool


def may_try_again(user, job: Job) -> bool:
    return is_administrator(user)


def _find(job_id: int) -> Job | None:
    return db.session.get(Job, job_id)


@blueprint.get("/administrasjon/arbeid")
@requires(is_administrator)
def work():
    readiness = bridge.readiness()
    going, failed = db.session.scalars(_jobs("running", "queued").limit(MOST_SHOWN)).all(), page_of(_jobs("failed"))
    return render_template(
        "web/work.html",
        readiness=readiness,
        why=bridge.door().why,
        held=_held() if readiness == "ready" else None,
        rebuild=_rebuild(),
        counts=_counts(),
        going=going,
        failed=failed,
        about=_about([*going, *failed.items]),
        silent=lambda job: job.state == "running" and job.heartbeat_at is not None and job.heartbeat_at < now() - LOST_AFTER,
        abandoned=any(job.state == "queued" and job.sent_at < now() - TOO_LONG for job in going) and not any(job.state == "running" for job in going),
        words=work_words,
    )


@blueprint.post("/administrasjon/arbeid/indeks")
@requires(is_administrator)
def rebuild_index():
    """Two presses make one job, at the same moment too."""
    with transaction():
        take_turns(REBUILD)
        if _rebuild() is None:
            enqueue_once(REBUILD)
            audit.record("index rebuild asked", by=current_user)
    flash(_("Indeksen bygges på nytt. Den gamle svarer til den nye er ferdig."), "success")
    return redirect(url_for("web.work"), code=303)


@blueprint.get("/administrasjon/arbeid/indeks/framdrift")
@requires(is_administrator)
def rebuild_progress():
    job = _rebuild()
    return jsonify(done=job.position if job else 0, total=job.total if job else 0, label=_("Leser tekstene på nytt"), finished=job is None)


@blueprint.post("/administrasjon/arbeid/<int:job_id>/prov-igjen")
@requires(may_try_again, _find)
def try_job_again(job: Job):
    with transaction():
        again = try_again(job)
        if again:
            audit.record("job tried again", by=current_user, subject=job, kind=job.kind)
    flash(_("Vi prøver igjen med en gang.") if again else _("Dette arbeidet har ikke stoppet."), "success" if again else "warning")
    return redirect(url_for("web.work"), code=303)


def _jobs(*states: str) -> Select:
    """Running ones first, then the oldest; those that failed with the last first."""
    order = (Job.finished_at.desc(), Job.id.desc()) if states == ("failed",) else (Job.state.desc(), Job.id)
    return select(Job).where(Job.state.in_(states)).order_by(*order)


def _rebuild() -> Job | None:
    """The rebuild that waits or is under way."""
    return db.session.scalar(select(Job).where(Job.kind == REBUILD, Job.state.in_(["queued", "running"])).order_by(Job.id).limit(1))


def _counts() -> dict[str, int]:
    return {state: count for state, count in db.session.execute(select(Job.state, func.count()).group_by(Job.state))}


def _held() -> Held:
    matcher = bridge.matcher()
    status = matcher.status()
    built_at = datetime.fromisoformat(status.built_at) if status.built_at else None
    wanted = [db.session.scalar(select(func.count()).select_from(model).where(*listed)) or 0 for model, listed in LISTED]
    return Held(status.needs, status.offers, wanted[0], wanted[1], status.model, built_at, status.model_changed)


LISTED = ((Challenge, mending.PUBLISHED), (Profile, (Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))))


def _about(jobs: list[Job]) -> dict[int, tuple[str, str]]:
    """Job's number -> (name, address) of what it works on, in one query a kind."""
    said = {job.id: (kind, number) for job in jobs for key, kind in ABOUT.items() if isinstance(number := job.arguments.get(key), int)}
    imports = select(Import.job_id, Import.id).where(Import.job_id.in_([job.id for job in jobs if job.kind in {"import", "undo_import"}]))
    said |= {job_id: ("import", number) for job_id, number in db.session.execute(imports) if job_id}
    numbers: dict[str, set[int]] = {}
    for kind, number in said.values():
        numbers.setdefault(kind, set()).add(number)
    names = Names(numbers)
    return {job_id: found for job_id, (kind, number) in said.items() if (found := names.thing(kind, number))}
