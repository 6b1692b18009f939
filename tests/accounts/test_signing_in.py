"""Coming in and going out."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from matchmaker.accounts import passwords
from matchmaker.accounts.models import UserSession
from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db
from tests.accounts.post import GOOD

TOKEN = re.compile(r'(?<=name="csrf-token" content=")[^"]+|(?<=name="csrf_token" value=")[^"]+')


@pytest.fixture
def person(make):
    return make.user(email="kari@example.test", password_hash=passwords.hashed(GOOD))


def come_in(client, **values):
    return client.post("/logg-inn", data={"email": "kari@example.test", "password": GOOD, **values})


def inside(client) -> bool:
    return client.get("/konto").status_code == 200


def sessions() -> int:
    return len(db.session.scalars(select(UserSession)).all())


def test_the_right_password_lets_one_in_and_on_to_where_one_was_going(client, person):
    answer = come_in(client, next="/konto/passord")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/konto/passord")
    assert inside(client)


def test_the_address_may_be_written_in_any_way(client, person):
    assert come_in(client, email="  KARI@Example.TEST ").status_code == 303


def test_somebody_signed_in_is_sent_on_from_the_sign_in_page(client, person):
    come_in(client)
    assert client.get("/logg-inn?next=/roller").headers["Location"] == "/roller"


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "noe annet helt feil"},
        {"email": "ingen@example.test"},
        {"email": "' OR 1=1 --"},
        {"email": "<script>alert(1)</script>"},
        {"email": "kari@example.test\u200b\u202e", "password": "x"},
        {"password": GOOD + " "},
        {"email": "🙂@🙂"},
    ],
)
def test_anything_else_does_not(client, person, wrong):
    answer = come_in(client, **wrong)
    assert answer.status_code == 422
    assert "E-postadressen og passordet hører ikke sammen." in answer.text
    assert '<a href="/glemt-passord">lag et nytt passord</a>' in answer.text
    assert "<script>alert" not in answer.text
    assert not inside(client)


def test_empty_fields_are_named(client, person):
    answer = client.post("/logg-inn", data={})
    assert answer.status_code == 422
    assert answer.text.count('<p class="ds-validation-message"') == 2


def test_a_megabyte_of_password_is_refused_without_being_hashed(client, person, monkeypatch):
    monkeypatch.setattr(passwords, "hasher", None)
    assert come_in(client, password="x" * 1_000_000).status_code == 422


def test_known_unknown_unconfirmed_and_deleted_people_get_the_very_same_answer(client, make, person):
    make.user(email="ny@example.test", password_hash=passwords.hashed(GOOD), email_confirmed_at=None)
    make.user(email="borte@example.test", password_hash=passwords.hashed(GOOD), deleted_at=clock.now())
    answers = set()
    for email, password in [("kari@example.test", "feil passord her"), ("ingen@example.test", GOOD), ("ny@example.test", GOOD), ("borte@example.test", GOOD)]:
        answer = come_in(client, email=email, password=password)
        answers.add((answer.status_code, TOKEN.sub("", answer.text).replace(email, "")))
    assert len(answers) == 1


def test_a_failed_attempt_is_logged_with_the_account_it_was_about_and_never_with_what_was_typed(client, person):
    come_in(client, password="feil passord")
    come_in(client, email="ukjent@example.test")
    failed = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "sign-in failed").order_by(AuditEntry.id)).all()
    assert [(each.subject_id, each.user_id, each.detail) for each in failed] == [(person.id, None, {}), (None, None, {})]


def test_a_session_planted_beforehand_leads_nowhere(client, make, person):
    with client.session_transaction() as planted:
        planted["acting"], planted["_user_id"] = 7, "planted by somebody"
    come_in(client)
    with client.session_transaction() as session:
        assert "acting" not in session
        assert session["_user_id"] != "planted by somebody"


def test_each_sign_in_has_a_token_of_its_own_and_the_old_one_ends(client, person):
    come_in(client)
    with client.session_transaction() as session:
        first = session["_user_id"]
    come_in(client)
    with client.session_transaction() as session:
        assert session["_user_id"] != first
    assert sessions() == 1


def test_signing_out_ends_the_session_for_a_copied_cookie_too(app, client, person):
    come_in(client)
    thief = app.test_client()
    thief.set_cookie("matchmaker", client.get_cookie("matchmaker").value)
    assert inside(thief)
    answer = client.post("/logg-ut")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert not inside(client)
    assert not inside(thief)
    assert sessions() == 0


def test_signing_out_is_never_a_link(client):
    assert client.get("/logg-ut").status_code == 405
    assert client.post("/logg-ut").status_code == 303


def test_a_session_unused_for_thirty_days_is_over(client, person):
    come_in(client)
    clock.fix(clock.now() + timedelta(days=29))
    assert inside(client)
    clock.fix(clock.now() + timedelta(days=31))
    assert not inside(client)


def cookies(answer) -> dict[str, str]:
    """What the answer sets, by name."""
    return {each.partition("=")[0]: each for each in answer.headers.getlist("Set-Cookie")}


def test_the_cookies_are_out_of_scripts_reach_and_stay_on_the_site(app, client, person):
    given = cookies(come_in(client))
    assert sorted(given) == ["known", "matchmaker"]
    assert all("HttpOnly" in flags and "SameSite=Lax" in flags for flags in given.values())
    assert "Expires" not in given["matchmaker"]
    assert person.email not in given["known"]


def test_staying_signed_in_is_a_choice(client, person):
    assert "Expires" in cookies(come_in(client, remember="y"))["matchmaker"]


def test_behind_https_the_cookie_never_goes_in_the_clear(app, client, person, monkeypatch):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    assert all("Secure" in flags for flags in cookies(come_in(client)).values())


def test_the_token_is_kept_only_as_a_hash(client, person):
    come_in(client)
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert [each.token_hash == token for each in db.session.scalars(select(UserSession))] == [False]


def test_an_old_hash_is_renewed_on_the_way_in(client, person, monkeypatch):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=64))
    before = person.password_hash
    assert come_in(client).status_code == 303
    db.session.refresh(person)
    assert person.password_hash != before
    assert passwords.outdated(person.password_hash) is False


def test_demo_accounts_are_one_press_away_and_named_by_their_role(app, client, make, monkeypatch):
    monkeypatch.setitem(app.config, "MATCHMAKER_DEMO", True)
    people = [
        make.department_member(make.municipality(department="Oppvekst")),
        make.company_member(make.organisation(name="TotalCtrl")),
        make.coordinator(),
        make.administrator(),
    ]
    for each in people:
        each.is_demo = True
    db.session.commit()
    page = client.get("/logg-inn").text
    labels = ["Halden kommune, Oppvekst", "TotalCtrl", "Koordinator", "Administrator"]
    assert [page.index(f"<b>{label}</b>") for label in labels] == sorted(page.index(f"<b>{label}</b>") for label in labels)
    answer = client.post("/logg-inn/demo", data={"account": people[1].id})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/velkommen")
    assert inside(client)


def test_the_first_of_each_role_stands_first_and_the_others_are_folded_away(app, client, make, monkeypatch):
    monkeypatch.setitem(app.config, "MATCHMAKER_DEMO", True)
    people = [make.company_member(make.organisation(name=name)) for name in ("TotalCtrl", "RørLytt")] + [make.department_member()]
    for each in people:
        each.is_demo = True
    db.session.commit()
    above, below = client.get("/logg-inn").text.split("Flere demokontoer")
    assert above.index("<b>Halden kommune") < above.index("<b>TotalCtrl</b>")
    assert "<b>RørLytt</b>" in below


def test_only_demo_accounts_open_by_a_press_and_only_in_a_demo(app, client, make, person, monkeypatch):
    shared = make.user(is_demo=True)
    assert client.post("/logg-inn/demo", data={"account": shared.id}).status_code == 404
    assert "Prøv uten konto" not in client.get("/logg-inn").text
    monkeypatch.setitem(app.config, "MATCHMAKER_DEMO", True)
    for account in (person.id, 0, -1, 10**30, "x", ""):
        assert client.post("/logg-inn/demo", data={"account": account}).status_code == 404
    assert not inside(client)
