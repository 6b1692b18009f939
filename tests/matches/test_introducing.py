"""Introductions: sent once, answered once, told to those who should know."""

import pytest
from sqlalchemy import func, select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.matches import introducing
from matchmaker.matches.models import Feedback, Introduction
from matchmaker.matches.refusing import Closed
from matchmaker.matches.states import IntroductionState


@pytest.fixture
def pair(make):
    """A department member, a company member, their need and their profile."""
    department, company = make.department_member(), make.company_member()
    challenge = make.challenge(department.memberships[0].organisation)
    profile = make.profile(company.memberships[0].organisation, name="KjøkkenKlar")
    return department, company, challenge, profile


@pytest.fixture
def introduce(pair):
    def send(message="Vil dere snakke med oss?"):
        department, _, challenge, profile = pair
        with transaction():
            return introducing.send_introduction(challenge=challenge, profile=profile, message=message, by=department)

    return send


def letters() -> list[tuple[str, str]]:
    return [(letter.recipient, letter.subject) for letter in db.session.scalars(select(Letter).order_by(Letter.id))]


def test_the_company_gets_a_letter_with_the_message_and_a_link(pair, introduce):
    _, company, challenge, _ = pair
    introduction = introduce("Kom og se på kjøkkenet vårt.")
    letter = db.session.scalars(select(Letter)).one()
    assert letter.recipient == company.email
    assert letter.subject == f"{challenge.organisation.display_name} vil snakke med dere om en utfordring"
    assert "Kom og se på kjøkkenet vårt." in letter.body
    assert f"http://127.0.0.1:5000/introduksjoner/{introduction.id}" in letter.body


def test_sending_twice_gives_one_introduction_and_one_letter(introduce):
    assert introduce().id == introduce().id
    assert len(letters()) == 1
    assert db.session.scalar(select(func.count(Introduction.id))) == 1


def test_a_company_without_people_is_reached_through_the_coordinators(make):
    department, coordinator = make.department_member(), make.coordinator()
    challenge, profile = make.challenge(department.memberships[0].organisation), make.profile(name="Ensom AS")
    with transaction():
        introducing.send_introduction(challenge=challenge, profile=profile, message="Hei", by=department)
    assert letters() == [(coordinator.email, "En introduksjon venter, men Ensom AS har ingen bruker her")]


def test_acceptance_tells_both_sides_how_to_reach_each_other(pair, introduce):
    department, company, *_ = pair
    introduction = introduce()
    with transaction():
        introducing.accept_introduction(introduction=introduction, by=company)
    assert introduction.state == IntroductionState.ACCEPTED
    bodies = {letter.recipient: letter.body for letter in db.session.scalars(select(Letter).where(Letter.subject.not_like("%vil snakke med dere om en utfordring")))}
    assert company.email in bodies[department.email]
    assert department.email in bodies[company.email]


def test_every_act_is_kept_for_learning_and_in_the_audit(pair, introduce):
    _, company, challenge, profile = pair
    introduction = introduce()
    with transaction():
        introducing.decline_introduction(introduction=introduction, cause="capacity", reason="Ikke plass før høsten.", by=company)
    acts = db.session.execute(select(Feedback.act, Feedback.challenge_id, Feedback.profile_id).order_by(Feedback.id)).all()
    assert acts == [("introduced", challenge.id, profile.id), ("introduction_declined", challenge.id, profile.id)]
    assert [entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))][-2:] == ["introduced", "introduction_declined"]


def test_an_answer_on_behalf_of_the_company_is_said_and_logged(make, pair, introduce):
    coordinator, (_, _, _, profile) = make.coordinator(), pair
    introduction = introduce()
    with transaction():
        introducing.accept_introduction(introduction=introduction, by=coordinator)
    assert introduction.answered_on_behalf
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "introduction_accepted")).one()
    assert (entry.user_id, entry.on_behalf_of) == (coordinator.id, profile.organisation_id)


def test_an_answered_introduction_cannot_be_answered_again(pair, introduce):
    introduction, company = introduce(), pair[1]
    with transaction():
        introducing.decline_introduction(introduction=introduction, reason="Nei.", by=company)
    with pytest.raises(Closed), transaction():
        introducing.accept_introduction(introduction=introduction, by=company)
    assert introduction.state == IntroductionState.DECLINED


def test_two_who_answer_at_once_do_not_both_succeed(pair, introduce):
    introduction, company = introduce(), pair[1]
    with db.engine.begin() as other:
        other.execute(Introduction.__table__.update().values(state="withdrawn"))
    with pytest.raises(Closed), transaction():
        introducing.accept_introduction(introduction=introduction, by=company)
    assert db.session.get(Introduction, introduction.id).state == IntroductionState.WITHDRAWN


def test_a_declined_pair_may_be_introduced_again(pair, introduce):
    first = introduce()
    with transaction():
        introducing.decline_introduction(introduction=first, reason="Ikke nå.", by=pair[1])
    assert introduce().id != first.id
