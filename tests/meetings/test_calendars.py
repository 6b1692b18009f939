"""A participant's calendar, as calendar programs read it: another library takes it apart here."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.core.database import db
from matchmaker.meetings import passes, queries
from matchmaker.meetings.calendars import Dated, Place, dated
from matchmaker.meetings.passes import Purpose

FIRST = datetime(2027, 3, 1, 12, tzinfo=UTC)
places = st.builds(Place, st.integers(1, 3), st.integers(1, 2))
histories = st.lists(st.dictionaries(st.integers(1, 4), places, max_size=4), max_size=6)


def versions(history):
    return [(FIRST + timedelta(days=at), found) for at, found in enumerate(history)]


@given(histories)
def test_what_stands_is_the_newest_version_and_all_else_is_cancelled(history):
    found = dated(versions(history))
    assert {each.other: each.place for each in found if not each.cancelled} == (history[-1] if history else {})
    assert {each.other for each in found} == {other for version in history for other in version}
    assert len({each.other for each in found}) == len(found)


@given(histories, st.dictionaries(st.integers(1, 4), places, max_size=4))
def test_each_change_raises_the_sequence_by_one_and_nothing_else_does(history, next_):
    before = {each.other: each for each in dated(versions(history))}
    after = {each.other: each for each in dated(versions([*history, next_]))}
    for other, each in after.items():
        old = before.get(other)
        if old is None:
            assert each.sequence == 0
        elif (old.place, old.cancelled) == (each.place, each.cancelled):
            assert each == old
        else:
            assert each.sequence == old.sequence + 1
            assert each.stamp > old.stamp


def test_a_meeting_that_comes_back_stands_again():
    here = Place(1, 1)
    assert dated(versions([{1: here}, {}, {1: here}])) == [Dated(1, here, 2, FIRST + timedelta(days=2))]


@pytest.fixture
def published(conference, sign_in):
    conference.published()
    return sign_in(conference.desk)


def publish(conference, desk):
    db.session.expire_all()
    answer = desk.post(f"/arrangementer/{conference.event_id}/plan/publiser", data={"mark": queries.plan_of(conference.event_id).mark})
    assert answer.status_code == 303
    db.session.expire_all()
    assert queries.published_of(conference.event_id) is not None


def entries(answer) -> dict[str, object]:
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    vars(vobject.icalendar)["__tzidMap"].pop("Europe/Oslo", None)  # it would go on with the zone of the first calendar it ever read
    read = vobject.readOne(answer.get_data(as_text=True))
    return {entry.uid.value: entry for entry in getattr(read, "vevent_list", [])}


def feed(conference) -> str:
    return f"/kalender/{passes.token_for(conference.needs[0], Purpose.CALENDAR)}.ics"


def test_the_calendar_holds_each_meeting_of_the_programme(conference, published, client):
    who = conference.needs[0]
    meetings = [each for each in queries.meetings_of(queries.published_of(conference.event_id)) if each.other_than(who.id)]
    slots = {each.id: each for each in conference.event.slots}
    found = entries(client.get(feed(conference)))
    assert sorted(entry.dtstart.value for entry in found.values()) == sorted(slots[each.slot_id].starts_at for each in meetings)
    assert {entry.status.value for entry in found.values()} == {"CONFIRMED"}
    assert {entry.sequence.value for entry in found.values()} == {"0"}
    names = {each.id: each.name for each in conference.event.participants}
    assert {entry.summary.value for entry in found.values()} == {f"Møte med {names[each.other_than(who.id)]}" for each in meetings}


def test_both_sides_hold_the_meeting_under_one_uid(conference, published, client):
    ours = entries(client.get(feed(conference)))
    theirs = [entries(client.get(f"/kalender/{passes.token_for(each, Purpose.CALENDAR)}.ics")) for each in conference.offers]
    assert set(ours) <= {uid for each in theirs for uid in each}


def test_a_meeting_that_is_called_off_is_cancelled_in_the_calendar(conference, published, client):
    who = conference.needs[0]
    meeting = next(each for each in queries.meetings_of(queries.published_of(conference.event_id)) if each.other_than(who.id))
    before = entries(client.get(feed(conference)))
    here = f"/arrangementer/{conference.event_id}/plan/moter/{meeting.id}"
    assert published.post(here, data={"act": "cancel", "mark": queries.plan_of(conference.event_id).mark}).status_code == 303
    assert {entry.status.value for entry in entries(client.get(feed(conference))).values()} == {"CONFIRMED"}
    publish(conference, published)
    after = entries(client.get(feed(conference)))
    changed = {uid: (entry.status.value, entry.sequence.value) for uid, entry in after.items() if entry.status.value != before[uid].status.value}
    assert set(after) == set(before)
    assert list(changed.values()) == [("CANCELLED", "1")]


def test_times_are_right_on_both_sides_of_the_change_of_clocks(conference, published, client):
    event = conference.event
    event.first_day, event.last_day = date(2027, 3, 27), date(2027, 3, 29)
    for slot, day in zip(event.slots, (27, 28, 29)):
        slot.starts_at = datetime(2027, 3, day, 9, tzinfo=ZoneInfo("Europe/Oslo")).astimezone(UTC)
        slot.ends_at = slot.starts_at + timedelta(minutes=20)
    db.session.commit()
    starts = sorted(entry.dtstart.value for entry in entries(client.get(feed(conference))).values())
    assert [start.strftime("%H%z") for start in starts] == ["09+0100", "09+0200", "09+0200"][: len(starts)]
    assert len(starts) == 3


def test_a_calendar_without_a_published_plan_is_empty(conference, client):
    assert entries(client.get(feed(conference))) == {}


def test_an_address_that_was_made_up_or_is_of_somebody_gone_finds_nothing(conference, client):
    token = passes.token_for(conference.needs[0], Purpose.CALENDAR)
    assert client.get("/kalender/made-up.ics").status_code == 404
    assert client.get(f"/kalender/{token[:-1]}.ics").status_code == 404
    db.session.delete(conference.needs[0])
    db.session.commit()
    assert client.get(f"/kalender/{token}.ics").status_code == 404


def test_the_programme_page_leads_to_the_calendar(conference, published, sign_in):
    who = conference.needs[0]
    page = sign_in(conference.members["Oppvekst"]).get(f"/arrangementer/{conference.event_id}/program/{who.id}").text
    assert passes.token_for(who, Purpose.CALENDAR) in page
    assert "webcal://" in page
    assert 'aria-describedby="feed-help" data-copy="Kopier"' in page
    assert f"/program/{who.id}/kalender.ics" in page
