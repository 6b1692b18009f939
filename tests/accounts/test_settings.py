"""Name, language, password, address and sessions."""

import pytest
from sqlalchemy import select

from matchmaker.accounts import passwords
from matchmaker.accounts.models import UserSession
from matchmaker.core.database import db
from tests.accounts.post import GOOD, OTHER, letters_to, link_in

HOSTILE = ["<b>Kari</b>", "Robert'); DROP TABLE users;--", "Kari\u200b\u202eNordmann", "🙂🚲"]


@pytest.fixture
def person(make):
    return make.user(email="kari@example.test", password_hash=passwords.hashed(GOOD))


@pytest.fixture
def kari(sign_in, person):
    return sign_in(person)


def settings(**values):
    return {"name": "Kari", "locale": "en", "theme": "dark", **values}


def test_choices_are_kept_with_the_person(kari, person):
    assert kari.post("/konto", data=settings()).status_code == 303
    db.session.refresh(person)
    assert (person.name, person.locale, person.theme) == ("Kari", "en", "dark")
    assert '<html lang="en" data-color-scheme="dark">' in kari.get("/konto").text


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 121}, {"name": "x" * 1_000_000}, {"locale": "sv"}, {"theme": "pink"}, {"name": "\u200b"}])
def test_a_wrong_choice_changes_nothing(kari, person, wrong):
    before = (person.name, person.locale, person.theme)
    assert kari.post("/konto", data=settings(**wrong)).status_code == 422
    db.session.refresh(person)
    assert (person.name, person.locale, person.theme) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_as_text(kari, person, name):
    assert kari.post("/konto", data=settings(name=name)).status_code == 303
    page = kari.get("/konto").text
    assert "<b>Kari</b>" not in page
    assert "\u202e" not in page
    assert db.session.get(type(person), person.id) is not None


def test_a_new_password_asks_for_the_old_and_ends_the_other_sessions(kari, sign_in, person):
    elsewhere = sign_in(person)
    assert kari.post("/konto/passord", data={"old": GOOD, "password": OTHER}).status_code == 303
    assert kari.get("/konto").status_code == 200
    assert elsewhere.get("/konto").status_code == 303
    db.session.refresh(person)
    assert passwords.matches(OTHER, person.password_hash)
    assert letters_to(person.email)[-1].subject == "Passordet ditt i Matchmaker er byttet"


@pytest.mark.parametrize("values", [{"old": "feil", "password": OTHER}, {"old": GOOD, "password": "kort"}, {"old": GOOD, "password": "kari@example.test"}, {}])
def test_a_password_is_not_changed_by_a_wrong_form(kari, person, values):
    assert kari.post("/konto/passord", data=values).status_code == 422
    db.session.refresh(person)
    assert passwords.matches(GOOD, person.password_hash)


def test_a_new_address_counts_once_its_letter_is_answered(kari, person):
    assert kari.post("/konto/e-post", data={"email": "ny@example.test", "password": GOOD}).status_code == 303
    db.session.refresh(person)
    assert person.email == "kari@example.test"
    assert "ny@example.test" in letters_to("kari@example.test")[-1].body
    link = link_in(letters_to("ny@example.test")[-1], "ny-adresse")
    assert kari.get(link).status_code == 200
    assert kari.post(link).status_code == 303
    db.session.refresh(person)
    assert person.email == "ny@example.test"
    assert kari.post(link).status_code == 410


def test_the_asker_never_learns_whether_the_new_address_is_known(kari, make):
    make.user(email="kjent@example.test")
    answers = []
    for email in ("kjent@example.test", "ukjent@example.test"):
        answer = kari.post("/konto/e-post", data={"email": email, "password": GOOD})
        answers.append((answer.status_code, answer.headers["Location"], answer.text))
    assert answers[0] == answers[1]
    assert letters_to("kjent@example.test")[0].subject == "Du har alt en konto i Matchmaker"


def test_an_address_somebody_took_meanwhile_is_not_taken_twice(kari, make, person):
    kari.post("/konto/e-post", data={"email": "ny@example.test", "password": GOOD})
    make.user(email="ny@example.test")
    assert kari.post(link_in(letters_to("ny@example.test")[0], "ny-adresse")).status_code == 410
    db.session.refresh(person)
    assert person.email == "kari@example.test"


def test_a_new_password_stops_an_address_change_on_its_way(kari):
    kari.post("/konto/e-post", data={"email": "tyv@example.test", "password": GOOD})
    kari.post("/konto/passord", data={"old": GOOD, "password": OTHER})
    assert kari.get(link_in(letters_to("tyv@example.test")[0], "ny-adresse")).status_code == 410


@pytest.mark.parametrize(
    "values", [{"email": "ny@example.test", "password": "feil"}, {"email": "nei", "password": GOOD}, {"email": "a@b.test" * 60, "password": GOOD}, {}]
)
def test_a_wrong_address_form_sends_nothing(kari, values):
    assert kari.post("/konto/e-post", data=values).status_code == 422
    assert letters_to("ny@example.test") == []


def open_ids(person) -> list[int]:
    return list(db.session.scalars(select(UserSession.id).where(UserSession.user_id == person.id).order_by(UserSession.id)))


def test_one_session_is_ended_and_that_browser_is_out(kari, sign_in, person):
    elsewhere = sign_in(person)
    other = open_ids(person)[-1]
    assert kari.post(f"/konto/okter/{other}/avslutt").status_code == 303
    assert elsewhere.get("/konto").status_code == 303
    assert kari.get("/konto").status_code == 200
    assert kari.post(f"/konto/okter/{other}/avslutt").status_code == 303


def test_nobody_ends_a_strangers_session(kari, sign_in, make):
    stranger = make.user()
    theirs = sign_in(stranger)
    kari.post(f"/konto/okter/{open_ids(stranger)[0]}/avslutt")
    assert theirs.get("/konto").status_code == 200


def test_all_others_end_and_this_one_stays(kari, sign_in, person):
    others = [sign_in(person), sign_in(person)]
    assert kari.post("/konto/okter/avslutt-andre").status_code == 303
    assert [each.get("/konto").status_code for each in others] == [303, 303]
    assert kari.get("/konto").status_code == 200


@pytest.mark.parametrize("path", ["/konto/passord", "/konto/e-post", "/konto/slett"])
def test_a_shared_demo_account_keeps_its_password_and_address(sign_in, make, path):
    client = sign_in(make.user(is_demo=True, password_hash=passwords.hashed(GOOD)))
    assert (client.get(path).status_code, client.post(path, data={"old": GOOD, "password": OTHER}).status_code) == (403, 403)


def test_a_shared_demo_account_keeps_its_name(sign_in, make):
    demo = make.user(is_demo=True, name="Demo Oppvekst")
    assert sign_in(demo).post("/konto", data={"name": "Noe stygt", "locale": "nb", "theme": "dark"}).status_code == 303
    db.session.expire_all()
    assert (demo.name, demo.theme) == ("Demo Oppvekst", "dark")


def test_the_settings_page_asks_as_often_for_one_session_as_for_three(kari, sign_in, person, queries):
    counts = []
    for _ in range(2):
        with queries() as seen:
            assert kari.get("/konto").status_code == 200
        counts.append(len(seen))
        sign_in(person)
        sign_in(person)
    assert counts[0] == counts[1]
