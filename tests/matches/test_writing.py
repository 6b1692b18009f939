"""The thread: both sides are told of what they have not read, and not more than once an hour."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.matches import introducing, writing
from matchmaker.matches.introduction_queries import unread_count
from matchmaker.matches.models import Introduction, Message
from matchmaker.matches.refusing import Closed

START = datetime(2026, 3, 12, 9, 25, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture
def story(make):
    clock.fix(START)
    department, company = make.department_member(), make.company_member()
    challenge, profile = make.challenge(department.memberships[0].organisation), make.profile(company.memberships[0].organisation)
    with transaction():
        introduction = introducing.send_introduction(challenge=challenge, profile=profile, message="Hei", by=department)

    class Story:
        def write(self, person, text: str, **after) -> None:
            clock.fix(START + timedelta(**after))
            with transaction():
                writing.write_message(introduction=introduction, text=text, by=person)

        def read(self, side: str, **after) -> None:
            clock.fix(START + timedelta(**after))
            with transaction():
                writing.read_introduction(introduction=introduction, side=side)

        def notices(self, person) -> int:
            return db.session.scalar(select(func.count(Letter.id)).where(Letter.recipient == person.email, Letter.subject.startswith("Ny melding")))

        def unread(self, side: str) -> int:
            return db.session.scalar(select(unread_count(side)).select_from(Introduction))

    story = Story()
    story.department, story.company, story.introduction = department, company, introduction
    return story


def test_the_other_side_gets_a_letter_and_the_writer_none(story):
    story.write(story.company, "Passer tirsdag?", minutes=5)
    assert story.notices(story.department) == 1
    assert story.notices(story.company) == 0


def test_ten_messages_in_an_hour_are_one_letter(story):
    for minute in range(10):
        story.write(story.company, f"Melding {minute}", minutes=minute + 1)
    assert story.notices(story.department) == 1
    assert story.unread("need") == 10


def test_after_an_hour_an_unread_thread_gives_another_letter(story):
    story.write(story.company, "Første", minutes=0)
    story.write(story.company, "Andre", minutes=61)
    assert story.notices(story.department) == 2


def test_who_has_read_is_told_of_the_next_at_once(story):
    story.write(story.company, "Første", minutes=1)
    story.read("need", minutes=2)
    story.write(story.company, "Andre", minutes=3)
    assert story.notices(story.department) == 2


def test_reading_takes_the_mark_away_and_ones_own_words_are_never_unread(story):
    story.write(story.company, "Hei", minutes=1)
    assert (story.unread("need"), story.unread("offer")) == (1, 0)
    story.read("need", minutes=2)
    assert story.unread("need") == 0


def test_a_coordinator_writes_to_both_sides(story, make):
    story.write(make.coordinator(), "Har dere fått snakket sammen?", minutes=1)
    assert (story.notices(story.department), story.notices(story.company)) == (1, 1)
    assert (story.unread("need"), story.unread("offer")) == (1, 1)


def test_the_same_words_twice_within_a_minute_count_once(story):
    story.write(story.company, "Hei", seconds=0)
    story.write(story.company, "Hei", seconds=20)
    assert db.session.scalar(select(func.count(Message.id))) == 1
    story.write(story.company, "Hei", minutes=5)
    assert db.session.scalar(select(func.count(Message.id))) == 2


def test_nobody_writes_after_a_no(story):
    with transaction():
        introducing.decline_introduction(introduction=story.introduction, reason="Nei.", by=story.company)
    with pytest.raises(Closed):
        story.write(story.company, "Vent litt", minutes=1)
