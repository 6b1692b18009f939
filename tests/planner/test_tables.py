"""Who sits where."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings

from matchmaker.planner.problem import Meeting, Pair, Participant, Problem, Seat, Wish
from matchmaker.planner.solve import solve
from matchmaker.planner.tables import seated
from tests.planner.problems import problems, random_problem, slots, tables


def problem_of(needs: int, offers: int, seats: int) -> Problem:
    people = [Participant(f"N{at}", "need") for at in range(needs)] + [Participant(f"O{at}", "offer") for at in range(offers)]
    return Problem(slots(3), tables(seats), tuple(people), ())


def test_who_meets_three_times_sits_at_one_table():
    problem = problem_of(2, 6, 2)
    meetings = [(Pair(f"N{need}", f"O{need * 3 + at}"), f"S0{at + 1}") for need in (0, 1) for at in range(3)]
    sits = defaultdict(set)
    for meeting in seated(problem, meetings):
        sits[meeting.need].add(meeting.table)
    assert {len(found) for found in sits.values()} == {1}


@pytest.mark.parametrize(("staying", "goes_round"), [("need", "offer"), ("offer", "need")])
def test_the_side_that_stays_sits_at_one_table_and_the_other_goes_round(staying, goes_round):
    problem = replace(problem_of(3, 3, 3), staying=staying)
    meetings = [(Pair(f"N{need}", f"O{(need + at) % 3}"), f"S0{at + 1}") for need in range(3) for at in range(3)]
    sits = defaultdict(set)
    for meeting in seated(problem, meetings):
        sits[meeting.need].add(meeting.table)
        sits[meeting.offer].add(meeting.table)
    counts = {side: {len(sits[f"{side[0].upper()}{at}"]) for at in range(3)} for side in (staying, goes_round)}
    assert counts == {staying: {1}, goes_round: {3}}


def test_an_old_meeting_keeps_its_table_and_a_fixed_one_takes_it():
    problem = problem_of(2, 2, 2)
    old = [Meeting("N0", "O0", "S01", "T02")]
    assert seated(problem, [(Pair("N0", "O0"), "S01"), (Pair("N1", "O1"), "S01")], old) == [Meeting("N1", "O1", "S01", "T01"), *old]
    fixed = Meeting("N1", "O1", "S01", "T02")
    again = Problem(problem.slots, problem.tables, problem.participants, (), fixed=(fixed,))
    assert seated(again, [(Pair("N0", "O0"), "S01"), (Pair("N1", "O1"), "S01")], old) == [Meeting("N0", "O0", "S01", "T01"), fixed]


def test_who_loses_the_table_meets_at_the_same_time_at_another_one():
    people = (*(Participant(f"N{at}", "need", max_meetings=1) for at in (0, 1)), *(Participant(f"O{at}", "offer", max_meetings=1) for at in (0, 1)))
    wishes = (Wish("N0", "O0", 50), Wish("N1", "O1", 50))
    problem = Problem(slots(3), tables(2), people, wishes)
    old = [Meeting("N0", "O0", "S02", "T01"), Meeting("N1", "O1", "S03", "T02")]
    shut = replace(problem, closed=frozenset({Seat("S02", "T01"), Seat("S03", "T01")}))
    assert set(solve(shut, keep=old).meetings) == {old[0]._replace(table="T02"), old[1]}


@settings(max_examples=25)
@given(problems(fixed="consistent"))
def test_a_table_holds_one_meeting_at_a_time(problem):
    meetings = solve(problem).meetings
    assert len({(meeting.slot, meeting.table) for meeting in meetings}) == len(meetings)


def test_people_change_tables_less_than_where_tables_are_given_as_they_come():
    problem = random_problem(2, 30, 24, 6, 10, 5)
    plan = solve(problem).meetings
    order = sorted(plan, key=lambda meeting: (meeting.slot, meeting.need))
    seats: dict[str, int] = defaultdict(int)
    careless = []
    for meeting in order:
        careless.append(meeting._replace(table=problem.tables[seats[meeting.slot]]))
        seats[meeting.slot] += 1

    def different(meetings) -> int:
        return len({(id_, meeting.table) for meeting in meetings for id_ in meeting.pair})

    assert different(plan) < 0.8 * different(careless)
