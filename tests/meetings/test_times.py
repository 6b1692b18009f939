"""Slots on the wall's clock, in UTC, and over the nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.meetings.times import NoPause, NoSuchTime, Span, generated, moment, overlapping, pauses_in, shifted, span

OSLO = ZoneInfo("Europe/Oslo")
WINTER, SUMMER = date(2026, 3, 11), date(2026, 6, 11)
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


def walls(spans):
    return [f"{each.starts_at.astimezone(OSLO):%H:%M}-{each.ends_at.astimezone(OSLO):%H:%M}" for each in spans]


def test_the_same_time_on_the_wall_is_another_in_utc_in_summer():
    assert moment(WINTER, time(9), OSLO) == datetime(2026, 3, 11, 8, tzinfo=UTC)
    assert moment(SUMMER, time(9), OSLO) == datetime(2026, 6, 11, 7, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(NoSuchTime):
        moment(FORWARD, time(2, 30), OSLO)


def test_a_slot_over_the_hour_shown_twice_ends_after_it_begins():
    found = span(BACK, time(2, 30), time(2, 10), OSLO)
    assert found.ends_at - found.starts_at == timedelta(minutes=40)
    assert span(BACK, time(1, 30), time(3, 30), OSLO).ends_at - span(BACK, time(1, 30), time(3, 30), OSLO).starts_at == timedelta(hours=3)


def test_slots_are_as_long_over_a_change_of_clocks_as_else():
    night = Span(moment(FORWARD, time(1), OSLO), moment(FORWARD, time(4), OSLO))
    assert walls(generated(night, minutes=30, gap=0)) == ["01:00-01:30", "01:30-03:00", "03:00-03:30", "03:30-04:00"]
    assert len(generated(Span(moment(BACK, time(1), OSLO), moment(BACK, time(4), OSLO)), minutes=30, gap=0)) == 8


def test_slots_have_gaps_keep_out_of_pauses_and_never_end_too_late():
    day = span(WINTER, time(9), time(12, 40), OSLO)
    pause = span(WINTER, time(11, 30), time(12, 15), OSLO)
    assert walls(generated(day, minutes=40, gap=10, pauses=[pause])) == ["09:00-09:40", "09:50-10:30", "10:40-11:20"]
    assert walls(generated(day, minutes=25, gap=0, pauses=[pause])) == ["09:00-09:25", "09:25-09:50", "09:50-10:15", "10:15-10:40", "10:40-11:05", "11:05-11:30", "12:15-12:40"]


@given(st.integers(5, 90), st.integers(0, 30), st.lists(st.tuples(st.integers(0, 470), st.integers(1, 60)), max_size=3))
def test_generated_slots_never_overlap_each_other_or_a_pause(minutes, gap, breaks):
    start = datetime(2026, 3, 28, 22, tzinfo=UTC)
    pauses = [Span(start + timedelta(minutes=at), start + timedelta(minutes=at + length)) for at, length in breaks]
    found = generated(Span(start, start + timedelta(hours=8)), minutes=minutes, gap=gap, pauses=pauses)
    assert overlapping(found, []) is None
    assert not any(slot.meets(pause) for slot in found for pause in pauses)
    assert all(slot.ends_at - slot.starts_at == timedelta(minutes=minutes) and slot.ends_at <= start + timedelta(hours=8) for slot in found)


def test_one_slot_may_begin_where_another_ends():
    one, two, across = (span(WINTER, time(9, begin), time(9, end), OSLO) for begin, end in ((0, 20), (20, 40), (10, 30)))
    assert overlapping([two], [one]) is None
    assert overlapping([across], [one]) == across
    assert overlapping([one, one], []) == one


@pytest.mark.parametrize("text", ["11.30–12.15", "11:30-12:15", "11.30 til 12.15", " 11.30 – 12.15 ,"])
def test_pauses_are_read_as_people_write_them(text):
    assert pauses_in(text) == [(time(11, 30), time(12, 15))]


@pytest.mark.parametrize("text", ["lunsj", "12.15–11.30", "25.00–26.00", "11.30"])
def test_what_is_no_pause_is_refused(text):
    with pytest.raises(NoPause):
        pauses_in(text)


def test_a_copy_stands_at_the_same_time_on_the_wall_also_over_a_change_of_clocks():
    slot = span(date(2025, 4, 1), time(9), time(9, 20), OSLO)
    later = shifted(slot, OSLO)
    assert later.starts_at.astimezone(OSLO) == datetime(2026, 3, 31, 9, tzinfo=OSLO)
    assert later.ends_at - later.starts_at == timedelta(minutes=20)
