"""What time does to an introduction: a reminder after ten days, the end after fourteen, and who stands next on the list."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from matchmaker.challenges.services import stepping
from matchmaker.core import clock, queue
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.matches import introducing, running_out
from matchmaker.matches.models import Band, Feedback, Introduction, Run, Suggestion
from matchmaker.matches.refusing import Closed
from matchmaker.matches.states import IntroductionState

START = datetime(2026, 3, 12, 9, 25, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture
def story(make):
    clock.fix(START)
    department, company = make.department_member(), make.company_member()
    challenge, profile = make.challenge(department.memberships[0].organisation), make.profile(company.memberships[0].organisation, name="KjøkkenKlar")

    class Story:
        def send(self) -> Introduction:
            with transaction():
                return introducing.send_introduction(challenge=challenge, profile=profile, message="Hei", by=department)

        def after(self, **time) -> None:
            clock.fix(START + timedelta(**time))
            queue.run_periodic(everything=True)
            db.session.expire_all()

        def subjects_to(self, person) -> list[str]:
            return list(db.session.scalars(select(Letter.subject).where(Letter.recipient == person.email).order_by(Letter.id)))[1:]

    story = Story()
    story.department, story.company, story.challenge, story.profile = department, company, challenge, profile
    return story


def letter_to(person) -> str:
    return db.session.scalars(select(Letter.body).where(Letter.recipient == person.email).order_by(Letter.id.desc())).first()


def test_nothing_happens_before_ten_days(story):
    introduction = story.send()
    story.after(days=9, hours=23)
    assert introduction.reminded_at is None
    assert story.subjects_to(story.company) == []


def test_one_reminder_after_ten_days_however_often_the_clock_is_looked_at(story):
    story.send()
    story.after(days=10)
    story.after(days=11)
    story.after(days=13, hours=23)
    assert story.subjects_to(story.company) == [f"{story.challenge.organisation.display_name} venter på svar"]
    assert "12. mars 2026" in letter_to(story.company)
    assert "Svar innen 26. mars 2026" in letter_to(story.company)


def test_it_runs_out_after_fourteen_days_and_both_sides_are_told(story):
    introduction = story.send()
    story.after(days=14)
    assert introduction.state == IntroductionState.EXPIRED
    assert "KjøkkenKlar svarte ikke i tide" in db.session.scalars(select(Letter.subject).where(Letter.recipient == story.department.email)).all()
    assert story.subjects_to(story.company)[-1] == f"Fristen for å svare {story.challenge.organisation.display_name} er gått ut"
    assert db.session.scalars(select(Feedback.act).order_by(Feedback.id.desc())).first() == "introduction_expired"


def test_a_worker_that_slept_for_a_month_expires_without_a_late_reminder(story):
    introduction = story.send()
    story.after(days=30)
    assert introduction.state == IntroductionState.EXPIRED
    assert introduction.reminded_at is None


def test_what_ran_out_may_still_be_accepted(story):
    introduction = story.send()
    story.after(days=15)
    with transaction():
        introducing.accept_introduction(introduction=introduction, by=story.company)
    assert introduction.state == IntroductionState.ACCEPTED


def test_what_ran_out_is_not_accepted_after_the_need_has_ended(story):
    introduction = story.send()
    story.after(days=15)
    with transaction():
        stepping.cancel_challenge(challenge=story.challenge, by=story.department, reason="Ikke penger.")
    with pytest.raises(Closed), transaction():
        introducing.accept_introduction(introduction=introduction, by=story.company)


def test_what_ran_out_cannot_be_accepted_beside_a_newer_open_one(story):
    old = story.send()
    story.after(days=15)
    new = story.send()
    with pytest.raises(Closed), transaction():
        introducing.accept_introduction(introduction=old, by=story.company)
    db.session.expire_all()
    assert (old.state, new.state) == (IntroductionState.EXPIRED, IntroductionState.SENT)


def test_an_answered_introduction_neither_reminds_nor_runs_out(story):
    introduction = story.send()
    with transaction():
        introducing.accept_introduction(introduction=introduction, by=story.company)
    story.after(days=20)
    assert introduction.state == IntroductionState.ACCEPTED
    assert not any("venter på svar" in subject for subject in story.subjects_to(story.company))


def suggest(make, story, name, score, band=Band.POSSIBLE) -> None:
    run = Run(direction="need_to_offers", subject_id=story.challenge.id, model="twin")
    db.session.add(
        Suggestion(
            run=run, challenge=story.challenge, profile=make.profile(name=name), rank=1, score=score, band=band, reasons={}, need_hash="a", offer_hash="b"
        )
    )
    db.session.commit()


def test_the_department_hears_who_stands_next_on_its_list(story, make):
    suggest(make, story, "Nummer to", 0.7)
    suggest(make, story, "Nummer tre", 0.6)
    suggest(make, story, "Passer ikke", 0.9, Band.NONE)
    story.send()
    story.after(days=14)
    assert "Neste på lista deres er Nummer to." in letter_to(story.department)


def test_with_nobody_left_the_letter_says_so(story):
    introduction = story.send()
    with transaction():
        introducing.decline_introduction(introduction=introduction, reason="Nei.", by=story.company)
    assert "Det er ingen flere gode forslag på lista nå." in letter_to(story.department)


def test_reminding_by_hand_is_once_a_day(story):
    introduction = story.send()
    clock.fix(START + timedelta(days=2))
    with transaction():
        assert running_out.remind_of_introduction(introduction=introduction, by=story.department) is True
        assert running_out.remind_of_introduction(introduction=introduction, by=story.department) is False
    clock.fix(START + timedelta(days=3, minutes=1))
    with transaction():
        assert running_out.remind_of_introduction(introduction=introduction, by=story.department) is True


def test_when_the_need_ends_nobody_waits_for_an_answer(story):
    introduction = story.send()
    with transaction():
        stepping.cancel_challenge(challenge=story.challenge, by=story.department, reason="Ikke penger.")
    assert introduction.state == IntroductionState.WITHDRAWN
    assert story.subjects_to(story.company) == ["Utfordringen dere ble spurt om, er avsluttet"]
