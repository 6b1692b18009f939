"""Inviting, and being invited."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.accounts import passwords
from matchmaker.accounts.queries import by_email
from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.organisations.models import Invitation, Kind, Membership, Role
from tests.accounts.post import GOOD, OTHER, letters_to, link_in

NEW = "ny@example.test"


@pytest.fixture
def halden(make):
    return make.municipality(department="Oppvekst")


@pytest.fixture
def host(make, sign_in, halden):
    return sign_in(make.department_member(halden))


def invite(client, organisation, email=NEW, role="department"):
    return client.post(f"/virksomheter/{organisation.id}/inviter", data={"email": email, "role": role})


def link(email=NEW) -> str:
    return link_in(letters_to(email)[-1], "invitasjon")


def the_invitation() -> Invitation:
    return db.session.scalar(select(Invitation).execution_options(populate_existing=True))


def test_a_newcomer_follows_the_link_and_is_in(host, client, halden):
    assert invite(host, halden).status_code == 303
    assert "Bli med i Halden kommune, Oppvekst" in client.get(link()).text
    assert client.post(link(), data={"name": "Ny Kollega", "password": GOOD}).status_code == 303
    made = by_email(NEW)
    assert (made.name, made.email_confirmed_at is not None) == ("Ny Kollega", True)
    assert [(each.organisation_id, each.role) for each in made.memberships] == [(halden.id, "department")]
    assert client.get("/konto").status_code == 200
    assert client.get(link()).status_code == 410


@pytest.mark.parametrize(
    "values", [{}, {"name": "", "password": GOOD}, {"name": "Ny", "password": "kort"}, {"name": "x" * 121, "password": GOOD}, {"name": "Ny", "password": NEW}]
)
def test_a_newcomers_wrong_form_makes_nobody(host, client, halden, values):
    invite(host, halden)
    assert client.post(link(), data=values).status_code == 422
    assert by_email(NEW) is None


def test_somebody_with_an_account_signs_in_and_presses_one_button(host, client, make, halden):
    make.user(email=NEW, password_hash=passwords.hashed(GOOD))
    invite(host, halden)
    page = client.get(link())
    assert "Du har en konto med denne adressen." in page.text
    assert client.post(link(), data={"name": "Tyv", "password": OTHER}).status_code == 422
    client.post("/logg-inn", data={"email": NEW, "password": GOOD})
    assert client.post(link()).status_code == 303
    assert [each.organisation_id for each in by_email(NEW).memberships] == [halden.id]


def test_an_account_never_confirmed_belongs_to_the_one_with_the_letter(host, client, make, halden):
    make.user(email=NEW, name="Angriper", password_hash=passwords.hashed(OTHER), email_confirmed_at=None)
    invite(host, halden)
    assert client.post(link(), data={"name": "Den rette", "password": GOOD}).status_code == 303
    db.session.expire_all()
    assert by_email(NEW).name == "Den rette"
    assert passwords.matches(OTHER, by_email(NEW).password_hash) is False


def test_somebody_else_who_is_signed_in_cannot_use_the_link(host, sign_in, make, halden):
    invite(host, halden)
    stranger = sign_in(make.user())
    assert "Logg ut først" in stranger.get(link()).text
    assert stranger.post(link(), data={"name": "X", "password": GOOD}).status_code == 422
    assert db.session.query(Membership).count() == 1


def test_a_link_lasts_fourteen_days_and_can_be_sent_again(host, client, halden):
    invite(host, halden)
    old = link()
    clock.fix(clock.now() + timedelta(days=15))
    assert client.get(old).status_code == 410
    assert host.post(f"/invitasjoner/{the_invitation().id}/send-igjen").status_code == 303
    assert (client.get(old).status_code, client.get(link()).status_code) == (410, 200)


def test_a_withdrawn_invitation_is_over(host, client, halden):
    invite(host, halden)
    number = the_invitation().id
    assert host.post(f"/invitasjoner/{number}/trekk").status_code == 303
    assert client.get(link()).status_code == 410
    assert "Invitasjonen er brukt eller trukket tilbake." in host.post(f"/invitasjoner/{number}/send-igjen", follow_redirects=True).text


def test_inviting_twice_sends_a_new_letter_for_the_same_invitation(host, client, halden):
    invite(host, halden)
    first = link()
    invite(host, halden)
    assert db.session.query(Invitation).count() == 1
    assert (client.get(first).status_code, client.get(link()).status_code) == (410, 200)


@pytest.mark.parametrize(
    ("email", "role"),
    [("", "department"), ("nei", "department"), (NEW, "administrator"), (NEW, "company"), (NEW, "<b>"), ("x" * 300 + "@example.test", "department")],
)
def test_a_wrong_invitation_is_not_sent(host, halden, email, role):
    assert invite(host, halden, email, role).status_code == 422
    assert db.session.query(Invitation).count() == 0


def test_a_member_is_not_invited_twice(host, make, halden):
    colleague = make.department_member(halden)
    answer = invite(host, halden, colleague.email)
    assert answer.status_code == 422
    assert "Personen er med fra før." in answer.text


def test_another_organisation_is_not_ones_own_to_fill(host, make):
    other = make.organisation()
    assert invite(host, other, role="company").status_code == 403


def test_a_coordinator_invites_anywhere_but_makes_no_administrator(make, sign_in):
    staff, company, cluster = sign_in(make.coordinator()), make.organisation(), make.organisation(kind=Kind.CLUSTER)
    assert invite(staff, company, role="company").status_code == 303
    assert invite(staff, cluster, role="administrator").status_code == 422
    assert invite(sign_in(make.administrator()), cluster, role="administrator").status_code == 303
    assert db.session.scalars(select(Invitation.role).order_by(Invitation.id)).all() == [Role.COMPANY, Role.ADMINISTRATOR]


def test_pressing_twice_gives_one_membership(host, sign_in, make, halden):
    user = make.user(email=NEW)
    invite(host, halden)
    mine = sign_in(user)
    assert [mine.post(link()).status_code, mine.post(link()).status_code] == [303, 410]
    assert db.session.query(Membership).filter_by(user_id=user.id).count() == 1


def test_one_who_left_and_is_invited_back_has_the_old_membership_again(host, sign_in, make, halden):
    user = make.department_member(halden)
    user.memberships[0].ended_at = clock.now()
    db.session.commit()
    invite(host, halden, user.email)
    assert sign_in(user).post(link(user.email)).status_code == 303
    db.session.expire_all()
    assert [each.ended_at for each in user.memberships] == [None]


def test_the_letter_says_who_invites_to_what(host, halden):
    invite(host, halden)
    letter = letters_to(NEW)[0]
    assert letter.subject == "Bli med i Halden kommune, Oppvekst i Matchmaker"
    assert "inviterer deg til å bli med i Halden kommune, Oppvekst" in letter.body
