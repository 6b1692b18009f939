"""What is filled in as it was meant, on the database that the pages' own tests leave out: by a private address, at the board, at the door."""

import re
from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.meetings import queries
from matchmaker.meetings.models import Meeting, MeetingReport, Participant, Plan
from matchmaker.meetings.states import Answer, NextStep, PlanState
from tests.world import COORDINATOR

pytestmark = pytest.mark.one_database("postgresql")


@pytest.fixture
def sent(app, world):
    """`sent(client, endpoint, **typed)` opens a page of the world and sends what it holds hidden with what is typed, which must be taken."""
    there = world()

    def filled_in(client, endpoint: str, **typed) -> None:
        address = there.address(app, endpoint, "POST")
        page = client.get(address)
        hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"', page.text)) if page.status_code == 200 else {}
        answer = client.post(address, data=hidden | typed)
        assert answer.status_code == 303, (endpoint, answer.status_code)
        db.session.expire_all()

    filled_in.there = there
    return filled_in


def test_a_private_address_does_all_that_it_is_for(app, client, sent):
    there = sent.there
    event = queries.event(there.arguments["event_id"])
    who = event.participants[1]
    sent(client, "meetings.private", name1="Ola Demo", email1="ola@example.test")
    sent(client, "meetings.private_answer", answer="declined")
    assert who.answer == Answer.DECLINED
    sent(client, "meetings.private_answer", answer="comes")
    sent(client, "meetings.private_draft", title="Varmere vann", words="Vi trenger varmere vann i bassenget.")
    assert (who.answer, [each.name for each in who.representatives], who.challenge.title) == (Answer.COMES, ["Ola Demo"], "Varmere vann")
    for endpoint in ("meetings.private_calendar", "meetings.calendar_feed"):
        assert client.get(there.address(app, endpoint, "GET")).text.count("BEGIN:VEVENT") == 1
    clock.fix(event.slots[1].starts_at + timedelta(minutes=1))
    sent(client, "meetings.private_note", step="contact", note="Ring på mandag.")
    report = db.session.query(MeetingReport).one()
    assert (report.need_id, report.held, report.next_step, report.note) == (who.id, True, NextStep.CONTACT, "Ring på mandag.")
    clock.fix(event.slots[2].ends_at + timedelta(minutes=1))
    sent(client, "meetings.private_feedback", score="5")


def test_a_coordinator_changes_the_plan_and_sees_what_changed(app, sign_in, sent):
    there = sent.there
    desk, numbers = sign_in(there.people[COORDINATOR]), there.arguments
    event = queries.event(numbers["event_id"])
    slots, tables = [each.id for each in event.slots], [each.id for each in event.tables]
    need, unknown, offer = [each.id for each in event.participants]

    def places() -> list[tuple]:
        """(need, slot, table, locked) of what stands now; the address of a meeting is of the first of these."""
        draft = queries.plan_of(event.id)
        held = db.session.query(Meeting).filter_by(plan_id=draft.id).order_by(Meeting.need_id).all()
        numbers["meeting_id"] = held[0].id
        return [(each.need_id, slots.index(each.slot_id), tables.index(each.table_id), each.locked) for each in held]

    assert places() == [(need, 0, 0, False), (unknown, 1, 0, False)]
    sent(desk, "meetings.meeting", act="lock")
    assert places() == [(need, 0, 0, True), (unknown, 1, 0, False)]
    sent(desk, "meetings.meeting", act="swap", other=str(db.session.query(Meeting).filter_by(plan_id=queries.plan_of(event.id).id, need_id=unknown).one().id))
    assert [each[:3] for each in places()] == [(need, 1, 0), (unknown, 0, 0)]
    sent(desk, "meetings.meeting", act="move", place=f"{slots[2]}-{tables[1]}")
    assert [each[:3] for each in places()] == [(need, 2, 1), (unknown, 0, 0)]
    sent(desk, "meetings.meeting", act="cancel")
    assert [each[:3] for each in places()] == [(unknown, 0, 0)]
    sent(desk, "meetings.add_meeting", need=str(need), offer=str(offer), place=f"{slots[1]}-{tables[1]}")
    assert places() == [(need, 1, 1, True), (unknown, 0, 0, False)]
    assert [each.state for each in db.session.query(Plan).filter_by(event_id=event.id).order_by(Plan.number)] == [PlanState.REPLACED, PlanState.PUBLISHED, PlanState.DRAFT]
    compared = desk.get(there.address(app, "meetings.compare_versions", "GET") + "?fra=1&til=3")
    assert (compared.status_code, "Moss kommune" in compared.text) == (200, True)


def test_who_comes_is_checked_in_by_the_list_and_by_the_badge(sign_in, sent):
    desk, number = sign_in(sent.there.people[COORDINATOR]), sent.there.arguments["participant_id"]
    came = lambda: db.session.get_one(Participant, number).arrived_at is not None  # noqa: E731 - asked after each press
    sent(desk, "meetings.check_in", here=f"p{number}")
    assert came()
    sent(desk, "meetings.check_in", undo=f"p{number}")
    assert not came()
    guest = queries.event(sent.there.arguments["event_id"]).participants[2].representatives[0]
    sent(desk, "meetings.check_in_badge", act="undo")
    assert guest.arrived_at is None
    sent(desk, "meetings.check_in_badge")
    assert guest.arrived_at is not None
