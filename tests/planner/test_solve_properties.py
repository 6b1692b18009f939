"""What the solver makes, judged by the check, which does not know it, and by the optimum of a plain model of its own."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.planner.check import faults
from matchmaker.planner.problem import Problem, worth
from matchmaker.planner.solve import solve
from matchmaker.planner.solver import Found, Solver
from tests.planner.optimum import optimum
from tests.planner.problems import as_plan, changed, consistent, first_come, problems, random_problem, with_person

some = settings(max_examples=15)
GOALS = ("musts", "shortfall", "value")


def judged(problem: Problem, plan) -> list[str]:
    return [str(fault) for fault in faults(problem, as_plan(plan))]


@some
@given(problems(unexpected=True, once=True))
def test_the_check_finds_no_fault_in_any_plan(problem):
    plan = solve(problem, seconds=20)
    assert judged(problem, plan) == []
    assert (plan.status == "infeasible") == (not consistent(problem))


@some
@given(problems(fixed="consistent"))
def test_a_plan_is_the_best_there_is(problem):
    plan = solve(problem, seconds=20)
    best = optimum(problem)
    assert {name: getattr(plan, name) for name in GOALS} == {name: best[name] for name in GOALS}
    assert plan.status == "optimal"


@some
@given(problems(fixed="consistent", once=True))
def test_a_plan_with_people_who_sit_in_is_the_best_there_is(problem):
    plan = solve(problem, seconds=20)
    best = optimum(problem)
    assert {name: getattr(plan, name) for name in GOALS} == {name: best[name] for name in GOALS}
    assert plan.status == "optimal"
    assert judged(problem, plan) == []


@some
@given(problems(fixed="consistent", most=5, unexpected=True))
def test_unexpected_meetings_come_before_value_and_after_all_else(problem):
    plan = solve(problem, seconds=20)
    best = optimum(problem)
    assert {name: getattr(plan, name) for name in GOALS} == {name: best[name] for name in GOALS}
    odd = [meeting for meeting in plan.meetings if problem.wish_of[meeting.pair].unexpected]
    met = [sum(id_ in meeting.pair for meeting in odd) for id_ in problem.by_id]
    assert sum(min(number, problem.unexpected) for number in met) == best["unexpected"]


@some
@given(problems(fixed="none", most=5, once=True), st.data())
def test_a_mended_plan_keeps_as_many_meetings_as_the_first_goals_allow(problem, data):
    old = solve(problem, seconds=20).meetings
    person = data.draw(st.sampled_from(problem.participants))
    away = data.draw(st.sets(st.sampled_from([slot.id for slot in problem.slots]), min_size=1))
    mended = with_person(problem, person.id, unavailable=person.unavailable | away)
    plan = solve(mended, seconds=20, keep=old)
    best = optimum(mended, old)
    assert judged(mended, plan) == []
    assert len(set(old) & set(plan.meetings)) == best["kept"]
    assert {name: getattr(plan, name) for name in GOALS} == {name: best[name] for name in GOALS}


@some
@given(problems(fixed="none"))
def test_a_plan_kept_from_itself_stands_as_it_is(problem):
    old = solve(problem, seconds=20)
    assert set(solve(problem, seconds=20, keep=old.meetings).meetings) == set(old.meetings)


@some
@given(problems(fixed="consistent"))
def test_the_same_problem_gives_the_same_plan(problem):
    one, other = (as_plan(solve(problem, seconds=20)) | {"seconds": 0} for _ in range(2))
    assert one == other


@some
@given(problems(fixed="none"))
def test_what_is_already_the_plan_can_be_fixed(problem):
    plan = solve(problem, seconds=20)
    again = solve(changed(problem, fixed=plan.meetings), seconds=20)
    assert set(again.meetings) == set(plan.meetings)
    assert again.status == "optimal"


def test_a_plan_without_time_keeps_every_rule_and_claims_no_more_than_it_knows():
    problem = random_problem(3, 40, 30, 6, 8, 6)
    plan = solve(problem, seconds=0)
    assert judged(problem, plan) == []
    assert plan.musts >= worth(problem, first_come(problem))[0]


def test_a_search_that_is_stopped_gives_what_it_has():
    problem = random_problem(4, 40, 30, 6, 8, 6)
    plan = solve(problem, seconds=20, stop=lambda: True)
    assert judged(problem, plan) == []
    assert plan.seconds < 10


def test_more_room_never_makes_a_plan_worse():
    problem = random_problem(5, 24, 20, 5, 4, 6)
    roomy = changed(problem, tables=(*problem.tables, "T99"))
    one, other = (solve(each, seconds=20) for each in (problem, roomy))
    assert (other.musts, -other.shortfall, other.value) >= (one.musts, -one.shortfall, one.value)
    assert judged(roomy, other) == []


def test_where_the_relaxation_says_nothing_the_integer_program_still_finds_and_proves_the_best(monkeypatch):
    problem = random_problem(6, 16, 12, 5, 4, 5)
    best, heard = optimum(problem), []
    relax, whole = Solver.relax, Solver.whole
    monkeypatch.setattr(Solver, "relax", lambda self, weights: (found := relax(self, weights))._replace(columns=found.columns * 0))
    monkeypatch.setattr(Solver, "whole", lambda self, *given, **named: heard.append(1) or whole(self, *given, **named))
    plan = solve(problem, seconds=20)
    assert heard
    assert {name: getattr(plan, name) for name in GOALS} == {name: best[name] for name in GOALS}
    assert plan.status == "optimal"
    assert judged(problem, plan) == []


def test_a_solver_that_was_stopped_before_it_proved_anything_leaves_the_best_so_far_and_the_bound_known_before(monkeypatch):
    problem = random_problem(6, 16, 12, 5, 4, 5)
    relax = Solver.relax
    monkeypatch.setattr(Solver, "relax", lambda self, weights: (found := relax(self, weights))._replace(columns=found.columns * 0))
    monkeypatch.setattr(Solver, "whole", lambda self, *_given, **_named: Found(None, math.inf))
    plan = solve(problem, seconds=20)
    assert judged(problem, plan) == []
    assert plan.meetings
    assert plan.status == "feasible"
