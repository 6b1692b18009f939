"""Reasons in words a coordinator understands, and relaxations that were tried before they are said."""

from dataclasses import replace

from hypothesis import given, settings

from matchmaker.planner.explaining import explained, relaxation_words, words
from matchmaker.planner.problem import Meeting, Once, Pair, Participant, Problem, Wish
from matchmaker.planner.reasons import missing, why_not, why_short
from matchmaker.planner.relaxing import Change, changed, relaxations
from matchmaker.planner.solve import priced, reached, solve
from tests.planner.problems import problems, random_problem, slots, tables


def people(*rows: tuple[str, set[str], int, int]) -> tuple[Participant, ...]:
    return tuple(Participant(id_, "need" if id_[0] == "N" else "offer", frozenset(away), least, most) for id_, away, least, most in rows)


TWO = Problem(slots(2), tables(1), people(("N1", set(), 0, 2), ("N2", set(), 0, 2), ("O1", set(), 0, 1), ("O2", set(), 0, 2)), ())


def with_wishes(problem: Problem, *wishes: Wish) -> Problem:
    return replace(problem, wishes=wishes)


def reason(problem: Problem, need: str, offer: str) -> str:
    return words(why_not(problem, solve(problem).meetings, Pair(need, offer)))


def test_a_pair_that_must_not_meet_is_told_so():
    problem = replace(with_wishes(TWO, Wish("N1", "O1", 5)), forbidden=frozenset({Pair("N1", "O1")}))
    assert reason(problem, "N1", "O1") == "N1 and O1 must not meet"


def test_two_who_are_never_free_together_are_told_so():
    away = people(("N1", {"S01"}, 0, 2), ("O1", {"S02"}, 0, 2))
    problem = replace(with_wishes(TWO, Wish("N1", "O1", 5)), participants=away)
    assert reason(problem, "N1", "O1") == "N1 and O1 have no slot in common"


def test_a_partner_who_has_enough_meetings_is_named():
    problem = with_wishes(TWO, Wish("N1", "O1", 9), Wish("N2", "O1", 5))
    assert reason(problem, "N2", "O1") == "O1 has all of its 1 meetings"


def test_tables_that_are_all_taken_are_named():
    problem = replace(with_wishes(TWO, Wish("N1", "O1", 9), Wish("N2", "O2", 5)), slots=slots(1))
    assert reason(problem, "N2", "O2") == "all tables are taken in the 1 slots in which both are free"


def test_who_is_short_of_slots_of_partners_or_of_luck_is_told_which():
    short = replace(
        with_wishes(TWO, Wish("N1", "O1", 9), Wish("N2", "O1", 5), Wish("N2", "O2", 5)),
        participants=people(("N1", set(), 2, 2), ("N2", {"S01", "S02"}, 2, 2), ("O1", set(), 0, 1), ("O2", set(), 0, 2)),
    )
    assert words(why_short(short, "N2")) == "N2 is free in 0 slots and must meet 2"
    assert words(why_short(short, "N1")) == "N1 has 1 possible partners and must meet 2"
    assert missing(short, solve(short).meetings) == {"N2": 2, "N1": 1}


def test_the_slot_in_which_a_must_could_be_met_is_found():
    problem = replace(with_wishes(TWO, Wish("N1", "O1", 9, must=True)), participants=people(("N1", {"S01"}, 0, 2), ("O1", {"S02"}, 0, 2)))
    best, *_ = relaxations(problem, solve(problem))
    assert len(best.changes) == 1
    assert best.changes[0] in (Change("available", "N1", "S01"), Change("available", "O1", "S02"))
    assert (best.musts, best.shortfall) == (1, 0)


def test_a_table_that_is_missing_is_found():
    problem = replace(with_wishes(TWO, Wish("N1", "O1", 9, must=True), Wish("N2", "O2", 9, must=True)), slots=slots(1))
    assert relaxations(problem, solve(problem))[0].changes == (Change("table"),)


def test_two_changes_are_found_where_one_does_not_help():
    away = people(("N1", {"S01"}, 1, 1), ("N2", set(), 0, 1), ("O1", {"S02"}, 0, 0))
    problem = replace(with_wishes(TWO, Wish("N1", "O1", 9, must=True)), participants=away)
    kinds = [change.kind for change in relaxations(problem, solve(problem))[0].changes]
    assert sorted(kinds) == ["available", "maximum"]


SHARED = Once("Kari", frozenset({Pair("N1", "O1"), Pair("N2", "O2")}))
BOTH_MUSTS = replace(with_wishes(TWO, Wish("N1", "O1", 9, must=True), Wish("N2", "O2", 9, must=True)), slots=slots(1), tables=tables(2), once=(SHARED,))


def test_who_sits_in_elsewhere_is_named_and_so_is_what_would_help():
    plan = explained(BOTH_MUSTS, solve(BOTH_MUSTS))
    (unplaced,) = plan.unplaced
    assert unplaced.reason == f"Kari is to sit in with {unplaced.need} and {unplaced.offer}, and is busy in the 1 slots in which both are free"
    assert plan.relaxations == (f"{unplaced.need} and {unplaced.offer} meet without Kari: 1 more must placed",)


def test_who_cannot_come_to_sit_in_is_named_and_so_is_what_would_help():
    away = replace(BOTH_MUSTS, slots=slots(2), once=(replace(SHARED, unavailable=frozenset({"S01"})),), wishes=BOTH_MUSTS.wishes[:1], tables=tables(1))
    away = replace(away, participants=people(("N1", {"S02"}, 1, 2), ("O1", set(), 0, 2)), once=(replace(away.once[0], pairs=frozenset({Pair("N1", "O1")})),))
    plan = explained(away, solve(away))
    assert [each.reason for each in plan.unplaced] == ["Kari is to sit in with N1 and O1, and cannot come in the 1 slots in which both are free"]
    assert plan.short == ("those N1 may meet are taken, or Kari is, or the tables: it has 1 possible partners and must meet 1",)
    found = relaxations(away, solve(away))
    assert [relaxation_words(each) for each in found] == ["N1 and O1 meet without Kari: 1 more must placed, 1 fewer meetings missing"]
    asked = changed(away, [Change("person", "Kari", "S01")])
    assert reached(asked, ("musts", "shortfall"), seconds=5) == ((1, 0), True)


def test_fixed_meetings_that_one_person_should_sit_in_on_at_once_contradict_each_other():
    problem = replace(BOTH_MUSTS, fixed=(Meeting("N1", "O1", "S01", "T01"), Meeting("N2", "O2", "S01", "T02")))
    plan = explained(problem, solve(problem))
    assert (plan.status, plan.relaxations) == ("infeasible", ("Kari sits in with N2 and O2, and in another fixed meeting at once",))


@settings(max_examples=15)
@given(problems(fixed="consistent", most=5, once=True))
def test_every_relaxation_brings_what_it_says(problem):
    plan = solve(problem)
    for found in relaxations(problem, plan):
        (musts, shortfall), proven = reached(changed(problem, found.changes), ("musts", "shortfall"), seconds=20)
        assert proven
        assert (musts - plan.musts, shortfall + plan.shortfall) == (found.musts, found.shortfall)
        assert (found.musts, found.shortfall) > (0, 0)


@settings(max_examples=15)
@given(problems(fixed="consistent", most=5, once=True))
def test_each_wish_stands_in_the_plan_or_has_its_reason(problem):
    plan = explained(problem, solve(problem))
    held = {meeting.pair for meeting in plan.meetings}
    assert {(row.need, row.offer) for row in plan.unplaced} == {wish.pair for wish in problem.wishes} - held
    assert all(row.reason and "no time" not in row.reason for row in plan.unplaced)


def test_fixed_meetings_that_contradict_each_other_are_named():
    problem = replace(with_wishes(TWO, Wish("N1", "O1", 9), Wish("N2", "O1", 9)), fixed=(Meeting("N1", "O1", "S01", "T01"), Meeting("N2", "O1", "S01", "T01")))
    plan = explained(problem, solve(problem))
    assert plan.status == "infeasible"
    assert set(plan.relaxations) == {
        "another meeting is fixed at the table of N2 and O1",
        "N2 or O1 has two fixed meetings at once",
        "N2 or O1 has more fixed meetings than it may have",
    }


def test_the_minima_cost_what_is_gained_without_them():
    problem = random_problem(7, 16, 12, 5, 4, 5)
    plan = priced(problem, solve(problem))
    free = replace(problem, participants=tuple(replace(each, min_meetings=0) for each in problem.participants))
    assert plan.price == {"shortfall": solve(free).value - plan.value}
    assert plan.price["shortfall"] > 0


def test_the_unexpected_meetings_cost_what_is_gained_without_them():
    problem = random_problem(8, 10, 8, 4, 4, 4)
    odd = replace(problem, unexpected=1, wishes=tuple(replace(wish, value=1, unexpected=True) if at % 4 == 0 else wish for at, wish in enumerate(problem.wishes)))
    plan = priced(odd, solve(odd))
    assert plan.price["unexpected"] == solve(replace(odd, unexpected=0)).value - plan.value > 0


def test_a_goal_without_which_there_would_be_less_has_no_price():
    """Without the old meetings to keep, the surprises take their room: the wishes would lose by it."""
    problem, old = random_problem(19, 6, 5, 4, 3, 3), solve(random_problem(119, 6, 5, 4, 3, 3)).meetings
    odd = replace(problem, unexpected=2, wishes=tuple(replace(wish, value=1, unexpected=True) if at % 3 == 0 else wish for at, wish in enumerate(problem.wishes)))
    plan = priced(odd, solve(odd, keep=old), keep=old)
    assert plan.price["kept"] is None
    assert plan.price["shortfall"] == 55
