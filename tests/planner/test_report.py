"""What a plan means for people: changes by person, spread, tables, gap."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.planner.problem import Bound, Meeting, Participant, Plan, Problem
from matchmaker.planner.report import Move, PersonChange, Spread, changes, gap, lines, spread, table_changes
from tests.planner.problems import slots

A, B, C = (Meeting(*words.split()) for words in ("N1 O1 S1 T1", "N1 O2 S2 T1", "N2 O2 S1 T2"))


def test_a_plan_that_stays_changes_nothing_for_anybody():
    assert changes([A, B, C], [C, B, A]) == []


def test_each_of_the_two_is_told_what_fell_out_what_came_and_what_moved():
    later, elsewhere, new = A._replace(slot="S3"), C._replace(table="T1"), Meeting("N2", "O1", "S1", "T1")
    assert changes([A, B, C], [later, elsewhere, new]) == [
        PersonChange("N1", (B,), (), (Move(A, later),)),
        PersonChange("N2", (), (new,), (Move(C, elsewhere),)),
        PersonChange("O1", (), (new,), (Move(A, later),)),
        PersonChange("O2", (B,), (), (Move(C, elsewhere),)),
    ]
    assert [(move.time, move.table) for move in (Move(A, later), Move(C, elsewhere))] == [(True, False), (False, True)]


def test_the_changes_are_said_from_each_side():
    assert lines(changes([A, B], [A._replace(slot="S3", table="T2"), C])) == [
        "N1: no longer meets O2 (S2, T1)",
        "N1: meets O1 in S3 at T2, not S1 at T1",
        "N2: now meets O2 (S1, T2)",
        "O1: meets N1 in S3 at T2, not S1 at T1",
        "O2: no longer meets N1 (S2, T1)",
        "O2: now meets N2 (S1, T2)",
    ]


some = st.lists(st.builds(Meeting, *(st.sampled_from([f"{kind}{n}" for n in (1, 2, 3)]) for kind in "NOST")), max_size=8, unique=True)


@settings(max_examples=100)
@given(some, some)
def test_the_changes_lead_from_the_old_plan_to_the_new(old, new):
    told = changes(old, new)
    gone = {meeting for person in told for meeting in (*person.gone, *(move.before for move in person.moved))}
    came = {meeting for person in told for meeting in (*person.new, *(move.after for move in person.moved))}
    assert (set(old) - gone) | came == set(new)
    assert gone == set(old) - set(new)
    assert {person.id for person in told} == {id_ for meeting in gone | came for id_ in meeting.pair}


def test_the_spread_counts_those_who_meet_nobody():
    assert spread(["N1", "N2", "N3", "O1"], [A, B, C]) == Spread(0, 1, 2, 1)
    assert spread([], [A]) == Spread(0, 0, 0, 0)
    assert spread(["N1"], []) == Spread(0, 0, 0, 1)


def test_a_change_of_table_counts_in_the_order_of_the_slots():
    people = tuple(Participant(id_, "need" if id_[0] == "N" else "offer") for id_ in ("N1", "N2", "O1", "O2"))
    problem = Problem(slots(3), ("T1", "T2"), people, ())
    meetings = [Meeting("N1", "O1", "S03", "T1"), Meeting("N1", "O2", "S01", "T1"), Meeting("N2", "O1", "S02", "T2"), Meeting("N2", "O2", "S03", "T2")]
    assert table_changes(problem, meetings) == {"N1": 0, "N2": 0, "O1": 1, "O2": 1}


@pytest.mark.parametrize(("value", "bound", "per_cent"), [(99, 100, 1.0), (100, 100, 0.0), (0, 0, 0.0), (0, 10, 100.0), (12, 10, 0.0)])
def test_the_gap_is_a_share_of_the_bound(value, bound, per_cent):
    assert gap(Plan((), 0, 0, value, Bound(0, 0, bound), "feasible")) == per_cent
