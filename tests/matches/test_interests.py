"""Interests: a sketch, one answer, and nobody left without feedback."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.refusals import StepRefused
from matchmaker.challenges.services import stepping
from matchmaker.challenges.states import State
from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.core.queue import run_periodic
from matchmaker.matches import interests
from matchmaker.matches.models import Feedback, Interest
from matchmaker.matches.refusing import Closed
from matchmaker.matches.states import InterestState

SKETCH = {
    "idea": "Vi teller varene på kjøkkenet.",
    "plan": "Seks uker på to sykehjem.",
    "needs_from_municipality": "To kontaktpersoner.",
    "price": "120 000 kroner",
}


@pytest.fixture
def department(make):
    return make.department_member()


@pytest.fixture
def challenge(make, department):
    return make.challenge(department.memberships[0].organisation)


@pytest.fixture
def draft(make, challenge):
    def of(company=None, **values) -> Interest:
        company = company or make.company_member()
        profile = make.profile(company.memberships[0].organisation)
        with transaction():
            return interests.draft_interest(challenge=challenge, profile=profile, sketch={**SKETCH, **values}, by=company)

    return of


@pytest.fixture
def sent(draft):
    def of(company=None) -> Interest:
        interest = draft(company)
        with transaction():
            interests.send_interest(interest=interest, by=interest.by)
        return interest

    return of


def subjects_to(person) -> list[str]:
    return list(db.session.scalars(select(Letter.subject).where(Letter.recipient == person.email).order_by(Letter.id)))


def test_a_draft_is_told_to_nobody(draft, department):
    assert draft().state == InterestState.DRAFT
    assert subjects_to(department) == []


def test_saving_twice_keeps_one_sketch(draft, make):
    company = make.company_member()
    first = draft(company)
    with transaction():
        second = interests.draft_interest(challenge=first.challenge, profile=first.profile, sketch={**SKETCH, "idea": "En bedre idé."}, by=company)
    assert second.id == first.id
    assert second.idea == "En bedre idé."


def test_a_sent_sketch_reaches_the_department_and_is_not_changed_after(sent, department):
    interest = sent()
    assert subjects_to(department) == [f"{interest.profile.name} vil være med på «{interest.challenge.title}»"]
    with pytest.raises(Closed), transaction():
        interests.draft_interest(challenge=interest.challenge, profile=interest.profile, sketch={"idea": "Noe annet"}, by=interest.by)
    assert db.session.get(Interest, interest.id).idea == SKETCH["idea"]


def test_nothing_is_sent_after_the_last_day_for_answers(draft, challenge):
    interest = draft()
    challenge.answers_due = clock.today() - timedelta(days=1)
    db.session.commit()
    with pytest.raises(interests.Late), transaction():
        interests.send_interest(interest=interest, by=interest.by)
    assert db.session.get(Interest, interest.id).state == InterestState.DRAFT


def test_the_last_day_itself_counts(draft, challenge):
    interest = draft()
    challenge.answers_due = clock.today()
    db.session.commit()
    with transaction():
        interests.send_interest(interest=interest, by=interest.by)
    assert interest.state == InterestState.SENT


def test_shortlisted_then_chosen_with_a_letter_each(sent, department):
    interest = sent()
    company = interest.by
    with transaction():
        interests.shortlist_interest(interest=interest, by=department)
    with transaction():
        interests.choose_interest(interest=interest, feedback="Vi ringer tirsdag.", by=department)
    assert interest.state == InterestState.CHOSEN
    who = interest.challenge.organisation.display_name
    assert subjects_to(company)[1:] == ["Idéskissen deres er på kortlista", f"{who} vil gå videre med dere"]


def test_a_no_needs_words(sent, department):
    interest = sent()
    with pytest.raises(ValueError, match="written feedback"), transaction():
        interests.decline_interest(interest=interest, feedback="  ", by=department)
    with transaction():
        interests.decline_interest(interest=interest, feedback="God idé, men for dyr.", by=department)
    body = db.session.scalars(select(Letter.body).order_by(Letter.id.desc())).first()
    assert "God idé, men for dyr." in body


def test_a_withdrawn_sketch_becomes_a_draft_that_only_the_company_sees(sent, department):
    interest = sent()
    with transaction():
        interests.withdraw_interest(interest=interest, by=interest.by)
    assert subjects_to(department)[-1] == f"{interest.profile.name} har trukket idéskissen sin"
    with transaction():
        interests.draft_interest(challenge=interest.challenge, profile=interest.profile, sketch=SKETCH, by=interest.by)
    assert interest.state == InterestState.DRAFT


def test_a_need_cannot_be_closed_while_somebody_who_answered_lacks_feedback(sent, department, challenge):
    first, second = sent(), sent()
    with transaction():
        stepping.start_evaluation(challenge=challenge, by=department)
        interests.choose_interest(interest=first, feedback="", by=department)
    with pytest.raises(StepRefused), transaction():
        stepping.choose(challenge=challenge, by=department)
    with transaction():
        interests.decline_all(challenge=challenge, texts={second.id: "Takk for innsatsen."}, by=department)
    with transaction():
        stepping.choose(challenge=challenge, by=department)
    assert challenge.state == State.CHOSEN


def test_drafts_and_withdrawn_sketches_hold_no_need_open(draft, sent, department, challenge):
    draft()
    gone = sent()
    with transaction():
        interests.withdraw_interest(interest=gone, by=gone.by)
        stepping.start_evaluation(challenge=challenge, by=department)
        stepping.choose_none(challenge=challenge, by=department, reason="Vi løser det selv.")
    assert challenge.state == State.NONE_CHOSEN


def test_a_cancelled_need_answers_everybody_with_its_reason(sent, department, challenge):
    interest = sent()
    with transaction():
        stepping.cancel_challenge(challenge=challenge, by=department, reason="Budsjettet ble borte.")
    assert (interest.state, interest.feedback) == (InterestState.DECLINED, "Budsjettet ble borte.")


def test_feedback_to_all_answers_only_those_with_a_text(sent, department, challenge):
    first, second, third = sent(), sent(), sent()
    with transaction():
        answered = interests.decline_all(challenge=challenge, texts={first.id: "Felles.", second.id: "Egen.", third.id: " "}, by=department)
    assert answered == 2
    assert [each.feedback for each in (first, second, third)] == ["Felles.", "Egen.", ""]
    assert third.state == InterestState.SENT


def test_a_coordinator_writes_on_behalf_and_it_is_logged(make, challenge):
    coordinator, profile = make.coordinator(), make.profile()
    with transaction():
        interest = interests.draft_interest(challenge=challenge, profile=profile, sketch=SKETCH, by=coordinator)
        interests.send_interest(interest=interest, by=coordinator)
    assert interest.on_behalf
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "interest_sent")).one()
    assert (entry.user_id, entry.on_behalf_of) == (coordinator.id, profile.organisation_id)


def test_every_act_is_kept_for_learning(sent, department):
    interest = sent()
    with transaction():
        interests.decline_interest(interest=interest, feedback="Nei.", by=department)
    assert list(db.session.scalars(select(Feedback.act).order_by(Feedback.id))) == ["interest_sent", "interest_declined"]


def test_an_answered_sketch_is_not_answered_again(sent, department):
    interest = sent()
    with transaction():
        interests.decline_interest(interest=interest, feedback="Nei.", by=department)
    for act in (interests.withdraw_interest, interests.shortlist_interest):
        with pytest.raises(Closed), transaction():
            act(interest=interest, by=department)
    assert db.session.get(Challenge, interest.challenge_id).state == State.PUBLISHED


def test_a_department_that_lets_companies_wait_is_reminded_once_a_fortnight(sent, department, challenge):
    sent(), sent()

    def notices_after(days: int) -> int:
        clock.fix(start + timedelta(days=days))
        run_periodic(everything=True)
        return sum("venter på tilbakemelding" in subject for subject in subjects_to(department))

    start = clock.now()
    assert notices_after(20) == 0
    assert notices_after(22) == 1
    assert "2 virksomheter venter på tilbakemelding fra dere" in subjects_to(department)
    assert notices_after(30) == 1
    assert notices_after(37) == 2


def test_nobody_is_reminded_before_the_last_day_for_answers_has_gone_by(sent, department, challenge):
    sent()
    challenge.answers_due = clock.today() + timedelta(days=40)
    db.session.commit()
    clock.fix(clock.now() + timedelta(days=45))
    run_periodic(everything=True)
    assert not any("venter på tilbakemelding" in subject for subject in subjects_to(department))
