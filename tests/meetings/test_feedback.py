"""What participants thought: once each, by either door, when it is over; read by coordinators alone."""

from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db
from matchmaker.meetings import passes, rules
from matchmaker.meetings.models import Event, Feedback, Meeting, Plan, Slot
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import PlanState

GIVEN = {"score": "4", "again": "yes", "words": "Godt å slippe å lete."}


@pytest.fixture
def over(conference):
    """The plan was published, and the day is over."""
    plan = Plan(event_id=conference.event_id, number=1, state=PlanState.PUBLISHED, published_at=clock.now())
    place = {"slot_id": conference.event.slots[0].id, "table_id": conference.event.tables[0].id}
    plan.meetings.append(Meeting(need_id=conference.needs[0].id, offer_id=conference.offers[0].id, **place))
    db.session.add(plan)
    db.session.commit()
    clock.fix(max(each.ends_at for each in conference.event.slots) + timedelta(minutes=1))
    return conference


@pytest.fixture
def doors(over, sign_in, client):
    """The same participant's page for a member, and by its private address."""
    who = over.needs[0]
    member = sign_in(over.members["Oppvekst"])
    address = passes.token_for(who, Purpose.INVITATION)
    programme = f"/arrangementer/{over.event_id}/program/{who.id}"
    return [(member, programme, f"{programme}/tilbakemelding"), (client, f"/delta/{address}/program", f"/delta/{address}/tilbakemelding")]


def given() -> list[tuple]:
    db.session.expire_all()
    return [(each.score, each.again, each.words) for each in db.session.query(Feedback)]


@pytest.mark.one_database("sqlite")
def test_an_event_that_is_over_asks_for_nothing_but_what_one_thought(over, doors):
    who, programme, here = doors[0]
    event = f"/arrangementer/{over.event_id}"
    page = who.get(event).text
    assert "Arrangementet er over." in page
    assert "Dere var med" in page
    assert f'href="{programme}"' in page
    assert f'href="{here}"' in page
    assert not [each for each in ("Si om dere kommer", "Møteønsker", "Programmet er klart", "ønsker gitt") if each in page]
    clock.fix(clock.now() + timedelta(days=1))
    page = who.get("/arrangementer").text
    assert "<li>Dere var med</li>" in page
    assert "<li>Over</li>" in page
    assert "Ønsker innen" not in page


def test_feedback_is_given_once_and_changed_by_either_door(doors):
    for (who, programme, here), score in zip(doors, (4, 2), strict=True):
        assert here in who.get(programme).text
        assert who.post(here, data={**GIVEN, "score": score}).location == programme
        assert given() == [(score, True, "Godt å slippe å lete.")]
        assert f"Dere ga {score} av 5." in who.get(programme).text
        assert "Godt å slippe å lete." in who.get(here).text


def test_the_log_says_who_gave_it_and_not_what_was_said(over, doors, sign_in):
    who, _programme, here = doors[0]
    who.post(here, data=GIVEN)
    entry = db.session.query(AuditEntry).filter_by(action="event feedback given").one()
    assert entry.detail == {"who": "Halden kommune, Oppvekst"}


@pytest.mark.parametrize("wrong", [{}, {"score": "6"}, {"score": "fem"}, {"score": "3", "words": "x" * 2001}, {"score": "3", "again": "kanskje"}])
def test_what_is_no_answer_is_told_beside_its_field_and_not_kept(doors, wrong):
    for who, _programme, here in doors:
        answer = who.post(here, data=wrong)
        assert answer.status_code == 422
        assert "-error" in answer.text
    assert given() == []


def test_nothing_is_asked_or_kept_before_the_last_meeting_has_ended(over, doors):
    clock.fix(max(each.ends_at for each in over.event.slots) - timedelta(minutes=1))
    for who, programme, here in doors:
        assert here not in who.get(programme).text
        assert "Arrangementet er ikke over ennå" in who.get(here).text
        assert who.post(here, data=GIVEN).status_code == 303
    assert given() == []


def test_an_event_took_place_when_a_published_plan_has_run_to_its_end():
    slot = Slot(starts_at=clock.now() - timedelta(hours=2), ends_at=clock.now() - timedelta(hours=1))
    told = {"plans": [Plan(state=PlanState.PUBLISHED)], "slots": [slot]}
    assert rules.took_place(Event(**told))
    assert not rules.took_place(Event(plans=[Plan(state=PlanState.DRAFT)], slots=[slot]))
    assert not rules.took_place(Event(plans=[Plan(state=PlanState.PUBLISHED)], slots=[]))


def test_words_and_average_are_for_coordinators_alone(over, doors, sign_in):
    who, _programme, here = doors[0]
    who.post(here, data=GIVEN)
    result = f"/arrangementer/{over.event_id}/resultat"
    assert "Godt å slippe å lete." in sign_in(over.desk).get(result).text
    other = sign_in(over.members["TotalCtrl"])
    assert other.get(result).status_code == 403
    assert other.get(here).status_code == 403
    theirs = other.get(f"/arrangementer/{over.event_id}/program/{over.offers[0].id}").text
    assert "Godt å slippe" not in theirs
    assert "i snitt" not in theirs
