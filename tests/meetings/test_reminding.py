"""Reminders before the deadline for wishes: once by themselves, at the right day where the event is, and when a coordinator presses."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.meetings import jobs, passes
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import Answer, Level

DUE = date(2027, 3, 11)


@pytest.fixture
def asked(conference):
    """One has wished, one has declined; three are to be reminded of the 11th of March."""
    conference.wish(0, 0, Level.LIKE)
    conference.offers[0].answer = Answer.DECLINED
    event = conference.event
    event.wishes_due, event.first_day, event.last_day = DUE, DUE + timedelta(days=7), DUE + timedelta(days=7)
    db.session.commit()
    conference.represent(conference.offers[1], "rorlytt@example.test")
    return conference


def at(day: date, hour: int, minute: int = 0) -> None:
    clock.fix(datetime.combine(day, time(hour, minute), UTC))
    jobs.remind_of_wishes()
    db.session.expire_all()


def written_to() -> list[str]:
    return sorted(db.session.scalars(select(Letter.recipient)))


def test_three_days_before_on_the_wall_there_and_then_only_once(asked):
    at(DUE - timedelta(days=4), 22, 59)
    assert written_to() == []
    at(DUE - timedelta(days=4), 23, 0)
    expected = sorted([asked.members["Helse"].email, asked.members["Nabobil"].email, "rorlytt@example.test"])
    assert written_to() == expected
    for hour in (1, 12):
        at(DUE - timedelta(days=3), hour)
    assert written_to() == expected
    bodies = {each.recipient: each.body for each in db.session.scalars(select(Letter))}
    assert f"/delta/{passes.token_for(asked.offers[1], Purpose.INVITATION)}/onsker" in bodies["rorlytt@example.test"]
    assert f"/arrangementer/{asked.event_id}/onsker/{asked.needs[1].id}" in bodies[asked.members["Helse"].email]


def test_the_page_of_wishes_says_when_they_are_reminded(asked, sign_in):
    said = []
    for day in (DUE - timedelta(days=4), DUE):
        clock.fix(datetime.combine(day, time(8), UTC))
        said += re.findall(r"får en påminnelse av seg selv ([^.]+)\.", sign_in(asked.desk).get(f"/arrangementer/{asked.event_id}/onsker").text)
    assert said == ["tre dager før fristen", "i løpet av en time"]


def test_after_the_deadline_nobody_is_reminded(asked):
    at(DUE, 23, 0)
    assert written_to() == []
    assert asked.event.reminded_at is None


def test_a_worker_that_was_away_reminds_on_the_last_day(asked):
    at(DUE, 22, 59)
    assert len(written_to()) == 3


def test_a_reminder_to_the_only_participant_says_so_in_the_singular(asked, sign_in):
    clock.fix(datetime.combine(DUE - timedelta(days=20), time(9), UTC))
    asked.event.participants = [asked.needs[1]]
    db.session.commit()
    assert "Påminnelsen går til 1 av 1 deltaker.</" in sign_in(asked.desk).get(f"/arrangementer/{asked.event_id}/onsker").text


def test_a_coordinator_reminds_at_once_and_pressing_twice_writes_once(asked, sign_in):
    clock.fix(datetime.combine(DUE - timedelta(days=20), time(9), UTC))
    desk, here = sign_in(asked.desk), f"/arrangementer/{asked.event_id}/onsker"
    for each in asked.members["Nabobil"].memberships:
        each.ended_at = clock.now()
    db.session.commit()
    page = desk.get(here).text
    assert "Minn de 2 på det nå" in page
    assert "Påminnelsen går til 2 av 5 deltakere. De andre: 1 har gitt ønsker, 1 kommer ikke, 1 har vi ingen e-postadresse til." in page
    assert f'/deltakere/{asked.offers[2].id}#email1">Nabobil</a>' in page
    assert "2 brev med påminnelse er sendt." in desk.post(f"{here}/minn", follow_redirects=True).text
    assert "Ingen ble minnet på det nå" in desk.post(f"{here}/minn", follow_redirects=True).text
    assert len(written_to()) == 2
    assert "De ble minnet på det" in desk.get(here).text
