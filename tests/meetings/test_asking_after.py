"""The day after: who is asked how it went, of which meetings, and only once."""

from datetime import UTC, datetime, time, timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.meetings import jobs, rules
from matchmaker.meetings.models import Event, Plan
from matchmaker.meetings.states import PlanState, Side
from tests.meetings.test_outcomes import publish, report


def at(event: Event, days: int, hour: int = 12) -> None:
    """So many days after the last one, at this hour in UTC."""
    clock.fix(datetime.combine(event.last_day + timedelta(days=days), time(hour), UTC))


@pytest.fixture
def held(conference):
    """Two meetings, one of which the department has told about."""
    conference.represent(conference.needs[0], "kari@example.test")
    conference.represent(conference.offers[0], "ola@example.test")
    conference.represent(conference.offers[1], "per@example.test")
    publish(conference, (0, 0), (0, 1))
    report(conference, 0, 0, Side.NEED, True)
    return conference


def asked() -> dict[str, str]:
    jobs.ask_for_outcomes()
    return {each.recipient: each.body for each in db.session.query(Letter)}


def test_each_is_asked_once_about_the_meetings_it_has_not_told_about(held):
    at(held.event, 1)
    letters = asked()
    assert {"kari@example.test", "ola@example.test", "per@example.test"} <= set(letters)
    assert "RørLytt" in letters["kari@example.test"]
    assert "TotalCtrl" not in letters["kari@example.test"]
    assert "Halden kommune, Oppvekst" in letters["ola@example.test"]
    assert f"/arrangementer/{held.event_id}/program/" in letters["kari@example.test"] or "/delta/" in letters["kari@example.test"]
    count = db.session.query(Letter).count()
    at(held.event, 2)
    asked()
    assert db.session.query(Letter).count() == count


def test_neither_who_did_not_come_nor_who_waited_is_asked_and_a_coordinators_word_is_enough(held):
    held.offers[1].gone_from = clock.now()
    report(held, 0, 0, Side.COORDINATOR, True)
    at(held.event, 1)
    letters = asked()
    assert "ola@example.test" not in letters
    assert "per@example.test" not in letters
    assert "kari@example.test" not in letters


def test_it_is_asked_from_the_morning_after_for_three_days():
    event = Event(last_day=clock.today(), timezone="Europe/Oslo", plans=[Plan(state=PlanState.PUBLISHED)])
    found = []
    for days, hour in ((0, 12), (1, 4), (1, 12), (3, 12), (4, 12)):
        at(event, days, hour)
        found.append(rules.outcomes_are_due(event))
    clock.fix(None)
    assert found == [False, False, True, True, False]
