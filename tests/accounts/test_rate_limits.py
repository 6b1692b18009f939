"""Attempts are counted, on the caller's address and on the account."""

import pytest

from matchmaker.accounts import passwords
from matchmaker.app import create_app
from matchmaker.core.database import db
from matchmaker.core.security import limiter
from tests.accounts.post import GOOD


@pytest.fixture
def counted(app, database, tmp_path):
    """An app like the one that serves, where attempts count, on the same database."""
    serving = create_app(
        {
            "TESTING": True,
            "SQLALCHEMY_DATABASE_URI": database,
            "SECRET_KEY": "tests only",
            "QUEUE_IMMEDIATE": True,
            "MATCHMAKER_MODEL": "twin",
            "WTF_CSRF_ENABLED": False,
            "RATELIMIT_ENABLED": True,
        },
        instance_path=str(tmp_path),
    )
    limiter.reset()
    yield serving
    limiter.reset()
    limiter.enabled = False
    with serving.app_context():
        db.engine.dispose()


def attempt(app, *, email="kari@example.test", password="helt feil passord", address="10.0.0.1"):
    return app.test_client().post("/logg-inn", data={"email": email, "password": password}, environ_base={"REMOTE_ADDR": address}).status_code


def test_the_eleventh_wrong_password_for_an_account_waits_wherever_it_comes_from(make, counted):
    make.user(email="kari@example.test", password_hash=passwords.hashed(GOOD))
    assert [attempt(counted, address=f"10.0.0.{n}") for n in range(11)] == [422] * 10 + [429]
    assert attempt(counted, password=GOOD, address="10.9.9.9") == 429
    assert attempt(counted, email="ola@example.test", address="10.0.0.50") == 422


def test_an_account_that_does_not_exist_waits_just_as_long(counted):
    assert [attempt(counted, address=f"10.0.0.{n}") for n in range(11)] == [422] * 10 + [429]


def test_the_thirty_first_wrong_password_from_an_address_waits_whoever_it_is_for(counted):
    assert [attempt(counted, email=f"person{n}@example.test") for n in range(31)] == [422] * 30 + [429]
    assert attempt(counted, email="person1@example.test", address="10.0.0.2") == 422


def test_signing_in_rightly_is_never_counted(make, counted):
    make.user(email="kari@example.test", password_hash=passwords.hashed(GOOD))
    assert [attempt(counted, password=GOOD) for _ in range(40)] == [303] * 40


def test_whoever_waits_is_told_when_to_come_back(counted):
    for n in range(30):
        attempt(counted, email=f"person{n}@example.test")
    answer = counted.test_client().post("/logg-inn", data={"email": "x@example.test", "password": "y"}, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 300
    assert "Vent et par minutter" in answer.text


def test_letters_to_one_address_are_five_an_hour(make, counted):
    make.user(email="kari@example.test")
    sent = [
        counted.test_client().post("/glemt-passord", data={"email": "kari@example.test"}, environ_base={"REMOTE_ADDR": f"10.0.1.{n}"}).status_code
        for n in range(6)
    ]
    assert sent == [303] * 5 + [429]
