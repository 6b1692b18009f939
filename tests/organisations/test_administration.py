"""The administrator's desk."""

import pytest
from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.core.queue import Job
from matchmaker.organisations.models import Membership


@pytest.fixture
def desk(make, sign_in):
    return sign_in(make.administrator())


@pytest.mark.parametrize("path", ["", "/personer", "/personer/1", "/logg", "/logg.csv", "/brev"])
def test_only_administrators_come_in(make, sign_in, client, path):
    make.user()
    people = [make.coordinator(), make.department_member(), make.company_member(), make.user()]
    assert [sign_in(each).get(f"/administrasjon{path}").status_code for each in people] == [403] * 4
    assert client.get(f"/administrasjon{path}").status_code == 303


def test_people_are_found_by_name_and_address_with_their_roles(desk, make):
    member = make.department_member(make.municipality(department="Oppvekst"))
    page = desk.get(f"/administrasjon/personer?q={member.email[:8]}").text
    assert member.email in page
    assert "Kommunal avdeling, Halden kommune, Oppvekst" in page
    assert "Fant ingen" in desk.get("/administrasjon/personer?q=%25").text


def test_a_role_is_given(desk, make):
    user, company = make.user(), make.organisation()
    assert desk.post(f"/administrasjon/personer/{user.id}", data={"organisation": company.id, "role": "company"}).status_code == 303
    assert [(each.organisation_id, each.role) for each in db.session.scalars(select(Membership).where(Membership.user_id == user.id))] == [
        (company.id, "company")
    ]


@pytest.mark.parametrize(
    "wrong", [{"role": "administrator"}, {"role": "king"}, {"role": ""}, {"organisation": ""}, {"organisation": "99999999999999999999"}, {"organisation": "x"}]
)
def test_a_role_that_does_not_fit_is_refused(desk, make, wrong):
    user, company = make.user(), make.organisation()
    assert desk.post(f"/administrasjon/personer/{user.id}", data={"organisation": company.id, "role": "company", **wrong}).status_code == 422
    assert db.session.scalars(select(Membership).where(Membership.user_id == user.id)).all() == []


def letter(**values) -> Letter:
    made = Letter(**{"recipient": "kari@example.test", "subject": "Hei", "body": "Hemmelig lenke https://example.test/x", "state": "kept", **values})
    db.session.add(made)
    db.session.commit()
    return made


def test_the_outbox_shows_states_and_only_letters_that_stay_here_can_be_read(desk):
    kept, sent = letter(attached=[{"name": "mote-1.ics", "kind": "text/calendar; method=REQUEST", "text": "BEGIN"}]), letter(subject="Sendt brev", state="sent")
    assert 'mote-1.ics <span class="small muted">text/calendar; method=REQUEST</span>' in desk.get(f"/administrasjon/brev/{kept.id}").text
    assert "Hemmelig lenke" in desk.get(f"/administrasjon/brev/{kept.id}").text
    assert "Hemmelig lenke" not in desk.get(f"/administrasjon/brev/{sent.id}").text
    page = desk.get("/administrasjon/brev?state=sent").text
    assert "Sendt brev" in page
    assert ">Hei</a>" not in page
    assert desk.get("/administrasjon/brev?state=tull&q=%25%27").status_code == 200


def test_a_letter_that_failed_is_tried_again(desk, app, monkeypatch):
    failed = letter(state="failed", attempts=6, error="nobody there")
    monkeypatch.setitem(app.extensions, "run_job", lambda number: None)
    assert desk.post(f"/administrasjon/brev/{failed.id}/send").status_code == 303
    db.session.refresh(failed)
    assert (failed.state, failed.attempts, failed.error) == ("waiting", 0, "")
    assert [job.arguments for job in db.session.scalars(select(Job))] == [{"letter_id": failed.id}]


@pytest.mark.parametrize("state", ["sent", "kept"])
def test_a_letter_that_is_done_is_not_sent_twice(desk, state):
    done = letter(state=state)
    assert desk.post(f"/administrasjon/brev/{done.id}/send").status_code == 303
    db.session.refresh(done)
    assert (done.state, db.session.query(Job).count()) == (state, 0)


@pytest.mark.parametrize("path", ["/administrasjon/brev", "/administrasjon/personer"])
def test_the_lists_ask_as_often_for_one_as_for_three(desk, make, queries, path):
    counts = []
    for rounds in (1, 2):
        for _ in range(rounds):
            make.department_member()
            letter()
        with queries() as seen:
            assert desk.get(path).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
