"""Taking one's data out, and being forgotten."""

import pytest
from sqlalchemy import select

from matchmaker.accounts import passwords
from matchmaker.accounts.models import OneTimeLink, User, UserSession
from matchmaker.core import audit
from matchmaker.core.database import Base, db
from matchmaker.core.mail import Letter, post
from matchmaker.organisations.models import Invitation, Kind, Membership, Organisation, Registration, Role
from tests.accounts.post import GOOD


@pytest.fixture
def person(make):
    user = make.company_member()
    user.email, user.name, user.password_hash = "kari@example.test", "Kari Nordmann", passwords.hashed(GOOD)
    db.session.commit()
    return user


@pytest.fixture
def kari(sign_in, person):
    return sign_in(person)


def taken_out(client) -> dict:
    answer = client.get("/konto/mine-data.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=mine-data.json"
    return answer.get_json()


def test_what_one_wrote_and_got_is_in_the_file(kari, make, person):
    challenge = make.challenge(created_by_id=person.id, title="Noe Kari skrev")
    post(to=person.email, subject="Til Kari", body="Hei")
    audit.record("something", by=person)
    db.session.commit()
    found = taken_out(kari)
    assert (found["person"]["email"], found["person"]["name"]) == ("kari@example.test", "Kari Nordmann")
    stored = found["stored"]
    assert [(row["id"], row["title"]) for row in stored["challenges"]] == [(challenge.id, "Noe Kari skrev")]
    assert [row["subject"] for row in stored["letters"]] == ["Til Kari"]
    assert [row["action"] for row in stored["audit_entries"]] == ["something"]
    assert [row["role"] for row in stored["memberships"]] == ["company"]
    assert len(stored["user_sessions"]) == 1


def test_no_secret_and_nobody_elses_words_are_in_it(kari, make, person):
    other = make.user(email="ola@example.test", name="Ola Hansen")
    db.session.add(Registration(user_id=other.id, kind=Kind.STARTUP, organisation_name="Olas AS", message="Hemmelig for Kari", decided_by_id=person.id))
    db.session.commit()
    text = kari.get("/konto/mine-data.json").text
    for secret in ("Hemmelig for Kari", "ola@example.test", "password_hash", "token_hash", "argon2"):
        assert secret not in text
    assert [set(row) for row in taken_out(kari)["stored"]["registrations"]] == [{"id", "as"}]


def test_every_table_that_points_at_a_person_is_looked_into(person, make):
    """Rows made for each table that refers to people must be found, so that a new table cannot be forgotten."""
    from matchmaker.accounts.personal_data import _mentions

    pointing = {table.name for table in Base.metadata.sorted_tables for key in table.foreign_keys if key.column.table.name == "users"}
    assert pointing <= {table.name for table, _column in _mentions()}
    assert {"audit_entries", "letters", "jobs", "imports"} <= {table.name for table, _column in _mentions()}


def delete(client, **values):
    return client.post("/konto/slett", data={"typed": "kari@example.test", "password": GOOD, **values})


def test_a_deleted_person_leaves_no_trace_but_what_the_organisation_said(kari, make, person):
    challenge = make.challenge(created_by_id=person.id, title="Blir stående")
    organisation = db.session.scalar(select(Organisation).join(Membership).where(Membership.user_id == person.id))
    db.session.add(Invitation(email=person.email, organisation_id=organisation.id, role=Role.COMPANY, token_hash="x", expires_at=person.created_at))
    db.session.add(Registration(user_id=person.id, kind=Kind.STARTUP, organisation_name="X", message="Hei fra Kari Nordmann"))
    post(to=person.email, subject="Til Kari", body="Hei, Kari Nordmann")
    db.session.commit()
    number = person.id
    answer = delete(kari)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert kari.get("/konto").status_code == 303
    db.session.expire_all()
    gone = db.session.get(User, number)
    assert (gone.stored_name, gone.password_hash, gone.locale, gone.is_active) == ("", "", None, False)
    assert "kari" not in gone.email
    assert [db.session.query(table).count() for table in (UserSession, OneTimeLink, Letter, Invitation, Registration)] == [0, 0, 0, 0, 0]
    assert [each.ended_at is not None for each in db.session.scalars(select(Membership).where(Membership.user_id == number))] == [True]
    assert db.session.get(type(challenge), challenge.id).title == "Blir stående"
    everything = " ".join(str(row) for table in Base.metadata.sorted_tables for row in db.session.execute(select(table)).all())
    assert "kari@example.test" not in everything
    assert "Kari Nordmann" not in everything


def test_a_deleted_person_is_shown_as_a_former_user(app, kari, person):
    delete(kari)
    db.session.refresh(person)
    with app.test_request_context():
        assert person.name == "Tidligere bruker"


def test_the_address_is_free_again(kari, make, person):
    delete(kari)
    assert make.user(email="kari@example.test").id != person.id


@pytest.mark.parametrize("wrong", [{"typed": "noe annet"}, {"typed": ""}, {"password": "feil"}, {"password": ""}, {"typed": "x" * 100_000}])
def test_nothing_is_deleted_without_the_address_and_the_password(kari, person, wrong):
    assert delete(kari, **wrong).status_code == 422
    db.session.refresh(person)
    assert person.is_active


def test_the_last_administrator_cannot_leave_everybody_locked_out(sign_in, make):
    user = make.administrator()
    user.password_hash = passwords.hashed(GOOD)
    db.session.commit()
    client = sign_in(user)
    answer = delete(client, typed=user.email)
    assert answer.status_code == 422
    assert "Den siste administratoren kan ikke gå ut." in answer.text
    db.session.refresh(user)
    assert user.is_active
    make.administrator()
    assert delete(client, typed=user.email).status_code == 303
