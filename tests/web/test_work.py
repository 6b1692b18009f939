"""The administrator's page about the index and the background work."""

import shutil
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.core import queue
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.engine.encode import TwinEncoder
from matchmaker.matches import bridge, mending
from matchmaker.matches.models import Suggestion
from matchmaker.profiles.models import Profile
from matchmaker.web import work, work_words

PAGE = "/administrasjon/arbeid"


@pytest.fixture
def desk(make, sign_in, app):
    shutil.rmtree(app.config["MATCHMAKER_INDEX_FOLDER"], ignore_errors=True)
    app.extensions["matcher"].opened = None
    yield sign_in(make.administrator())
    shutil.rmtree(app.config["MATCHMAKER_INDEX_FOLDER"], ignore_errors=True)
    app.extensions["matcher"].opened = None


@pytest.fixture
def held_back(app, monkeypatch):
    """Jobs are queued and nobody does them; their numbers as they are sent."""
    sent: list[int] = []
    monkeypatch.setitem(app.extensions, "run_job", sent.append)
    return sent


def job(kind="matches.renew_all", **values) -> queue.Job:
    made = queue.Job(kind=kind, **values)
    db.session.add(made)
    db.session.commit()
    return made


def test_every_kind_of_job_has_words(app):
    assert {kind for kind in queue._handlers if not kind.startswith("test_")} == set(work_words.KINDS)


def test_the_page_says_what_the_index_holds_and_what_it_should(desk, make):
    make.profile()
    make.challenge()
    assert "0 av 1 offentlige" in desk.get(PAGE).text
    mending.mend()
    page = desk.get(PAGE).text
    assert "1 av 1 offentlige" in page
    assert "1 av 1 oppførte" in page
    assert bridge.matcher().status().model in page
    assert "annen modell" not in page


def test_an_index_by_another_model_is_told_and_rebuilt_from_the_page(desk, make):
    make.profile()
    challenge = make.challenge()
    mending.mend()
    bridge.matcher()._encoder = TwinEncoder(fingerprint="twin-2")
    assert "annen modell" in desk.get(PAGE).text
    assert desk.post(f"{PAGE}/indeks").status_code == 303
    assert bridge.matcher().status().model == "twin-2"
    assert [each.state for each in db.session.scalars(select(queue.Job))] == ["done"] * 2
    assert db.session.query(Suggestion).filter_by(challenge_id=challenge.id).count() == 1
    assert "annen modell" not in desk.get(PAGE).text


def test_two_presses_make_one_rebuild_and_its_progress_is_told(desk, held_back):
    desk.post(f"{PAGE}/indeks")
    desk.post(f"{PAGE}/indeks")
    made = db.session.scalars(select(queue.Job)).one()
    assert held_back == [made.id]
    made.state, made.position, made.total, made.heartbeat_at = "running", 256, 6000, now()
    db.session.commit()
    desk.post(f"{PAGE}/indeks")
    assert len(held_back) == 1
    assert "256 av 6" in desk.get(PAGE).text
    told = desk.get(f"{PAGE}/indeks/framdrift").json
    assert (told["done"], told["total"], told["finished"]) == (256, 6000, False)
    made.state = "done"
    db.session.commit()
    assert desk.get(f"{PAGE}/indeks/framdrift").json["finished"] is True


def test_two_administrators_who_press_at_once_make_one_rebuild(make, sign_in, held_back, monkeypatch):
    gate, take_turns = threading.Barrier(2, timeout=30), work.take_turns
    monkeypatch.setattr(work, "take_turns", lambda what: (gate.wait(), take_turns(what)))
    clients = [sign_in(make.administrator()) for _ in range(2)]
    db.session.remove()
    answers: list[int] = []
    presses = [threading.Thread(target=lambda client=client: answers.append(client.post(f"{PAGE}/indeks").status_code)) for client in clients]
    for press in presses:
        press.start()
    for press in presses:
        press.join(60)
    assert answers == [303, 303]
    assert held_back == [db.session.scalars(select(queue.Job)).one().id]


def test_a_profile_changed_while_all_is_read_anew_is_in_the_index_when_the_job_ends(desk, make, held_back, monkeypatch):
    profile, mend = make.profile(), mending.mend
    mend()

    def mend_while_somebody_writes(progress=None, *, everything=False):
        found = mend(progress, everything=everything)
        if everything:
            db.session.get(Profile, profile.id).summary = "Noe helt annet enn det som ble lest."
            db.session.commit()
        return found

    monkeypatch.setattr(mending, "mend", mend_while_somebody_writes)
    desk.post(f"{PAGE}/indeks")
    queue.run(held_back[0])
    assert not mending.differences()
    assert [(each.kind, each.state) for each in db.session.scalars(select(queue.Job).order_by(queue.Job.id))] == [
        ("matches.rebuild_index", "done"),
        ("matches.renew_all", "queued"),
    ]


def test_what_stands_answers_while_the_new_index_is_read(desk, make, monkeypatch):
    make.profile()
    challenge = make.challenge()
    mending.mend()
    seen = []

    def look(*_progress):
        bridge.matcher().commit()
        seen.append(len(bridge.matcher().rank(bridge.challenge_document(challenge))))

    mending.mend(look, everything=True)
    assert seen == [1, 1]
    assert bridge.matcher().status().offers == 1


def test_the_queue_is_shown_in_words_with_what_each_job_is_about(desk, make, held_back):
    challenge, profile = make.challenge(title="Mindre mat i søpla"), make.profile(make.organisation(name="TotalCtrl"))
    job("matches.rank_challenge", arguments={"challenge_id": challenge.id}, state="running", heartbeat_at=now(), position=3, total=7)
    job("matches.place_profile", arguments={"profile_id": profile.id})
    job("matches.renew_all", state="running", heartbeat_at=now() - timedelta(minutes=2))
    page = desk.get(PAGE).text
    for words in ("Mindre mat i søpla", "Pågår, 3 av 7", "Lese en løsning og finne utfordringer", "TotalCtrl", "Arbeideren er taus", "2 pågår, 1 venter, 0 har stoppet"):
        assert words in page
    assert "ingen arbeider" not in page


def test_a_queue_that_nobody_works_on_is_told(desk, held_back):
    job(created_at=now() - timedelta(minutes=10))
    assert "ingen arbeider ser ut til å være i gang" in desk.get(PAGE).text


def test_what_was_just_sent_again_is_not_said_to_have_waited(desk, held_back):
    failed = job(state="failed", created_at=now() - timedelta(days=2), finished_at=now() - timedelta(days=1), heartbeat_at=now() - timedelta(days=1))
    assert "ingen arbeider" not in desk.post(f"{PAGE}/{failed.id}/prov-igjen", follow_redirects=True).text
    failed.heartbeat_at = now() - timedelta(minutes=10)
    db.session.commit()
    assert "ingen arbeider" in desk.get(PAGE).text


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("OperationalError: database is locked", "Databasen svarte ikke"),
        ("EncoderUnavailable: no such model", "kunne ikke lastes"),
        ("Every worker that began it died.", "falt fra"),
        ("ZeroDivisionError: <b>1/0</b>", "Noe uventet stoppet arbeidet."),
    ],
)
def test_what_failed_says_why_in_plain_words_and_is_tried_again(desk, held_back, message, words):
    failed = job(state="failed", finished_at=now(), message=message, attempts=5, position=4, total=9)
    page = desk.get(PAGE).text
    assert words in page
    assert "kom til 4 av 9" in page
    assert "<b>1/0" not in page
    assert desk.post(f"{PAGE}/{failed.id}/prov-igjen").status_code == 303
    db.session.refresh(failed)
    assert (failed.state, failed.attempts, failed.message, failed.position, held_back) == ("queued", 0, "", 4, [failed.id])
    assert "Dette arbeidet har ikke stoppet." in desk.post(f"{PAGE}/{failed.id}/prov-igjen", follow_redirects=True).text
    assert held_back == [failed.id]


def test_the_page_asks_as_often_for_one_job_as_for_three(desk, make, queries, held_back):
    counts = []
    for rounds in (1, 2):
        for _ in range(rounds):
            job("matches.rank_challenge", arguments={"challenge_id": make.challenge().id})
            job("matches.rank_challenge", arguments={"challenge_id": make.challenge().id}, state="failed", finished_at=now())
        with queries() as seen:
            assert desk.get(PAGE).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
