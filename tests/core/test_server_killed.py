"""The serving process killed with SIGKILL in the midst of a save: nothing is half done, what was saved before stands, and the next press does it once."""

import http.client
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from matchmaker.challenges.models import Challenge, Revision, Transition
from matchmaker.challenges.states import State
from matchmaker.core import queue, uploads
from matchmaker.core.audit import AuditEntry
from matchmaker.core.clock import now, today
from matchmaker.core.database import db
from matchmaker.core.imports import Import, tidying
from matchmaker.core.mail import Letter

SERVER = """
import sys, time
from pathlib import Path
import waitress
from flask import has_request_context, request
from sqlalchemy import event
from sqlalchemy.engine import Engine
from matchmaker.app import create_app
from matchmaker.core import database

database_url, uploads, instance, told = sys.argv[1:]

def hold(where):
    if has_request_context() and request.headers.get("X-Hold") == where:
        Path(told, "held").touch()
        time.sleep(600)

event.listen(Engine, "commit", lambda connection: hold("before the commit"))
run_after_commit = database.run_after_commit
def held_after_commit():
    hold("after the commit")
    run_after_commit()
database.run_after_commit = held_after_commit
overrides = {"SQLALCHEMY_DATABASE_URI": database_url, "MATCHMAKER_UPLOAD_FOLDER": uploads, "SECRET_KEY": "tests only", "MATCHMAKER_MODEL": "twin", "WTF_CSRF_ENABLED": False}
server = waitress.create_server(create_app(overrides, instance_path=instance), host="127.0.0.1", port=0, threads=2)
Path(told, "port.new").write_text(str(server.effective_port))
Path(told, "port.new").rename(Path(told, "port"))
server.run()
"""
TYPED = {"situation": "Ny tekst om situasjonen.", "effect": "Ny tekst om virkningen."}


class Server:
    """A serving process of its own on the test's database."""

    def __init__(self, fork, app, folder: Path):
        self.fork, self.told = fork, folder
        self.arguments = [app.config["SQLALCHEMY_DATABASE_URI"], app.config["MATCHMAKER_UPLOAD_FOLDER"], str(folder / "instance"), str(folder)]
        self.start()

    def start(self) -> None:
        for name in ("port", "held"):
            (self.told / name).unlink(missing_ok=True)
        self.process = self.fork(SERVER, *self.arguments)
        self.port = int(self.file("port").read_text())

    def file(self, name: str) -> Path:
        """The file the process tells by, when it is there."""
        end = time.monotonic() + 60
        while not (self.told / name).exists():
            assert self.process.running.exists()
            assert time.monotonic() < end, name
            time.sleep(0.02)
        return self.told / name

    def send(self, path: str, body: bytes, cookie: str, *, kind: str = "application/x-www-form-urlencoded", hold: str = "") -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", path, body, {"Content-Type": kind, "Cookie": f"matchmaker={cookie}", "X-Hold": hold})
        return connection

    def kill_during(self, path: str, body: bytes, cookie: str, *, hold: str = "before the commit", **values) -> None:
        connection = self.send(path, body, cookie, hold=hold, **values)
        self.file("held")
        self.process.kill()
        connection.close()
        db.session.remove()

    def answer_again(self, path: str, body: bytes, cookie: str, **values) -> int:
        self.start()
        connection = self.send(path, body, cookie, **values)
        status = connection.getresponse().status
        connection.close()
        db.session.remove()
        return status


@pytest.fixture
def server(fork, app, tmp_path):
    serving = Server(fork, app, tmp_path)
    yield serving
    serving.process.kill()


@pytest.fixture
def cookie(sign_in):
    return lambda user: sign_in(user).get_cookie("matchmaker").value


@pytest.fixture
def draft(make):
    """A draft that was autosaved a moment ago, and its owner."""
    owner = make.department_member()
    challenge = make.challenge(
        owner.memberships[0].organisation, state=State.DRAFT, situation="Lagret for litt siden.", answers_due=today() + timedelta(days=60)
    )
    return challenge, owner


def form(challenge: Challenge, **changes) -> bytes:
    names = ("title", "need", "situation", "effect", "affected", "contact_email")
    return urlencode(
        {**{name: getattr(challenge, name) for name in names}, "language": "nb", "answers_due": challenge.answers_due.isoformat(), "version": challenge.version, **changes}
    ).encode()


def standing(number: int) -> tuple:
    """What the challenge says and has gone through, and how much was written about it anywhere."""
    challenge = db.session.get_one(Challenge, number, populate_existing=True)
    rows = [db.session.scalar(select(func.count()).select_from(model)) for model in (Challenge, Revision, Transition, AuditEntry, queue.Job, Letter)]
    return challenge.state, challenge.version, challenge.situation, challenge.effect, challenge.published_at, *rows


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("step", "changes"), [("publiser", {}), ("lagre", TYPED), ("rediger", TYPED), ("rediger", {**TYPED, "act": "publish"})])
def test_a_save_that_was_cut_off_leaves_what_was_there_and_is_done_once_when_tried_again(server, cookie, draft, step, changes):
    challenge, owner = draft
    number, known = challenge.id, cookie(owner)
    path, body = f"/utfordringer/{number}/{step}", form(challenge, **changes)
    before = standing(number)
    server.kill_during(path, body, known)
    assert standing(number) == before
    assert server.answer_again(path, body, known) in {200, 303}
    saved = db.session.get_one(Challenge, number)
    published = step == "publiser" or "act" in changes
    assert (saved.state, saved.situation) == ("published" if published else "draft", changes.get("situation", "Lagret for litt siden."))
    steps, jobs = (db.session.scalar(select(func.count()).select_from(model)) for model in (Transition, queue.Job))
    assert (steps, jobs) == ((1, 1) if published else (0, 0))


@pytest.mark.timeout(120)
def test_what_stood_when_the_server_died_is_followed_up_though_nobody_was_told(server, cookie, draft, app, monkeypatch):
    challenge, owner = draft
    number = challenge.id
    server.kill_during(f"/utfordringer/{number}/publiser", b"", cookie(owner), hold="after the commit")
    assert standing(number)[0] == "published"
    job = db.session.scalars(select(queue.Job)).one()
    assert (job.state, job.arguments) == ("queued", {"challenge_id": number})
    job.created_at = now() - timedelta(minutes=1)
    db.session.commit()
    sent = []
    monkeypatch.setitem(app.extensions, "run_job", sent.append)
    assert (queue.take_up_lost(), sent) == (1, [job.id])


@pytest.mark.timeout(120)
def test_an_upload_that_was_cut_off_leaves_no_import_and_its_file_is_cleared_away(server, cookie, make):
    known = cookie(make.coordinator())
    parts = [("kind", "", b"profiles"), ("file", '; filename="firma.csv"', "navn,one_liner\nFjordvakt AS,Måler vann\n".encode())]
    body = b"".join(f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n" for name, more, value in parts) + b"--x--\r\n"
    ours = {"kind": "multipart/form-data; boundary=x"}
    there = set(uploads.folder("imports").iterdir())
    server.kill_during("/import", body, known, **ours)
    assert db.session.scalars(select(Import)).all() == []
    assert server.answer_again("/import", body, known, **ours) == 303
    kept = db.session.scalars(select(Import)).one()
    stray = [file for file in set(uploads.folder("imports").iterdir()) - there if file.name != kept.stored_name]
    assert len(stray) == 1
    tidying.drop_stray_files(older_than=timedelta(0))
    assert not stray[0].exists()
    assert uploads.path_of("imports", kept.stored_name) is not None
