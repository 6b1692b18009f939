"""People from the command line."""

import pytest
from argon2 import PasswordHasher

from matchmaker.accounts import passwords
from matchmaker.accounts.queries import by_email
from matchmaker.core.database import db
from matchmaker.organisations.models import Organisation
from tests.accounts.post import GOOD, OTHER


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=64))


def create(app, *, email="kari@example.test", role="department", organisation="Halden kommune, Oppvekst", password=GOOD):
    words = ["user", "create", "--email", email, "--name", "Kari", "--organisation", organisation, "--role", role, "--password", password]
    return app.test_cli_runner().invoke(args=words)


def test_a_person_is_made_with_a_place_and_can_sign_in(app, client):
    assert create(app).exit_code == 0
    assert [(each.organisation.display_name, each.role) for each in by_email("kari@example.test").memberships] == [("Halden kommune, Oppvekst", "department")]
    assert client.post("/logg-inn", data={"email": "kari@example.test", "password": GOOD}).status_code == 303


def test_somebody_who_is_there_already_gets_the_role_and_keeps_the_password(app):
    create(app)
    assert create(app, organisation="Klyngen", role="administrator", password=OTHER).exit_code == 0
    db.session.expire_all()
    kari = by_email("kari@example.test")
    assert [each.role for each in kari.memberships] == ["department", "administrator"]
    assert passwords.matches(GOOD, kari.password_hash)


def test_an_organisation_that_is_there_is_not_doubled(app, make):
    make.organisation(name="TotalCtrl, Norge")
    assert create(app, organisation="TotalCtrl, Norge", role="company").exit_code == 0
    assert db.session.query(Organisation).count() == 1


def test_a_weak_password_makes_nobody(app):
    answer = create(app, password="kort")
    assert answer.exit_code == 1
    assert "minst 12 tegn" in answer.output
    assert by_email("kari@example.test") is None


def test_a_new_password_signs_the_person_out(app, make, sign_in):
    user = make.user(email="kari@example.test")
    browser = sign_in(user)
    assert app.test_cli_runner().invoke(args=["user", "password", "--email", "KARI@example.test", "--password", OTHER]).exit_code == 0
    assert browser.get("/konto").status_code == 303
    db.session.refresh(user)
    assert passwords.matches(OTHER, user.password_hash)


def test_nobody_gets_a_password_when_nobody_has_the_address(app):
    answer = app.test_cli_runner().invoke(args=["user", "password", "--email", "ingen@example.test", "--password", OTHER])
    assert answer.exit_code == 1
    assert "nobody has the address ingen@example.test" in answer.output
