"""The check of a plan: a plan that keeps every rule has no fault, and each broken rule is named, alone."""

import copy
import json

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from matchmaker.planner.check import RULES, STATUSES, faults, fixed_faults
from matchmaker.planner.problem import Meeting, Once, Pair, Participant, Problem, Seat, Wish
from tests.planner.problems import as_plain, changed, consistent, first_come, plain_plan, problems, random_problem, slots, with_person

quick = settings(max_examples=60)
# few random plans have room for a fault that breaks nothing else
rare = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def rules(problem: Problem, plan: object) -> list[str]:
    return [fault.rule for fault in faults(problem, plan)]


def small(*, away=(), least=0, most=3, fixed=(), forbidden=(), seats=("T1", "T2")) -> Problem:
    """Three needs and three offers who all wish to meet, in three slots: the least thing in which every rule can be broken."""
    people = [Participant(f"N{n}", "need", frozenset(away) if n == 1 else frozenset(), least, most) for n in (1, 2, 3)]
    people += [Participant(f"O{n}", "offer", frozenset(), 0, 3) for n in (1, 2, 3)]
    wishes = tuple(Wish(f"N{n}", f"O{m}", 10 * n + m, n == m) for n in (1, 2, 3) for m in (1, 2, 3) if (n, m) != (3, 1))
    return Problem(slots(3), seats, tuple(people), wishes, frozenset(forbidden), tuple(fixed))


def held(problem: Problem, *meetings: str) -> dict:
    """A plan's values from words like "N1 O2 S01 T1"."""
    return plain_plan(problem, [Meeting(*words.split()) for words in meetings])


# no fault


@quick
@given(problems(fixed="consistent", once=True))
def test_a_plan_made_by_hand_has_no_fault(problem):
    assert faults(problem, plain_plan(problem, first_come(problem))) == []


def test_a_big_plan_made_by_hand_has_no_fault():
    problem = random_problem(1, 60, 50, 8, 14, 8)
    plan = plain_plan(problem, first_come(problem))
    assert len(plan["meetings"]) > 80
    assert faults(problem, plan) == []


def test_an_empty_plan_of_an_empty_problem_has_no_fault():
    problem = Problem((), (), (), ())
    assert faults(problem, plain_plan(problem, []) | {"status": "optimal"}) == []


# one rule each


def broken(rule: str) -> tuple[Problem, dict]:
    """A problem and a plan that keeps every rule but one."""
    fair = small()
    fixed = Meeting("N1", "O1", "S01", "T1")
    third = Once("Kari", frozenset({Pair("N1", "O1"), Pair("N2", "O2")}))
    plans = {
        "not_wished": (fair, held(fair, "N3 O1 S01 T1")),
        "forbidden": (fenced := small(forbidden=[Pair("N1", "O1")]), held(fenced, "N1 O1 S01 T1")),
        "pair_twice": (fair, held(fair, "N1 O1 S01 T1") | {"meetings": held(fair, "N1 O1 S01 T1", "N1 O1 S02 T1")["meetings"]}),
        "two_at_once": (fair, held(fair, "N1 O1 S01 T1", "N1 O2 S01 T2")),
        "unavailable": (away := small(away=["S02"]), held(away, "N1 O1 S02 T1")),
        "too_many": (few := small(most=1), held(few, "N1 O1 S01 T1", "N1 O2 S02 T1")),
        "once": (shared := changed(fair, once=(third,)), held(shared, "N1 O1 S01 T1", "N2 O2 S01 T2")),
        "once_unavailable": (late := changed(fair, once=(changed(third, unavailable=frozenset({"S01"})),)), held(late, "N1 O1 S01 T1")),
        "table_twice": (fair, held(fair, "N1 O1 S01 T1", "N2 O2 S01 T1")),
        "table_closed": (shut := changed(fair, closed=frozenset({Seat("S01", "T1")})), held(shut, "N1 O1 S01 T1")),
        "fixed_moved": (tied := small(fixed=[fixed]), held(tied, "N1 O1 S01 T2")),
        "unknown": (fair, held(fair, "N1 O1 S09 T1")),
        "count_musts": (fair, held(fair, "N1 O1 S01 T1") | {"musts": 2}),
        "count_shortfall": (fair, held(fair, "N1 O1 S01 T1") | {"shortfall": 2}),
        "count_value": (fair, held(fair, "N1 O1 S01 T1") | {"value": 12}),
        "bound": (fair, held(fair, "N1 O1 S01 T1") | {"bound": {"musts": 1, "shortfall": 0, "value": 10}}),
        "status": (fair, held(fair, "N1 O1 S01 T1") | {"bound": {"musts": 1, "shortfall": 0, "value": 99}, "status": "optimal"}),
        "unplaced": (fair, held(fair, "N1 O1 S01 T1") | {"unplaced": [{"need": "N1", "offer": "O1", "reason": "full"}]}),
        "malformed": (fair, {key: value for key, value in held(fair, "N1 O1 S01 T1").items() if key != "seconds"}),
    }
    return plans[rule]


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_named_when_it_alone_is_broken(rule):
    assert rules(*broken(rule)) == [rule]


@pytest.mark.parametrize("rule", ["two_at_once", "unavailable"])
def test_a_fault_names_the_person_and_the_time(rule):
    (fault,) = faults(*broken(rule))
    assert fault.where == "N1"
    assert "S0" in fault.words
    assert "O1" in fault.words
    assert str(fault) == f"{rule}: N1: {fault.words}"


def test_a_person_on_the_wrong_side_is_unknown_there():
    problem = small()
    plan = held(problem) | {"meetings": [{"need": "O1", "offer": "N1", "slot": "S01", "table": "T1"}]}
    found = faults(problem, plan)
    assert {fault.rule for fault in found} == {"unknown", "not_wished"}
    assert "O1 stands as the need, but is on the other side" in [fault.words for fault in found]


def test_every_broken_rule_is_listed_and_in_one_order():
    problem = small(away=["S01"], most=1, forbidden=[Pair("N1", "O1")], fixed=[Meeting("N2", "O2", "S03", "T1")])
    plan = held(problem, "N1 O1 S01 T1", "N1 O2 S01 T1", "N3 O1 S02 T9") | {"value": 1, "musts": 0, "status": "perfect"}
    wanted = ["malformed", "unknown", "not_wished", "forbidden", "two_at_once", "unavailable", "too_many", "table_twice", "fixed_moved"]
    assert rules(problem, plan) == [*wanted, "count_musts", "count_value"]
    assert faults(problem, plan) == faults(problem, copy.deepcopy(plan))


# figures and claims


def test_a_bound_is_read_in_the_order_of_the_goals():
    problem = small(least=2)
    plan = held(problem, "N1 O1 S01 T1")
    assert (plan["musts"], plan["shortfall"], plan["value"]) == (1, 5, 11)
    at = lambda musts, shortfall, value: rules(problem, plan | {"bound": {"musts": musts, "shortfall": shortfall, "value": value}})  # noqa: E731
    assert at(3, 0, 99) == []
    assert at(2, 5, 0) == []
    assert at(0, 5, 11) == ["bound"]
    assert at(1, 6, 11) == ["bound"]
    assert at(1, 5, 10) == ["bound"]


@pytest.mark.parametrize("goal", ["musts", "shortfall", "value"])
def test_optimal_means_equal_to_every_bound(goal):
    problem = small(least=2)
    plan = held(problem, "N1 O1 S01 T1") | {"status": "optimal"}
    assert rules(problem, plan) == []
    plan["bound"][goal] += -1 if goal == "shortfall" else 1
    (fault,) = faults(problem, plan)
    assert (fault.rule, fault.where) == ("status", goal)


def test_infeasible_is_a_claim_that_only_broken_fixed_meetings_bear_out():
    fair = small()
    hopeless = small(away=["S01"], fixed=[Meeting("N1", "O1", "S01", "T1")])
    assert rules(fair, held(fair) | {"status": "infeasible"}) == ["status"]
    assert rules(fair, held(fair, "N1 O1 S01 T1") | {"status": "infeasible"}) == ["status"]
    assert rules(hopeless, held(hopeless) | {"status": "infeasible"}) == []
    assert [fault.rule for fault in fixed_faults(hopeless)] == ["unavailable"]
    assert rules(hopeless, held(hopeless)) == ["fixed_moved"]
    assert rules(hopeless, held(hopeless, "N1 O1 S01 T1")) == ["unavailable"]


def test_what_is_unplaced_is_wished_and_not_in_the_plan():
    problem = small()
    row = lambda need, offer: {"need": need, "offer": offer, "reason": "full"}  # noqa: E731
    plan = held(problem, "N1 O1 S01 T1") | {"unplaced": [row("N2", "O2"), row("N2", "O2"), row("N3", "O1"), row("N1", "O1")]}
    assert [fault.words for fault in faults(problem, plan)] == [
        "N2 – O2 stand there twice",
        "nobody wished that N3 – O1 meet",
        "N1 – O1 meet in the plan",
    ]


# planted in plans of every kind


def edited(plan: dict, **values) -> dict:
    return json.loads(json.dumps(plan)) | values


@st.composite
def planted(draw, rule: str) -> tuple[Problem, dict]:
    """A random problem and a plan that is right but for one fault of one rule, planted where there is room for it."""
    problem = draw(problems(fixed="consistent", once=rule.startswith("once"), roomy=rule in {"once", "table_twice", "fixed_moved"}))
    meetings = first_come(problem)
    plan = plain_plan(problem, meetings)
    if rule == "not_wished":
        wishes = tuple(wish for wish in problem.wishes if wish.pair != meetings[-1].pair) if meetings else ()
        assume(meetings)
        problem = changed(problem, wishes=wishes)
        plan = plain_plan(problem, meetings)
        plan["unplaced"] = []
    elif rule == "forbidden":
        assume(meetings)
        problem = changed(problem, forbidden=problem.forbidden | {draw(st.sampled_from(meetings)).pair})
    elif rule == "unavailable":
        assume(meetings)
        late = draw(st.sampled_from(meetings))
        person = draw(st.sampled_from(late.pair))
        problem = with_person(problem, person, unavailable=problem.by_id[person].unavailable | {late.slot})
    elif rule == "too_many":
        assume(meetings)
        person = draw(st.sampled_from(draw(st.sampled_from(meetings)).pair))
        problem = with_person(problem, person, max_meetings=sum(person in meeting.pair for meeting in meetings) - 1)
    elif rule == "once":
        together = [(a, b) for a in meetings for b in meetings if a.slot == b.slot and a.table < b.table]
        assume(together)
        pairs = frozenset(meeting.pair for meeting in draw(st.sampled_from(together)))
        problem = changed(problem, once=(*problem.once, Once("Kari", pairs)))
    elif rule == "once_unavailable":
        assume(meetings)
        late = draw(st.sampled_from(meetings))
        problem = changed(problem, once=(*problem.once, Once("Kari", frozenset({late.pair}), frozenset({late.slot}))))
    elif rule == "table_twice":
        together = [(a, b) for a in meetings for b in meetings if a.slot == b.slot and a.table < b.table and b not in problem.fixed]
        assume(together)
        one, other = draw(st.sampled_from(together))
        plan["meetings"] = [m._asdict() for m in (meeting if meeting != other else other._replace(table=one.table) for meeting in meetings)]
    elif rule == "table_closed":
        assume(meetings)
        problem = changed(problem, closed=problem.closed | {draw(st.sampled_from(meetings)).seat})
    elif rule == "fixed_moved":
        free = [m for m in meetings if m not in problem.fixed]
        assume(free and len(problem.tables) > 1)
        moved = draw(st.sampled_from(free))
        elsewhere = draw(st.sampled_from([table for table in problem.tables if table != moved.table]))
        problem = changed(problem, fixed=(*problem.fixed, moved._replace(table=elsewhere)))
    elif rule.startswith("count_"):
        plan[rule.removeprefix("count_")] += draw(st.integers(1, 9))
    return problem, edited(plan)


PLANTED = ["not_wished", "forbidden", "unavailable", "too_many", "once", "once_unavailable", "table_twice", "table_closed", "fixed_moved"]
PLANTED += ["count_musts", "count_shortfall", "count_value"]


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_fault_is_found_and_nothing_else(rule):
    @rare
    @given(planted(rule))
    def found_alone(case):
        problem, plan = case
        assert set(rules(problem, plan)) == {rule}

    found_alone()


@rare
@given(problems(fixed="none"), st.data())
def test_a_meeting_held_at_the_time_of_another_is_found(problem, data):
    meetings = first_come(problem)
    pairs = [(a, b) for a in meetings for b in meetings if a != b and set(a.pair) & set(b.pair)]
    assume(pairs)
    one, other = data.draw(st.sampled_from(pairs))
    taken = {m.table for m in meetings if m.slot == one.slot}
    free = [table for table in problem.tables if table not in taken]
    moved = other._replace(slot=one.slot, table=free[0] if free else other.table)
    found = set(rules(problem, plain_plan(problem, [moved if m == other else m for m in meetings])))
    assert "two_at_once" in found
    assert found <= {"two_at_once", "unavailable", "table_twice", "table_closed"}


# whatever the file holds


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), st.just(10**300)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@quick
@given(problems(most=3), st.data())
@example(Problem((), (), (), ()), None)
def test_a_spoilt_file_is_told_and_never_raises(problem, data):
    if data is None:
        assert set(rules(problem, 3)) == {"malformed"}
        return
    plan = edited(plain_plan(problem, first_come(problem) if consistent(problem) else []))
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(plan, data)
    told = faults(problem, plan)
    assert all(fault.words.isprintable() and fault.where.isprintable() for fault in told)
    assert all(fault.rule in RULES for fault in told)


def spoil(plan: dict, data) -> None:
    """Put something else in one place of a plan, at the top or a row down."""
    key = data.draw(st.sampled_from(sorted(plan)))
    value, other = plan[key], data.draw(plain)
    if isinstance(value, list) and value and data.draw(st.booleans()):
        nth = data.draw(st.integers(0, len(value) - 1))
        if isinstance(value[nth], dict) and data.draw(st.booleans()):
            value[nth][data.draw(st.sampled_from(sorted(value[nth])))] = other
        else:
            value[nth] = other
    elif data.draw(st.booleans()):
        del plan[key]
    else:
        plan[key] = other


@pytest.mark.parametrize("plan", [None, [], "plan", {}, float("nan"), {"version": True}, {"musts": -(10**5000), "version": {}}])
def test_what_is_no_plan_lists_all_that_is_missing(plan):
    found = faults(small(), plan)
    assert {fault.rule for fault in found} == {"malformed"}
    assert {"meetings", "musts", "bound", "status", "seconds", "unplaced", "relaxations"} <= {fault.where for fault in found}


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_of_the_format_is_read(status):
    problem = small()
    assert "malformed" not in rules(problem, held(problem) | {"status": status})


def test_a_problem_read_back_is_judged_the_same():
    from matchmaker.planner.reading import problem_from

    problem = random_problem(2, 12, 10, 5, 4, 5)
    assert problem_from(json.loads(json.dumps(as_plain(problem)))) == problem
