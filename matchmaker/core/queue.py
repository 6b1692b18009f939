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
from sqlalchemy import JSON, String, Text, delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.core.clock import now
from matchmaker.core.database import Base, Created, Identified, Moment, after_commit, db, rows_changed, run_after_commit, transaction

log = logging.getLogger(__name__)

LOST_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 5
MOST_LOST = 20
"""Workers that may die over one job before it counts as what kills them."""
KEPT = timedelta(days=30)
PASSING = (OperationalError, StaleDataError)
"""A locked or absent database, somebody else's save: worth another try a minute later."""

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

    @property
    def sent_at(self) -> datetime:
        """When it was last sent to a worker, or heard of from one."""
        return max(self.created_at, self.heartbeat_at or self.created_at)

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
    same = next((job for job in waiting if job.arguments == arguments), None)
    # held until this transaction stands (SQLite holds the whole file): begun sooner, the job would read what was there before
    held = select(Job).where(Job.id == same.id, Job.state == "queued").with_for_update(skip_locked=True) if same else None
    return (db.session.scalar(held) if held is not None else None) or enqueue(kind, **arguments)


def run(number: int) -> None:
    """Claim the job and do it; harmless when another worker holds it or it has ended."""
    owner, moment = uuid4().hex, now()
    free = or_(Job.state == "queued", (Job.state == "running") & (Job.heartbeat_at < moment - LOST_AFTER))
    claim = (
        update(Job)
        .where(Job.id == number, free)
        .values(state="running", owner=owner, heartbeat_at=moment, attempts=Job.attempts + 1)
    )
    claimed = rows_changed(claim)
    db.session.commit()
    if not claimed:
        return
    db.session.expire_all()
    job = db.session.get_one(Job, number)
    with _Heartbeat(current_app._get_current_object(), number, owner):  # type: ignore[attr-defined]  # Flask types its proxy as the app itself
        try:
            _handlers[job.kind](job, **job.arguments)
            if not _end(number, owner, state="done", finished_at=now()):
                raise _TakenOver
            db.session.commit()
        except Exception as error:
            _failed(number, owner, error)
            return
    run_after_commit()


class _TakenOver(Exception):
    """Another worker believed this one dead and does the job now: what is not committed here is its to do."""


def _end(number: int, owner: str, **values) -> bool:
    """Tell the end of a job that is still this owner's; False when it is not."""
    mine = update(Job).where(Job.id == number, Job.owner == owner, Job.state == "running").values(**values)
    return rows_changed(mine) == 1


def _failed(number: int, owner: str, error: Exception) -> None:
    log.error("job %s failed", number, exc_info=error)
    db.session.rollback()
    db.session.info.pop("after_commit", None)
    again = isinstance(error, PASSING) and db.session.get_one(Job, number).attempts < MOST_ATTEMPTS
    ended = {"state": "queued", "heartbeat_at": now()} if again else {"state": "failed", "finished_at": now()}
    _end(number, owner, **ended, message=f"{type(error).__name__}: {error}"[:2000])
    db.session.commit()


def try_again(job: Job) -> bool:
    """Send a job that failed to a worker once more, in the running transaction; it goes on from where it stood. False for any other job."""
    failed = update(Job).where(Job.id == job.id, Job.state == "failed")
    if not rows_changed(failed.values(state="queued", heartbeat_at=now(), finished_at=None, message="", attempts=0), synchronize="fetch"):
        return False
    number = job.id
    after_commit(lambda: current_app.extensions["run_job"](number))
    return True


def take_up_lost() -> int:
    """Send every job that waits, or whose worker fell silent, to a worker again, unless one is on its way; the number of them."""
    silent = now() - LOST_AFTER
    waiting = (Job.state == "queued") & (Job.created_at < silent)
    lost = (Job.state == "running") & (Job.heartbeat_at < silent)
    deadly = update(Job).where(lost, Job.attempts >= MOST_LOST).values(state="failed", finished_at=now(), message="Every worker that began it died.")
    db.session.execute(deadly.execution_options(synchronize_session=False))
    numbers = list(db.session.scalars(select(Job.id).where(or_(waiting, lost)).order_by(Job.id)))
    db.session.commit()
    on_the_way = {task.args[0] for task in current_app.extensions["huey"].pending() if task.args}
    numbers = [number for number in numbers if number not in on_the_way]
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
        alive = update(Job).where(Job.id == self.number, Job.owner == self.owner, Job.state == "running")
        while not self.stop.wait(5):
            try:
                with self.app.app_context(), db.engine.begin() as connection:
                    connection.execute(alive.values(heartbeat_at=now()))
            except OperationalError:  # a long write elsewhere: the next beat may come through
                log.warning("no heartbeat for job %s", self.number)


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


def run_periodic(*, everything: bool = False) -> None:
    """Take up lost jobs and run what is due. When each ran last stands in the database: several machines share it, and a night switched off delays it."""
    take_up_lost()
    for minutes, function in _periodic:
        try:
            if _begins(function, minutes) or everything:
                function()
        except Exception:
            db.session.rollback()
            log.exception("%s failed", function.__name__)


def _begins(function: Callable[[], None], minutes: int) -> bool:
    """Whether it is time; of many workers one hears yes. A row of its own kind, done from the start, holds the time."""
    kind, moment = f"every {function.__module__}.{function.__name__}"[-60:], now()
    due = update(Job).where(Job.kind == kind, Job.heartbeat_at <= moment - timedelta(minutes=minutes - 0.5)).values(heartbeat_at=moment)
    with transaction():
        begins = rows_changed(due) > 0
        if not begins and db.session.scalar(select(Job.id).where(Job.kind == kind).limit(1)) is None:
            db.session.add(Job(kind=kind, state="done", heartbeat_at=moment))
            begins = True
    return begins


@every(minutes=24 * 60)
def forget_old_jobs() -> None:
    """What ended a month ago is of no use, and slows the questions about the rest."""
    with transaction():
        over = delete(Job).where(Job.state.in_(["done", "failed"]), Job.finished_at < now() - KEPT)
        db.session.execute(over.execution_options(synchronize_session=False))


def _queue(app: Flask) -> Huey:
    if app.config["REDIS_URL"]:
        return RedisHuey("matchmaker", url=app.config["REDIS_URL"])
    if app.config.get("QUEUE_IMMEDIATE"):
        return Huey("matchmaker", immediate=True)
    return SqliteHuey("matchmaker", filename=f"{app.instance_path}/queue.sqlite", timeout=15)
