"""Registering with an account: one's own, in time, while there is room, and out again while no plan holds the meetings."""

import re
import threading
from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.meetings import rules
from matchmaker.meetings.models import Event, Participant, Wish
from matchmaker.meetings.states import Answer, Side
from tests.meetings.test_event_pages import error, filled


@pytest.fixture
def open_event(conference):
    event = conference.event
    event.registration_due = clock.today() + timedelta(days=10)
    db.session.commit()
    return event


@pytest.fixture
def newcomer(make, sign_in):
    company = make.organisation(name="Ny Bedrift")
    profile = make.profile(company)
    return sign_in(make.company_member(company)), profile


def press(client, event_id, **owned):
    return client.post(f"/arrangementer/{event_id}/meld-pa", data=owned, follow_redirects=True)


def test_a_company_finds_the_open_event_registers_and_withdraws(conference, open_event, newcomer):
    client, profile = newcomer
    assert "Åpen for påmelding til" in client.get("/arrangementer").text
    here = f"/arrangementer/{open_event.id}"
    page = client.get(here).text
    assert "Meld dere på" in page
    assert "TotalCtrl" not in page
    assert "Dere er meldt på." in press(client, open_event.id, profile=profile.id).text
    press(client, open_event.id, profile=profile.id)
    who = db.session.query(Participant).filter_by(profile_id=profile.id).one()
    assert (who.answer, who.side, who.most) == (Answer.COMES, Side.OFFER, 6)
    assert client.post(f"{here}/deltakere/{who.id}/meld-av", follow_redirects=True).status_code == 200
    assert db.session.query(Participant).filter_by(profile_id=profile.id).count() == 0


def test_a_department_registers_its_own_published_challenge_and_nobody_elses(conference, open_event, make, sign_in):
    department = make.municipality(department="Kultur")
    own, other, draft = make.challenge(department), make.challenge(), make.challenge(department, state="draft")
    client = sign_in(make.department_member(department))
    for refused in (other, draft):
        assert "Velg en publisert utfordring" in press(client, open_event.id, challenge=refused.id).text
    press(client, open_event.id, challenge=own.id)
    assert [each.challenge_id for each in db.session.query(Participant).filter_by(event_id=open_event.id, answer=Answer.COMES)] == [own.id]


def test_after_the_last_day_where_the_event_is_nobody_registers(conference, open_event, newcomer):
    client, profile = newcomer
    open_event.registration_due = clock.today() - timedelta(days=1)
    db.session.commit()
    assert "Fristen for å melde seg på er gått ut." in press(client, open_event.id, profile=profile.id).text
    assert client.get(f"/arrangementer/{open_event.id}").status_code == 403
    assert "Partnerkonferansen" not in client.get("/arrangementer").text
    open_event.registration_due = None
    assert not rules.takes_registrations(open_event)


def test_a_full_event_says_so_and_who_has_declined_takes_no_place(conference, open_event, newcomer):
    client, profile = newcomer
    open_event.capacity = 5
    db.session.commit()
    assert "Sett oss på venteliste" in client.get(f"/arrangementer/{open_event.id}").text
    conference.offers[0].answer = Answer.DECLINED
    db.session.commit()
    assert "Dere er meldt på." in press(client, open_event.id, profile=profile.id).text


def test_of_two_who_take_the_last_place_at_once_one_gets_it(conference, open_event, make, sign_in):
    open_event.capacity = 6
    db.session.commit()
    pressing = []
    for _ in range(2):
        company = make.organisation()
        pressing.append((sign_in(make.company_member(company)), make.profile(company).id))
    event_id, answers, gate = open_event.id, [], threading.Barrier(2, timeout=30)
    db.session.remove()

    def register(client, number):
        gate.wait()
        answers.append(press(client, event_id, profile=number).text)

    threads = [threading.Thread(target=register, args=each) for each in pressing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted("Dere er meldt på." in answer for answer in answers) == [False, True]
    answers = [each.answer for each in db.session.query(Participant).filter_by(event_id=event_id).order_by(Participant.id)]
    assert sorted(answers[5:]) == [Answer.COMES, Answer.WAITING]


def test_who_stands_in_a_plan_is_told_to_ring_and_keeps_the_place(conference, open_event, sign_in):
    conference.everybody_wishes()
    sign_in(conference.desk).post(f"/arrangementer/{open_event.id}/plan/lag")
    who, client = conference.offers[0], sign_in(conference.members["TotalCtrl"])
    page = client.post(f"/arrangementer/{open_event.id}/deltakere/{who.id}/meld-av", follow_redirects=True).text
    assert "Ring koordinatoren" in page
    assert len(conference.offers) == 3
    assert db.session.query(Wish).count() == 12


def test_nobody_withdraws_another(conference, open_event, sign_in):
    client = sign_in(conference.members["TotalCtrl"])
    assert client.post(f"/arrangementer/{open_event.id}/deltakere/{conference.offers[1].id}/meld-av").status_code == 403


def test_the_rare_fields_of_an_event_are_kept_copied_and_checked(conference, sign_in):
    desk, day = sign_in(conference.desk), clock.today() + timedelta(days=40)
    more = {"registration_due": (day - timedelta(days=20)).isoformat(), "capacity": "80", "language": "nn", "staying": "offer"}
    late = desk.post("/arrangementer/nytt", data=filled(**more | {"registration_due": (day + timedelta(days=1)).isoformat(), "capacity": "mange"}))
    assert late.status_code == 422
    assert error(late.text, "registration_due") == "Påmeldingen må være over senest den siste dagen."
    assert error(late.text, "capacity") == "Skriv et helt tall fra 1 til 2000."
    assert '<details class="form-part fold" open>' in late.text
    desk.post("/arrangementer/nytt", data=filled(**more))
    event = db.session.query(Event).filter_by(title="Vårkonferansen").one()
    facts = lambda each: (each.capacity, each.language, each.staying)  # noqa: E731 - asked of the event and its copy
    assert facts(event) == (80, "nn", Side.OFFER)
    copied = re.search(r"/arrangementer/(\d+)", desk.post(f"/arrangementer/{event.id}/kopi").location)[1]
    copy = db.session.get(Event, int(copied))
    assert (facts(copy), copy.registration_due - event.registration_due) == (facts(event), timedelta(weeks=52))
