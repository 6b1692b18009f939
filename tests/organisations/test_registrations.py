"""Open registration, from the form to the coordinator's answer."""

import pytest
from sqlalchemy import func, select

from matchmaker.accounts import passwords
from matchmaker.accounts.models import User
from matchmaker.accounts.queries import by_email
from matchmaker.core.database import db
from matchmaker.organisations.models import Kind, Membership, Organisation, Registration, Role
from tests.accounts.post import GOOD, OTHER, letters_to, link_in

THEIRS = "angriperens eget passord"


def department(**values):
    return {
        "name": "Kari Nordmann",
        "email": "kari@example.test",
        "password": GOOD,
        "kind": "municipality",
        "municipality_number": "3101",
        "department": "Oppvekst",
        "organisation_name": "",
        "org_number": "",
        "message": "Vi vil kaste mindre mat.",
        **values,
    }


def company(**values):
    return department(
        **{"kind": "startup", "municipality_number": "", "department": "", "organisation_name": "Fjordvakt AS", "org_number": "974 760 673", **values}
    )


def confirmed(client, **values):
    """Register and answer the letter; the client is signed in afterwards."""
    sent = department(**values)
    client.post("/registrer", data=sent)
    link = link_in(letters_to(sent["email"])[-1], "bekreft")
    assert client.post(link, data={"password": sent["password"]}).status_code == 303
    return db.session.scalar(select(Registration).order_by(Registration.id.desc()))


def test_a_department_asks_and_is_told_to_look_for_a_letter(client):
    answer = client.post("/registrer", data=department())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/registrer/sendt")
    asked = db.session.scalar(select(Registration))
    assert (asked.kind, asked.organisation_name, asked.department, asked.municipality_number, asked.state) == (
        "municipality",
        "Halden kommune",
        "Oppvekst",
        "3101",
        "waiting",
    )
    assert asked.user.email_confirmed_at is None
    assert [letter.subject for letter in letters_to("kari@example.test")] == ["Bekreft e-postadressen din i Matchmaker"]


def test_a_company_asks_with_its_number_as_people_write_it(client):
    assert client.post("/registrer", data=company()).status_code == 303
    asked = db.session.scalar(select(Registration))
    assert (asked.organisation_name, asked.org_number, asked.department) == ("Fjordvakt AS", "974760673", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"email": "nei"},
        {"password": "kort"},
        {"password": "kari@example.test"},
        {"kind": ""},
        {"kind": "cluster"},
        {"municipality_number": ""},
        {"municipality_number": "9999"},
        {"department": ""},
        {"department": "x" * 121},
        {"org_number": "974760674"},
        {"org_number": "<script>"},
        {"message": "x" * 2001},
        {"message": "x" * 1_000_000},
        {"name": "\u200b\u202e"},
    ],
)
def test_a_department_form_with_something_wrong_sends_nothing(client, wrong):
    answer = client.post("/registrer", data=department(**wrong))
    assert answer.status_code == 422
    assert "Rett dette først" in answer.text
    assert (db.session.query(User).count(), letters_to("kari@example.test")) == (0, [])


@pytest.mark.parametrize("wrong", [{"organisation_name": ""}, {"organisation_name": "x" * 201}, {"org_number": "123456789"}, {"kind": "administrator"}])
def test_a_company_form_with_something_wrong_sends_nothing(client, wrong):
    assert client.post("/registrer", data=company(**wrong)).status_code == 422
    assert db.session.query(User).count() == 0


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'); DROP TABLE users;--", "{{ 7 * 7 }}", "🙂" * 50])
def test_hostile_words_are_only_words(client, make, sign_in, text):
    asked = confirmed(client, department=text[:120], message=text, name=text[:120])
    page = sign_in(make.coordinator()).get(f"/registreringer/{asked.id}").text
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in page or "49" not in text


def test_what_was_typed_is_still_there_except_the_password(client):
    page = client.post("/registrer", data=department(email="nei", message="Denne teksten er lang.")).text
    assert "Denne teksten er lang." in page
    assert GOOD not in page


def test_known_and_unknown_addresses_get_the_very_same_answer(client, make):
    make.user(email="kjent@example.test")
    answers = set()
    for email in ("kjent@example.test", "ukjent@example.test"):
        answer = client.post("/registrer", data=department(email=email))
        answers.add((answer.status_code, answer.headers["Location"], answer.text, answer.headers.get("Set-Cookie")))
    assert len(answers) == 1
    assert [letter.subject for letter in letters_to("kjent@example.test")] == ["Du har alt en konto i Matchmaker"]
    assert db.session.query(Registration).count() == 1


def test_a_password_is_hashed_for_a_known_address_too(client, make, monkeypatch):
    make.user(email="kjent@example.test")
    seen = []
    monkeypatch.setattr(passwords, "hashed", lambda password: seen.append(password) or "x")
    client.post("/registrer", data=department(email="kjent@example.test"))
    assert seen == [GOOD]


def test_nobody_comes_in_before_the_address_is_confirmed(client):
    client.post("/registrer", data=department())
    assert client.post("/logg-inn", data={"email": "kari@example.test", "password": GOOD}).status_code == 422


def test_sending_twice_makes_one_request_and_one_person(client):
    client.post("/registrer", data=department())
    client.post("/registrer", data=department())
    assert (db.session.query(User).count(), db.session.query(Registration).count()) == (1, 1)
    first, second = (link_in(letter, "bekreft") for letter in letters_to("kari@example.test"))
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)


def test_somebody_who_registers_my_address_first_gets_nothing_by_it(client):
    client.post("/registrer", data=department(password=THEIRS))
    client.post("/registrer", data=department(password=GOOD))
    client.post("/registrer", data=department(password=THEIRS))
    link = link_in(letters_to("kari@example.test")[-1], "bekreft")
    assert client.post(link, data={"password": GOOD}).status_code == 422
    client.post("/glemt-passord", data={"email": "kari@example.test"})
    client.post(link_in(letters_to("kari@example.test")[-1], "nytt-passord"), data={"password": OTHER})
    attempts = [client.post("/logg-inn", data={"email": "kari@example.test", "password": password}).status_code for password in (THEIRS, OTHER)]
    assert attempts == [422, 303]


def test_the_letter_and_the_password_together_let_one_in_to_see_where_it_stands(client):
    confirmed(client)
    assert client.get("/velkommen").headers["Location"] == "/soknaden-din"
    page = client.get("/soknaden-din").text
    assert "Halden kommune, Oppvekst" in page
    assert "Venter på svar" in page


def test_the_confirmation_link_works_once(client):
    client.post("/registrer", data=department())
    link = link_in(letters_to("kari@example.test")[0], "bekreft")
    assert client.post(link, data={"password": "feil"}).status_code == 422
    assert client.post(link, data={"password": GOOD}).status_code == 303
    assert client.post(link, data={"password": GOOD}).status_code == 410


def test_coordinators_hear_of_it_once_the_address_is_confirmed(client, make):
    coordinator = make.coordinator()
    client.post("/registrer", data=department())
    assert letters_to(coordinator.email) == []
    client.post(link_in(letters_to("kari@example.test")[0], "bekreft"), data={"password": GOOD})
    assert [letter.subject for letter in letters_to(coordinator.email)] == ["Halden kommune ber om tilgang til Matchmaker"]


def test_unconfirmed_requests_are_not_in_the_list(client, make, sign_in):
    client.post("/registrer", data=department())
    staff = sign_in(make.coordinator())
    assert "Ingen venter" in staff.get("/registreringer").text
    assert staff.get(f"/registreringer/{db.session.scalar(select(Registration.id))}").status_code == 403


def approve(staff, asked, chosen):
    return staff.post(f"/registreringer/{asked.id}/godkjenn", data={"approve-organisation": chosen})


def test_approving_makes_the_organisation_and_the_person_acts_for_it(client, make, sign_in):
    asked = confirmed(client)
    staff = sign_in(make.coordinator())
    assert "Registreringer (1 venter)" in staff.get("/registreringer").text
    assert approve(staff, asked, "new").status_code == 303
    made = db.session.scalar(select(Organisation).where(Organisation.kind == Kind.MUNICIPALITY))
    assert (made.display_name, made.municipality_number) == ("Halden kommune, Oppvekst", "3101")
    membership = db.session.scalar(select(Membership).where(Membership.organisation_id == made.id))
    assert (membership.user.email, membership.role) == ("kari@example.test", Role.DEPARTMENT)
    assert letters_to("kari@example.test")[-1].subject == "Velkommen til Matchmaker"
    assert client.get("/velkommen").headers["Location"] != "/soknaden-din"


def test_one_that_looks_alike_is_offered_and_chosen(client, make, sign_in):
    there = make.municipality(department="Oppvekst og kultur")
    make.organisation(name="Halden Mat AS")
    asked = confirmed(client)
    staff = sign_in(make.coordinator())
    page = staff.get(f"/registreringer/{asked.id}").text
    assert "Halden kommune, Oppvekst og kultur" in page
    assert "Halden Mat AS" not in page
    assert approve(staff, asked, there.id).status_code == 303
    assert [each.organisation_id for each in by_email("kari@example.test").memberships] == [there.id]


@pytest.mark.parametrize("chosen", ["", "0", "99999999999999999999", "ny", "-1"])
def test_an_organisation_that_was_not_offered_is_refused(client, make, sign_in, chosen):
    make.municipality()
    asked = confirmed(client)
    assert approve(sign_in(make.coordinator()), asked, chosen).status_code == 422
    db.session.refresh(asked)
    assert asked.state == "waiting"


def test_declining_needs_a_reason_and_the_person_reads_it(client, make, sign_in):
    asked = confirmed(client)
    staff = sign_in(make.coordinator())
    assert staff.post(f"/registreringer/{asked.id}/avvis", data={"decline-reason": "  "}).status_code == 422
    assert staff.post(f"/registreringer/{asked.id}/avvis", data={"decline-reason": "Avdelingen er alt med."}).status_code == 303
    assert "Avdelingen er alt med." in letters_to("kari@example.test")[-1].body
    assert "Avdelingen er alt med." in client.get("/soknaden-din").text


def test_the_second_of_two_coordinators_changes_nothing(client, make, sign_in):
    asked = confirmed(client)
    first, second = sign_in(make.coordinator()), sign_in(make.coordinator())
    approve(first, asked, "new")
    answer = second.post(f"/registreringer/{asked.id}/avvis", data={"decline-reason": "Nei."}, follow_redirects=True)
    assert "Noen har alt svart på denne." in answer.text
    db.session.refresh(asked)
    assert (asked.state, asked.reason) == ("approved", "")


def test_somebody_signed_in_asks_for_one_more_place_without_saying_who_they_are(sign_in, make):
    user = make.company_member()
    coordinator = make.coordinator()
    client = sign_in(user)
    assert 'name="password"' not in client.get("/registrer").text
    assert client.post("/registrer", data={"kind": "municipality", "municipality_number": "3101", "department": "Helse"}).status_code == 303
    assert db.session.scalar(select(Registration)).user_id == user.id
    assert len(letters_to(coordinator.email)) == 1


def test_every_municipality_of_the_register_can_be_chosen(client):
    page = client.get("/registrer").text
    assert page.count("<option") == 358
    assert '<option value="3101">Halden</option>' in page
    assert "Herøy (Nordland" in page


def test_the_list_asks_as_often_for_one_as_for_three(make, sign_in, queries):
    staff = sign_in(make.coordinator())
    counts = []
    for names in (["En"], ["To", "Tre"]):
        for name in names:
            db.session.add(Registration(user_id=make.user().id, kind=Kind.STARTUP, organisation_name=name))
        db.session.commit()
        with queries() as seen:
            assert staff.get("/registreringer").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_municipality_of_blanks_is_no_municipality(client):
    answer = client.post("/registrer", data=department(municipality_number="   "))
    assert answer.status_code == 422
    assert 'id="municipality_number-error">Velg blant dem som står her.' in answer.text
    assert client.post("/registrer", data=company(municipality_number="   ")).status_code == 422
    assert db.session.scalars(select(Registration)).all() == []


MANY = 100


def registered(counted, **asked) -> list[int]:
    """What a hundred requests for access are answered; `asked`: what differs, a function of the number."""
    address = asked.pop("address")
    client = counted.test_client()
    return [
        client.post("/registrer", data=department(**{name: made(n) for name, made in asked.items()}), environ_base={"REMOTE_ADDR": address(n)}).status_code
        for n in range(MANY)
    ]


@pytest.mark.parametrize("line", [lambda n: "10.0.0.1", lambda n: f"2001:db8::{n:x}"], ids=["one address", "one IPv6 line"])
def test_a_hundred_people_registered_from_one_line_wait_after_twenty(counted, line):
    assert registered(counted, email=lambda n: f"person{n}@example.test", address=line) == [303] * 20 + [429] * (MANY - 20)
    assert db.session.scalar(select(func.count(Registration.id))) == 20


def test_one_person_registered_from_a_hundred_lines_gets_no_more_than_five_letters(counted):
    assert registered(counted, email=lambda n: "kari@example.test", address=lambda n: f"10.0.{n // 250}.{n % 250}") == [303] * 5 + [429] * (MANY - 5)
    assert len(letters_to("kari@example.test")) <= 5
