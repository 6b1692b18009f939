"""A forgotten password."""

from datetime import timedelta

import pytest

from matchmaker.accounts import passwords
from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from tests.accounts.post import GOOD, OTHER, letters_to, link_in


@pytest.fixture
def person(make):
    return make.user(email="kari@example.test", password_hash=passwords.hashed(GOOD))


def ask(client, email="kari@example.test"):
    return client.post("/glemt-passord", data={"email": email})


def asked_link(client) -> str:
    ask(client)
    return link_in(letters_to("kari@example.test")[-1], "nytt-passord")


def test_the_link_gives_a_new_password_and_ends_every_session(client, sign_in, person):
    elsewhere = sign_in(person)
    answer = client.post(asked_link(client), data={"password": OTHER})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/logg-inn")
    assert elsewhere.get("/konto").status_code == 303
    assert client.post("/logg-inn", data={"email": person.email, "password": GOOD}).status_code == 422
    assert client.post("/logg-inn", data={"email": person.email, "password": OTHER}).status_code == 303


def test_known_and_unknown_addresses_get_the_very_same_answer(client, person):
    answers = {(answer.status_code, answer.headers["Location"], answer.text) for answer in (ask(client), ask(client, "ingen@example.test"))}
    assert len(answers) == 1
    assert [letter.recipient for letter in db.session.query(Letter)] == ["kari@example.test"]


def test_opening_the_link_does_not_use_it_up_but_using_it_does(client, person):
    link = asked_link(client)
    assert [client.get(link).status_code, client.get(link).status_code] == [200, 200]
    assert client.post(link, data={"password": OTHER}).status_code == 303
    assert client.get(link).status_code == 410
    assert client.post(link, data={"password": GOOD}).status_code == 410


def test_a_link_lasts_an_hour(client, person):
    link = asked_link(client)
    clock.fix(clock.now() + timedelta(minutes=61))
    assert client.get(link).status_code == 410


def test_only_the_newest_link_works(client, person):
    first, second = asked_link(client), asked_link(client)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)


@pytest.mark.parametrize("password", ["", "kort", "kari@example.test", "passord12345", "x" * 1000])
def test_a_weak_password_is_told_and_the_link_still_works(client, person, password):
    link = asked_link(client)
    assert client.post(link, data={"password": password}).status_code == 422
    assert client.post(link, data={"password": OTHER}).status_code == 303


@pytest.mark.parametrize("email", ["", "ikke en adresse", "a@b", "x" * 300 + "@example.test", "kari@example.test\r\nBcc: alle@example.test"])
def test_something_that_is_no_address_is_told(client, email):
    assert ask(client, email).status_code == 422


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "'--", "æøå"])
def test_a_made_up_link_is_over(client, token):
    assert client.get(f"/nytt-passord/{token}").status_code == 410


def test_a_link_for_one_purpose_is_not_good_for_another(client, person):
    token = asked_link(client).rsplit("/", 1)[1]
    assert [client.get(f"/{page}/{token}").status_code for page in ("bekreft", "ny-adresse", "invitasjon")] == [410, 410, 410]


def test_a_shared_demo_account_gets_no_link(client, make):
    make.user(email="demo@example.test", is_demo=True)
    assert ask(client, "demo@example.test").status_code == 303
    assert letters_to("demo@example.test") == []


def test_the_letter_comes_in_the_readers_language(client, make, person):
    person.locale = "nn"
    db.session.commit()
    ask(client)
    assert letters_to("kari@example.test")[0].subject
