"""Two coordinators at the same moment, each with a session and a connection of their own."""

import threading

import pytest
from sqlalchemy import func, select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db
from matchmaker.organisations.models import Kind, Membership, Organisation, Registration
from matchmaker.organisations.services import registrations
from tests.accounts.post import letters_to

YES, NO = ("godkjenn", {"approve-organisation": "new"}), ("avvis", {"decline-reason": "Vi kjenner dem ikke."})


@pytest.fixture
def together(monkeypatch):
    """Both have read what they decide about before either of them writes."""
    gate, decide = threading.Barrier(2, timeout=30), registrations._decide
    waited = threading.local()

    def decide_together(*arguments):
        if not getattr(waited, "once", False):
            waited.once = True
            gate.wait()
        decide(*arguments)

    monkeypatch.setattr(registrations, "_decide", decide_together)


def press(client, number: int, act: tuple[str, dict], answers: dict) -> None:
    path, data = act
    answers[client] = client.post(f"/registreringer/{number}/{path}", data=data, follow_redirects=True)


def at_once(*presses) -> list:
    """Each of (client, registration's number, act), in a thread of its own; the answers in the same order."""
    db.session.remove()
    answers: dict = {}
    threads = [threading.Thread(target=press, args=(*each, answers)) for each in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [answers[client] for client, *_rest in presses]


@pytest.fixture
def asked(make):
    def one(name="Fjordvakt AS"):
        made = Registration(user_id=make.user().id, kind=Kind.STARTUP, organisation_name=name)
        db.session.add(made)
        db.session.commit()
        return made.id, made.user.email

    return one


@pytest.mark.parametrize(("first", "second"), [(YES, YES), (NO, NO), (YES, NO)])
def test_one_of_two_presses_counts_and_one_letter_leaves(make, sign_in, asked, together, first, second):
    number, email = asked()
    staff = [sign_in(make.coordinator()) for _ in range(2)]
    answers = at_once((staff[0], number, first), (staff[1], number, second))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sorted("Noen har alt svart på denne." in answer.text for answer in answers) == [False, True]
    state = db.session.scalar(select(Registration.state))
    expected = {"approved": "Velkommen til Matchmaker", "declined": "Svar på forespørselen din i Matchmaker"}[state]
    assert [letter.subject for letter in letters_to(email)] == [expected]
    members = db.session.scalar(select(func.count()).select_from(Membership).join(Organisation).where(Organisation.name == "Fjordvakt AS"))
    decided = db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.action == f"registration {state}"))
    assert (members, decided) == (int(state == "approved"), 1)


def test_two_people_from_one_new_company_approved_at_once_make_one_company(make, sign_in, asked, together):
    (one, _), (other, _) = asked(), asked()
    staff = [sign_in(make.coordinator()) for _ in range(2)]
    answers = at_once((staff[0], one, YES), (staff[1], other, YES))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert list(db.session.scalars(select(Registration.state))) == ["approved", "approved"]
    assert db.session.scalar(select(func.count()).select_from(Organisation).where(Organisation.name == "Fjordvakt AS")) == 1
    assert db.session.scalar(select(func.count()).select_from(Membership).join(Organisation).where(Organisation.name == "Fjordvakt AS")) == 2
