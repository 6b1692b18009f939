"""Once an event has taken place «Mine saker» asks how it went until that is answered, for two weeks; a coordinator sees how many have."""

from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.meetings import outcomes
from matchmaker.meetings.models import Absence, Feedback, Meeting, MeetingReport, Plan, RepresentativeAbsence
from matchmaker.meetings.outcomes import Held
from matchmaker.meetings.services.asking_after import untold
from matchmaker.meetings.states import Answer, NextStep, PlanState, Side
from matchmaker.meetings.wanted_after import heard, wanted


@pytest.fixture
def over(conference):
    """A department met two companies, and a third company met nobody; the last slot has just ended."""
    event = conference.event
    plan = Plan(event_id=event.id, number=1, state=PlanState.PUBLISHED, published_at=clock.now())
    for offer in (0, 1):
        place = {"slot_id": event.slots[offer].id, "table_id": event.tables[0].id}
        plan.meetings.append(Meeting(need_id=conference.needs[0].id, offer_id=conference.offers[offer].id, **place))
    db.session.add(plan)
    db.session.commit()
    clock.fix(max(each.ends_at for each in event.slots) + timedelta(minutes=1))
    return conference


def tell(conference, side: Side, offer: int) -> None:
    pair = {"need_id": conference.needs[0].id, "offer_id": conference.offers[offer].id}
    db.session.add(MeetingReport(event_id=conference.event_id, side=side, held=True, next_step=NextStep.CONTACT, said_at=clock.now(), **pair))
    db.session.commit()


def think(participant) -> None:
    db.session.add(Feedback(participant_id=participant.id, score=4))
    db.session.commit()


def test_it_asks_until_everything_is_answered_and_a_coordinator_sees_how_many_have(over, sign_in):
    member, desk, who = sign_in(over.members["Oppvekst"]), sign_in(over.desk), over.needs[0]
    programme = f"/arrangementer/{over.event_id}/program/{who.id}"
    page = member.get("/mine-saker").text
    for expected in ("Hvordan gikk det?", "2 av møtene deres mangler svar", f'href="{programme}"', f'href="{programme}/tilbakemelding"', "1 sak venter på dere."):
        assert expected in page
    assert f'<span lang="nb">{who.challenge.title}</span>' in page
    assert "Arrangementer dere er med på" not in page
    assert "Noen har fortalt om 0 av 2 møter. 0 av 5 deltakere har sagt hvordan det var." in desk.get("/mine-saker").text
    tell(over, Side.NEED, 0)
    assert "Ett av møtene deres mangler svar" in member.get("/mine-saker").text
    assert f'href="/arrangementer/{over.event_id}/resultat?vis=uten-svar#motene"' in desk.get("/mine-saker").text
    tell(over, Side.COORDINATOR, 1)  # what a coordinator has said, nobody is asked of
    page = member.get("/mine-saker").text
    assert "mangler svar" not in page
    assert "Hvordan var det?" in page
    think(who)
    assert "Hvordan gikk det?" not in member.get("/mine-saker").text
    assert "Noen har fortalt om 2 av 2 møter. 1 av 5 deltakere" in desk.get("/mine-saker").text
    for each in (over.needs[1], *over.offers):
        think(each)
    assert "Hva kom ut av" not in desk.get("/mine-saker").text


def test_neither_who_stayed_away_nor_who_waited_for_them_is_asked_of_the_meeting(over, sign_in):
    over.offers[0].gone_from = over.event.slots[0].starts_at
    db.session.commit()
    asked = {name: [each.untold for each in wanted(user)] for name, user in over.members.items()}
    assert asked == {"Oppvekst": [1], "Helse": [0], "TotalCtrl": [], "RørLytt": [1], "Nabobil": [0]}
    desk = sign_in(over.desk)
    assert "Noen har fortalt om 0 av 1 møter. 0 av 4 deltakere" in desk.get("/mine-saker").text
    think(over.offers[1])
    tell(over, Side.NEED, 0)  # a word counts before the mark
    assert "Noen har fortalt om 1 av 2 møter. 1 av 4 deltakere" in desk.get("/mine-saker").text
    assert "1 av 4 deltakere har svart" in desk.get(f"/arrangementer/{over.event_id}/resultat").text


def cannot(over, offer: int, *emails: str) -> None:
    """Those who come for this company cannot, when it has its meeting."""
    for each in over.offers[offer].representatives:
        if each.email in emails:
            db.session.add(RepresentativeAbsence(representative_id=each.id, slot_id=over.event.slots[offer].id))


def test_it_asks_of_the_same_meetings_as_the_letters_of_the_day_after(over):
    slots, (one, two, _three) = over.event.slots, over.offers
    over.represent(two, "kari@demo.invalid")
    over.represent(two, "ola@demo.invalid")
    steps = [
        (lambda: None, [2, 1, 1]),
        (lambda: setattr(one, "answer", Answer.DECLINED), [1, 0, 1]),
        (lambda: setattr(one, "answer", Answer.COMES), [2, 1, 1]),
        (lambda: (setattr(one, "gone_from", slots[0].ends_at), setattr(one, "arrived_at", slots[0].starts_at)), [2, 1, 1]),
        (lambda: setattr(one, "gone_from", slots[0].starts_at), [1, 0, 1]),
        (lambda: setattr(one, "gone_from", None), [2, 1, 1]),
        (lambda: cannot(over, 1, "kari@demo.invalid"), [2, 1, 1]),
        (lambda: cannot(over, 1, "ola@demo.invalid"), [1, 1, 0]),
        (lambda: db.session.add(Absence(participant_id=one.id, slot_id=slots[0].id)), [0, 0, 0]),
    ]
    asked = (over.needs[0].id, one.id, two.id)
    for number, (change, expected) in enumerate(steps):
        change()
        db.session.commit()
        db.session.expire_all()
        here = {each.who.id: each.untold for user in over.members.values() for each in wanted(user)}
        letters = {each.id: len(meetings) for each, meetings in untold(over.event).items()}
        assert [[found.get(id_, 0) for id_ in asked] for found in (here, letters)] == [expected, expected], number


def test_it_counts_the_meetings_that_the_letter_asks_for(over):
    """One's own word and the coordinator's end the question, the other side's does not; nor does an absence from another slot."""
    event = over.event
    tell(over, Side.OFFER, 0)
    db.session.add_all(Absence(participant_id=who, slot_id=event.slots[2].id) for who in (over.needs[0].id, over.offers[1].id))
    db.session.commit()
    asked = {each.name: len(meetings) for each, meetings in untold(over.event).items()}
    assert asked == {over.needs[0].name: 2, "RørLytt": 1}
    assert {each.who.name: each.untold for user in over.members.values() for each in wanted(user) if each.untold} == asked
    assert [each.untold for each in heard()] == [outcomes.results(over.event).held[Held.UNSAID]] == [1]


def test_it_asks_for_two_weeks_and_not_before_the_last_slot_has_ended(over):
    ended, member = clock.now(), over.members["Oppvekst"]
    for later, asked in ((timedelta(minutes=-2), 0), (timedelta(days=14), 1), (timedelta(days=15), 0)):
        clock.fix(ended + later)
        assert len(wanted(member)) == asked, later


def test_three_that_are_over_cost_no_more_questions_than_one(over, make, sign_in, queries):
    clients, profile, seen = [sign_in(over.members["TotalCtrl"]), sign_in(over.desk)], over.offers[0].profile, []
    for more in range(2):
        with queries() as statements:
            named = [client.get("/mine-saker").text.count("<h3>") for client in clients]
        assert min(named) > 2 * more
        seen.append(len(statements))
        for _ in range(2):
            event = make.event(challenges=[make.challenge()], profiles=[profile])
            back = max(each.ends_at for each in event.slots) - clock.now()
            for each in event.slots:
                each.starts_at, each.ends_at = each.starts_at - back, each.ends_at - back
            event.first_day = event.last_day = clock.today()
            db.session.add(Plan(event_id=event.id, number=1, state=PlanState.PUBLISHED, published_at=clock.now()))
            db.session.commit()
    assert seen[0] == seen[1]
