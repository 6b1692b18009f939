"""A worker process killed with SIGKILL in the midst of an import: another takes it up, and every row is there once."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from matchmaker.core import queue
from matchmaker.core.clock import now
from matchmaker.core.database import db, transaction
from matchmaker.core.imports import Import, ImportRow, receiving, runner
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.models import Profile

ROWS = 1000
WORKER = """
import sys, time
from matchmaker.app import create_app
from matchmaker.core import queue
from matchmaker.core.imports import runner
runner.CHUNK = 100
keep = runner._keep
def slowly(*arguments):
    time.sleep(0.05)
    return keep(*arguments)
runner._keep = slowly
overrides = {"SQLALCHEMY_DATABASE_URI": sys.argv[1], "MATCHMAKER_UPLOAD_FOLDER": sys.argv[2], "SECRET_KEY": "tests only", "MATCHMAKER_MODEL": "twin"}
app = create_app(overrides, instance_path=sys.argv[3])
with app.app_context():
    queue.run(int(sys.argv[4]))
"""


@pytest.mark.timeout(120)
def test_a_killed_worker_leaves_nothing_half_done_and_the_next_one_finishes_it_once(app, fork, monkeypatch, tmp_path):
    (tmp_path / "many.csv").write_text("navn,one_liner\n" + "".join(f"Firma {n},Tekst {n}\n" for n in range(ROWS)))
    monkeypatch.setitem(app.extensions, "run_job", lambda number: None)
    with transaction(), (tmp_path / "many.csv").open("rb") as stream:
        import_ = receiving.receive(stream, kind="profiles", file_name="many.csv", options={})
        job = runner.start(import_, write=True)
    number, import_number = job.id, import_.id
    folders = [app.config["MATCHMAKER_UPLOAD_FOLDER"], str(tmp_path / "instance")]
    worker = fork(WORKER, app.config["SQLALCHEMY_DATABASE_URI"], *folders, str(number))
    try:
        passed = _wait_for(lambda: db.session.get_one(queue.Job, number).position >= 300)
        assert passed
    finally:
        worker.kill()
    db.session.rollback()
    job = db.session.get_one(queue.Job, number, populate_existing=True)
    standing = db.session.scalar(select(func.count()).select_from(Profile))
    assert (job.state, standing) == ("running", job.position)
    assert 0 < standing < ROWS
    job.heartbeat_at = now() - timedelta(minutes=1)
    db.session.commit()
    monkeypatch.setitem(app.extensions, "run_job", queue.run)
    queue.take_up_lost()
    db.session.expire_all()
    import_ = db.session.get_one(Import, import_number)
    assert (import_.state, import_.created, import_.refused) == ("done", ROWS, 0)
    for model in (Profile, Organisation, ImportRow):
        assert db.session.scalar(select(func.count()).select_from(model)) == ROWS


def _wait_for(condition, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        db.session.rollback()
        db.session.expire_all()
        if condition():
            return True
        time.sleep(0.05)
    return False
