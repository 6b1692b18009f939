"""A full event's waiting list: who is where, who moves up, and who is written to."""

from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.meetings import bridge, passes, queries, rules, services
from matchmaker.meetings.models import Participant
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import Answer


@pytest.fixture
def waiting(conference, make):
    """Room for five, who are there; three companies wait, in this order."""
    event = conference.event
    event.capacity, event.registration_due = 5, event.wishes_due
    db.session.commit()
    companies = [make.organisation(name=name) for name in ("Første", "Andre", "Tredje")]
    for company in companies:
        with transaction():
            services.register(event=conference.event, owned=make.profile(company), by=make.company_member(company))
    return [next(each for each in conference.event.participants if each.name == name) for name in ("Første", "Andre", "Tredje")]


def answers(waiting) -> list[Answer]:
    db.session.expire_all()
    return [Answer(each.answer) for each in waiting]


def letters() -> list[str]:
    return [each.subject for each in db.session.query(Letter).order_by(Letter.id)]


def test_a_place_that_is_freed_goes_to_who_has_waited_longest(conference, waiting):
    assert rules.queue(conference.event) == waiting
    with transaction():
        services.answer_invitation(participant=conference.offers[0], answer=Answer.DECLINED, by=None)
    assert answers(waiting) == [Answer.COMES, Answer.WAITING, Answer.WAITING]
    assert letters() == ["Dere er meldt på Partnerkonferansen"]
    with transaction():
        services.answer_invitation(participant=conference.offers[0], answer=Answer.COMES, by=None)
    assert [each.name for each in rules.queue(conference.event)] == ["Andre", "Tredje", "TotalCtrl"]
    with transaction():
        services.remove_participant(participant=waiting[0], by=conference.desk)
    assert [each.name for each in rules.queue(conference.event)] == ["Tredje", "TotalCtrl"]
    with transaction():
        content = {name: getattr(conference.event, name) for name in services.arranging.FIELDS}
        services.edit_event(event=conference.event, content=content | {"capacity": 7}, by=conference.desk)
    assert rules.queue(conference.event) == []
    assert len(letters()) == 4


def test_a_place_after_the_last_day_for_wishes_asks_for_none_by_then(conference, waiting):
    conference.represent(waiting[0], "kari@example.test")
    clock.fix(clock.now() + (conference.event.wishes_due - clock.today()) + timedelta(days=1))
    with transaction():
        services.answer_invitation(participant=conference.offers[0], answer=Answer.DECLINED, by=None)
    body = db.session.query(Letter).filter_by(recipient="kari@example.test").one().body
    assert "Fristen for ønsker er ute, men koordinatoren kan ta imot flere. Si hvem som kommer." in body
    assert "senest" not in body


def test_who_waits_is_in_no_plan_and_is_asked_for_nothing(conference, waiting):
    conference.everybody_wishes()
    made = bridge.make(queries.material(conference.event), seconds=10)
    assert not {each.id for each in waiting} & {id_ for place in made.places for id_ in place.pair}
    assert not {each.id for each in waiting} & {each.id for each in services.reminding.silent(conference.event)}


def test_the_pages_say_which_number_and_a_coordinator_gives_a_place_out_of_turn(app, conference, waiting, sign_in):
    here, second = f"/arrangementer/{conference.event_id}", waiting[1]
    with app.test_request_context():
        private = f"/delta/{passes.token_for(second, Purpose.INVITATION)}"
    assert "nummer 2 på ventelista" in app.test_client().get(private).text
    for to, said in ((private, {"name1": "Kari", "email1": "kari@example.test"}), (f"{private}/svar", {"answer": "comes"})):
        saved = app.test_client().post(to, data=said, follow_redirects=True).text
        assert (saved.count("Takk, det er lagret."), saved.count("nummer 2 på ventelista")) == (1, 1)
    assert answers(waiting) == [Answer.WAITING] * 3
    assert "Ønskene gjelder først når dere får plass." in app.test_client().get(f"{private}/onsker").text
    desk = sign_in(conference.desk)
    assert "3 på venteliste" in desk.get(here).text
    assert "Nummer 3 på ventelista" in desk.get(f"{here}/deltakere?svar=waiting").text
    conference.needs[1].answer = Answer.DECLINED
    db.session.commit()
    conference.both(0, 0)
    desk.post(f"{here}/plan/lag")
    people = desk.get(f"{here}/plan?visning=personer").text
    slots = len(conference.event.slots)
    assert [people.count(f">{said}</span>") for said in ("på venteliste", "kommer ikke", "kan ikke")] == [3 * slots, slots, 0]
    conference.needs[1].answer = Answer.NONE
    db.session.commit()
    for _press in range(2):
        desk.post(f"{here}/deltakere/{second.id}/plass")
    assert answers(waiting) == [Answer.WAITING, Answer.COMES, Answer.WAITING]
    assert db.session.query(Letter).filter_by(recipient="kari@example.test").count() == 1
    kept = {"stood": "waiting", "least": "0", "most": "2", "name1": "Kari", "email1": "kari@example.test"}
    desk.post(f"{here}/deltakere/{second.id}", data=kept | {"answer": "waiting"})  # from a page that was opened before
    assert (answers(waiting)[1], db.session.get(Participant, second.id).most) == (Answer.COMES, 2)
    desk.post(f"{here}/deltakere/{conference.offers[0].id}", data=kept | {"stood": "none", "answer": "waiting"})
    assert answers(waiting) == [Answer.WAITING, Answer.COMES, Answer.WAITING]  # six were there of five: no place is free yet
    desk.post(f"{here}/deltakere/{conference.offers[1].id}", data=kept | {"stood": "none", "answer": "waiting"})
    assert answers(waiting) == [Answer.COMES, Answer.COMES, Answer.WAITING]
    third = waiting[2]
    page = desk.get(f"{here}/deltakere/{third.id}").text
    assert ("Velger du «Kommer», får de plass, og brev om det." in page, 'value="none"' in page) == (True, False)
    desk.post(f"{here}/deltakere/{third.id}", data=kept | {"stood": "comes", "answer": "none"})  # from a page of before it waited
    assert answers(waiting) == [Answer.COMES, Answer.COMES, Answer.WAITING]
    assert 'name="stood" type="hidden" value="comes"' in desk.get(f"{here}/deltakere/{second.id}").text
    assert clock.now() >= db.session.get(Participant, second.id).answered_at
