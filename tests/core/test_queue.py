"""Jobs: claimed once, taken up after a crash, refused twice."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import timedelta

import pytest
from sqlalchemy import select, text

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


def test_a_worker_killed_half_way_leaves_work_that_is_finished_once(database, tmp_path):
    app = create_app({"SQLALCHEMY_DATABASE_URI": database, "MATCHMAKER_MODEL": "twin"}, instance_path=str(tmp_path))
    run = [sys.executable, "-c", WORKER, database]
    with app.app_context():
        db.create_all()
        try:
            with db.engine.begin() as connection:
                connection.execute(text("CREATE TABLE done_rows (number integer)"))
                connection.execute(queue.Job.__table__.insert().values(id=1, kind="test_slow", arguments={}, state="queued", position=0, total=0, message="", attempts=0, owner="", created_at=clock.now()))
            worker = subprocess.Popen([*run, "0.3", str(tmp_path)], env={**os.environ, "PYTHONPATH": "."})
            for _ in range(300):
                if db.session.scalar(text("SELECT count(*) FROM done_rows")) >= 2:
                    break
                db.session.rollback()
                time.sleep(0.1)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            with db.engine.begin() as connection:
                connection.execute(queue.Job.__table__.update().values(heartbeat_at=clock.now() - 2 * queue.LOST_AFTER))
            subprocess.run([*run, "0", str(tmp_path)], env={**os.environ, "PYTHONPATH": "."}, check=True)
            db.session.rollback()
            assert list(db.session.scalars(text("SELECT number FROM done_rows ORDER BY number"))) == [0, 1, 2, 3, 4, 5]
            assert db.session.get(queue.Job, 1).state == "done"
        finally:
            db.session.remove()
            with db.engine.begin() as connection:
                connection.execute(text("DROP TABLE IF EXISTS done_rows"))
                connection.execute(queue.Job.__table__.delete())
            db.engine.dispose()
