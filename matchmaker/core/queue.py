"""Background work: a `Job` row holds what to do and how far it has come; huey carries its number to a worker.

The row is the truth. A worker that dies leaves a running row without a heartbeat, and the next look takes it up again, so a
handler must commit its own progress and be able to go on from `job.position`.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from sqlalchemy import JSON, String, Text, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.clock import now
from matchmaker.core.database import Base, Created, Identified, Moment, after_commit, db

log = logging.getLogger(__name__)

LOST_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 5

_handlers: dict[str, Callable[..., Any]] = {}
_periodic: list[tuple[int, Callable[[], None]]] = []


class Job(Identified, Created, Base):
    __tablename__ = "jobs"
    kind: Mapped[str] = mapped_column(String(60), index=True)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    user_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), default="queued", index=True)
    position: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str] = mapped_column(String(40), default="")
    heartbeat_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def ended(self) -> bool:
        return self.state in {"done", "failed"}

    def advance(self, position: int, total: int | None = None) -> None:
        """Say how far the work has come. Becomes visible with the handler's next commit."""
        self.position = position
        self.total = self.total if total is None else total
        self.heartbeat_at = now()


def handles(kind: str):
    """Decorator: `function(job, **job.arguments)` does the work of this kind. It may run again after a crash."""

    def register(function):
        _handlers[kind] = function
        return function

    return register


def every(*, minutes: int):
    """Decorator: the worker calls the function about this often. The function opens its own `transaction()`."""

    def register(function):
        _periodic.append((minutes, function))
        return function

    return register


def enqueue(kind: str, *, by=None, **arguments) -> Job:
    """Add a job to the running transaction; a worker hears of it when the transaction has committed."""
    if kind not in _handlers:
        raise LookupError(f"no handler for jobs of kind {kind!r}")
    job = Job(kind=kind, arguments=arguments, user_id=getattr(by, "id", None))
    db.session.add(job)
    db.session.flush()
    number = job.id
    after_commit(lambda: current_app.extensions["run_job"](number))
    return job


def enqueue_once(kind: str, **arguments) -> Job:
    """As `enqueue`, but a job that says the same and has not begun serves for both."""
    waiting = db.session.scalars(select(Job).where(Job.kind == kind, Job.state == "queued").order_by(Job.id.desc()).limit(50))
    return next((job for job in waiting if job.arguments == arguments), None) or enqueue(kind, **arguments)


def run(number: int) -> None:
    """Claim the job and do it; harmless when another worker holds it or it has ended."""
    owner, moment = uuid4().hex, now()
    free = or_(Job.state == "queued", (Job.state == "running") & (Job.heartbeat_at < moment - LOST_AFTER))
    claim = (
        update(Job)
        .where(Job.id == number, free)
        .values(state="running", owner=owner, heartbeat_at=moment, attempts=Job.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    claimed = db.session.execute(claim).rowcount
    db.session.commit()
    if not claimed:
        return
    db.session.expire_all()
    job = db.session.get_one(Job, number)
    with _Heartbeat(current_app._get_current_object(), number, owner):
        try:
            _handlers[job.kind](job, **job.arguments)
            job.state, job.finished_at = "done", now()
            db.session.commit()
        except Exception as error:
            _failed(number, error)
            return
    for action in db.session.info.pop("after_commit", []):
        action()


def _failed(number: int, error: Exception) -> None:
    log.exception("job %s failed", number)
    db.session.rollback()
    db.session.info.pop("after_commit", None)
    job = db.session.get_one(Job, number)
    if job.attempts < MOST_ATTEMPTS and getattr(error, "passing", False):
        job.state = "queued"
    else:
        job.state, job.finished_at = "failed", now()
    job.message = f"{type(error).__name__}: {error}"[:2000]
    db.session.commit()


def take_up_lost() -> int:
    """Send every job that waits, or whose worker fell silent, to a worker again; the number of them."""
    silent = now() - LOST_AFTER
    waiting = (Job.state == "queued") & (Job.created_at < silent)
    lost = (Job.state == "running") & (Job.heartbeat_at < silent)
    numbers = list(db.session.scalars(select(Job.id).where(or_(waiting, lost)).order_by(Job.id)))
    db.session.rollback()
    for number in numbers:
        current_app.extensions["run_job"](number)
    return len(numbers)


class _Heartbeat:
    """Says every few seconds, on a connection of its own, that the job's worker lives."""

    def __init__(self, app: Flask, number: int, owner: str):
        self.app, self.number, self.owner, self.stop = app, number, owner, threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self):
        if not self.app.config.get("QUEUE_IMMEDIATE"):
            self.thread.start()

    def __exit__(self, *error):
        self.stop.set()
        if self.thread.is_alive():
            self.thread.join(timeout=20)

    def _beat(self) -> None:
        while not self.stop.wait(5):
            with self.app.app_context(), db.engine.begin() as connection:
                connection.execute(update(Job).where(Job.id == self.number, Job.owner == self.owner, Job.state == "running").values(heartbeat_at=now()))


def init_app(app: Flask) -> None:
    app.extensions["huey"] = queue = _queue(app)

    @queue.task(name="run_job")
    def run_job(number: int) -> None:
        with app.app_context():
            run(number)

    @queue.periodic_task(crontab(minute="*"), name="every_minute")
    def every_minute() -> None:
        with app.app_context():
            run_periodic()

    app.extensions["run_job"] = (lambda number: run(number)) if app.config.get("QUEUE_IMMEDIATE") else run_job


def run_periodic(minute: int | None = None) -> None:
    """Take up lost jobs and run what is due at `minute` of the day (now when absent; 0 runs everything)."""
    moment = now()
    minute = moment.hour * 60 + moment.minute if minute is None else minute
    take_up_lost()
    for minutes, function in _periodic:
        if minute % minutes == 0:
            try:
                function()
            except Exception:
                db.session.rollback()
                log.exception("%s failed", function.__name__)


def _queue(app: Flask) -> Huey:
    if app.config["REDIS_URL"]:
        return RedisHuey("matchmaker", url=app.config["REDIS_URL"])
    if app.config.get("QUEUE_IMMEDIATE"):
        return Huey("matchmaker", immediate=True)
    return SqliteHuey("matchmaker", filename=f"{app.instance_path}/queue.sqlite", timeout=15)
