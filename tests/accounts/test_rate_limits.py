"""Attempts are counted, on the caller's address and on the account."""

from datetime import timedelta

import pytest
from flask import current_app

from matchmaker.accounts import familiar, passwords, services
from matchmaker.core import clock
from matchmaker.core.database import transaction
from matchmaker.core.security import network
from tests.accounts.post import GOOD, OTHER, letters_to, link_in

pytestmark = pytest.mark.one_database("sqlite")  # attempts are counted in memory


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


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_an_ipv6_network_counts_as_one_caller(app, address, counted_as):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert network() == counted_as


def test_a_line_with_more_addresses_than_there_are_grains_of_sand_is_still_one_line(counted):
    assert [attempt(counted, email=f"person{n}@example.test", address=f"2001:db8::{n:x}") for n in range(31)] == [422] * 30 + [429]
    assert attempt(counted, email="person1@example.test", address="2001:db8:0:1::1") == 422


@pytest.fixture
def kari_under_attack(make, counted):
    """`at_home`: a browser Kari has used before. Then a hundred strangers guess at her password."""
    make.user(email="kari@example.test", password_hash=passwords.hashed(GOOD))
    at_home = counted.test_client()
    assert at_home.post("/logg-inn", data={"email": "kari@example.test", "password": GOOD}).status_code == 303
    at_home.post("/logg-ut")
    tried = [attempt(counted, address=f"10.1.0.{n}") for n in range(100)]
    assert (tried.count(422), tried.count(429)) == (10, 90)
    return at_home


def test_a_hundred_strangers_cannot_keep_a_person_out_where_she_has_been_before(kari_under_attack):
    assert kari_under_attack.post("/logg-inn", data={"email": "kari@example.test", "password": GOOD}).status_code == 303


def test_nor_anywhere_else_once_she_has_answered_a_letter(kari_under_attack, counted):
    new_browser = counted.test_client()
    refused = new_browser.post("/logg-inn", data={"email": "kari@example.test", "password": GOOD})
    assert (refused.status_code, int(refused.headers["Retry-After"]) <= 900) == (429, True)
    new_browser.post("/glemt-passord", data={"email": "kari@example.test"})
    new_browser.post(link_in(letters_to("kari@example.test")[-1], "nytt-passord"), data={"password": OTHER})
    assert new_browser.post("/logg-inn", data={"email": "kari@example.test", "password": OTHER}).status_code == 303


def test_a_browser_known_to_one_account_guesses_no_better_at_another_and_not_for_ever_at_its_own(kari_under_attack, make):
    make.user(email="ola@example.test", password_hash=passwords.hashed(OTHER))
    guesses = {"email": "ola@example.test", "password": "helt feil passord"}
    assert [kari_under_attack.post("/logg-inn", data=guesses).status_code for _ in range(11)] == [422] * 10 + [429]
    own = {"email": "kari@example.test", "password": "helt feil passord"}
    assert [kari_under_attack.post("/logg-inn", data=own).status_code for _ in range(11)] == [422] * 10 + [429]


@pytest.mark.parametrize("cookie", ["", "x", "known", "WyJhIl0.aaaa.bbbb", "æ" * 5000])
def test_a_cookie_that_is_not_ours_is_no_acquaintance(app, cookie):
    with app.test_request_context(headers={"Cookie": f"known={cookie}".encode().decode("latin-1")}):
        assert familiar.number_for("kari@example.test") == ""


def remembered(app, user) -> dict[str, str]:
    """The headers of a browser that is known to the account from now on."""
    with app.test_request_context():
        return {"Cookie": familiar.remember(current_app.make_response("x"), user=user).headers["Set-Cookie"].partition(";")[0]}


def known(app, headers, email="kari@example.test") -> bool:
    with app.test_request_context(headers=headers):
        return familiar.number_for(email) != ""


def test_a_browser_is_forgotten_after_half_a_year(app, make):
    make.user(email="ola@example.test")
    headers = remembered(app, make.user(email="kari@example.test"))
    assert known(app, headers, " Kari@example.test")
    assert not known(app, headers, "ola@example.test")
    clock.fix(clock.now() + timedelta(days=181))
    assert not known(app, headers)


@pytest.mark.parametrize(
    "act",
    [
        lambda user: services.change_password(user=user, password=OTHER),
        lambda user: services.end_sessions(user=user),
        lambda user: setattr(user, "password_hash", passwords.hashed(OTHER)),
        lambda user: services.delete_account(user=user, by=user),
    ],
    ids=["a new password", "every session ended", "another hash", "no account"],
)
def test_browsers_known_before_are_strangers_after(app, make, act):
    user = make.user(email="kari@example.test", password_hash=passwords.hashed(GOOD))
    headers = remembered(app, user)
    assert known(app, headers)
    with transaction():
        act(user)
    assert not known(app, headers)


@pytest.mark.parametrize(
    ("address", "data", "password"), [("/konto/okter/avslutt-andre", {}, GOOD), ("/konto/passord", {"old": GOOD, "password": OTHER}, OTHER)]
)
def test_the_browser_that_ends_the_others_is_the_one_that_stays_known(make, counted, address, data, password):
    make.user(email="kari@example.test", password_hash=passwords.hashed(GOOD))
    here, there = counted.test_client(), counted.test_client()
    for browser in (here, there):
        browser.post("/logg-inn", data={"email": "kari@example.test", "password": GOOD})
    assert here.post(address, data=data).status_code == 303
    here.post("/logg-ut")
    assert [attempt(counted, address=f"10.2.0.{number}") for number in range(11)] == [422] * 10 + [429]
    right = {"email": "kari@example.test", "password": password}
    assert [browser.post("/logg-inn", data=right).status_code for browser in (here, there)] == [303, 429]
