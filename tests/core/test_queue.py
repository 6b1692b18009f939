"""Jobs: claimed once, taken up after a crash, refused twice."""

import textwrap
import time
from datetime import timedelta

import pytest
from huey import SqliteHuey
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError

from matchmaker.app import create_app
from matchmaker.core import clock, queue
from matchmaker.core.database import db, transaction

done: list[int] = []


@queue.handles("test_count")
def count(job, *, number):
    done.append(number)


@queue.handles("test_break")
def break_down(job):
    raise ValueError("broken")


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def test_a_job_runs_after_the_commit_and_is_done(app):
    with transaction():
        job = queue.enqueue("test_count", number=7)
        assert done == []
    assert done == [7]
    assert db.session.get(queue.Job, job.id).state == "done"


def test_a_job_in_a_rolled_back_transaction_never_runs(app):
    with pytest.raises(RuntimeError), transaction():
        queue.enqueue("test_count", number=7)
        raise RuntimeError
    assert done == []
    assert db.session.scalar(select(queue.Job)) is None


def test_a_job_that_has_ended_does_not_run_again(app):
    with transaction():
        job = queue.enqueue("test_count", number=7)
    queue.run(job.id)
    assert done == [7]


def test_a_failure_is_told_in_the_row(app):
    with transaction():
        job = queue.enqueue("test_break")
    job = db.session.get(queue.Job, job.id)
    assert (job.state, job.message) == ("failed", "ValueError: broken")


def test_a_job_whose_worker_fell_silent_is_taken_up_and_a_living_one_is_left(app):
    silent = clock.now() - 2 * queue.LOST_AFTER
    with transaction():
        lost = queue.Job(kind="test_count", arguments={"number": 1}, state="running", owner="gone", heartbeat_at=silent)
        living = queue.Job(kind="test_count", arguments={"number": 2}, state="running", owner="here", heartbeat_at=clock.now() - timedelta(seconds=3))
        db.session.add_all([lost, living])
    assert queue.take_up_lost() == 1
    assert done == [1]


def test_enqueue_once_serves_two_wishes_with_one_job(app):
    with transaction():
        first = queue.enqueue_once("test_count", number=1)
        second = queue.enqueue_once("test_count", number=1)
        other = queue.enqueue_once("test_count", number=2)
    assert first.id == second.id != other.id
    assert done == [1, 2]


@queue.handles("test_locked")
def locked(job):
    raise OperationalError("UPDATE", {}, Exception("database is locked"))


@queue.handles("test_taken")
def taken_over(job):
    """While it works, somebody else takes the job; then it ends."""
    with transaction():
        db.session.execute(update(queue.Job).where(queue.Job.id == job.id).values(owner="somebody else"))
    job.advance(5, 5)


def test_a_locked_database_is_tried_again_and_not_for_ever(app):
    with transaction():
        job = queue.enqueue("test_locked")
    states = [db.session.get(queue.Job, job.id).state]
    for _ in range(queue.MOST_ATTEMPTS):
        queue.run(job.id)
        states.append(db.session.get(queue.Job, job.id).state)
    assert states == ["queued"] * (queue.MOST_ATTEMPTS - 1) + ["failed"] * 2


def test_a_worker_that_lost_its_job_does_not_tell_its_end(app):
    with transaction():
        job = queue.enqueue("test_taken")
    db.session.expire_all()
    job = db.session.get(queue.Job, job.id)
    assert (job.state, job.owner, job.position) == ("running", "somebody else", 0)


def test_a_job_that_kills_every_worker_is_given_up(app):
    with transaction():
        silent = clock.now() - 2 * queue.LOST_AFTER
        deadly = queue.Job(kind="test_count", arguments={"number": 1}, state="running", owner="gone", heartbeat_at=silent, attempts=queue.MOST_LOST)
        db.session.add(deadly)
    assert queue.take_up_lost() == 0
    assert (db.session.get(queue.Job, deadly.id).state, done) == ("failed", [])


def test_a_job_on_its_way_to_a_worker_is_not_sent_a_second_time(app, monkeypatch, tmp_path):
    huey = SqliteHuey("test", filename=str(tmp_path / "queue.sqlite"))
    task = huey.task(name="run_job")(lambda number: None)
    monkeypatch.setitem(app.extensions, "huey", huey)
    monkeypatch.setitem(app.extensions, "run_job", task)
    with transaction():
        db.session.add(queue.Job(kind="test_count", arguments={"number": 1}, created_at=clock.now() - timedelta(minutes=5)))
    assert (queue.take_up_lost(), queue.take_up_lost(), huey.pending_count()) == (1, 0, 1)


def test_what_is_due_every_so_often_runs_once_for_all_workers_and_catches_up_after_a_night_switched_off(app, monkeypatch):
    ran = []
    monkeypatch.setattr(queue, "_periodic", [(24 * 60, lambda: ran.append(clock.now()))])
    start = clock.now()
    try:
        for hours in (0, 0, 23, 26, 26, 75):
            clock.fix(start + timedelta(hours=hours))
            queue.run_periodic()
    finally:
        clock.fix(None)
    assert [(each - start) / timedelta(hours=1) for each in ran] == [0, 26, 75]


def test_jobs_that_ended_long_ago_are_forgotten(app):
    with transaction():
        db.session.add_all([queue.Job(kind="test_count", state="done", finished_at=clock.now() - timedelta(days=days)) for days in (29, 31)])
    queue.forget_old_jobs()
    assert len(db.session.scalars(select(queue.Job)).all()) == 1


WORKER = textwrap.dedent("""
    import sys, time
    from matchmaker.app import create_app
    from matchmaker.core import queue
    from matchmaker.core.database import db
    from sqlalchemy import text

    @queue.handles("test_slow")
    def slow(job):
        for number in range(job.position, 6):
            db.session.execute(text("INSERT INTO done_rows VALUES (:n)"), {"n": number})
            job.advance(number + 1, 6)
            db.session.commit()
            time.sleep(float(sys.argv[2]))

    app = create_app({"SQLALCHEMY_DATABASE_URI": sys.argv[1], "MATCHMAKER_MODEL": "twin"}, instance_path=sys.argv[3])
    with app.app_context():
        queue.run(1)
""")


def test_a_worker_killed_half_way_leaves_work_that_is_finished_once(database, fork, tmp_path):
    app = create_app({"SQLALCHEMY_DATABASE_URI": database, "MATCHMAKER_MODEL": "twin"}, instance_path=str(tmp_path))
    with app.app_context():
        db.create_all()
        try:
            with db.engine.begin() as connection:
                connection.execute(text("CREATE TABLE done_rows (number integer)"))
                connection.execute(queue.Job.__table__.insert().values(id=1, kind="test_slow", arguments={}, state="queued", position=0, total=0, message="", attempts=0, owner="", created_at=clock.now()))
            worker = fork(WORKER, database, "0.3", str(tmp_path))
            for _ in range(300):
                if db.session.scalar(text("SELECT count(*) FROM done_rows")) >= 2:
                    break
                db.session.rollback()
                time.sleep(0.1)
            worker.kill()
            with db.engine.begin() as connection:
                connection.execute(queue.Job.__table__.update().values(heartbeat_at=clock.now() - 2 * queue.LOST_AFTER))
            fork(WORKER, database, "0", str(tmp_path)).wait()
            db.session.rollback()
            assert list(db.session.scalars(text("SELECT number FROM done_rows ORDER BY number"))) == [0, 1, 2, 3, 4, 5]
            assert db.session.get(queue.Job, 1).state == "done"
        finally:
            db.session.remove()
            with db.engine.begin() as connection:
                connection.execute(text("DROP TABLE IF EXISTS done_rows"))
                connection.execute(queue.Job.__table__.delete())
            db.engine.dispose()
