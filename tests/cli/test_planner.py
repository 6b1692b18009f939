"""planner solve and planner check."""

import json

import pytest

from matchmaker.planner.check import faults
from matchmaker.planner.reading import problem_from
from tests.planner.problems import as_plain, changed, random_problem, with_person
from tests.planner.test_files import good

pytestmark = pytest.mark.one_database("sqlite")  # files in and files out


@pytest.fixture
def run(made_app, tmp_path):
    """`run("check", a=problem, b=plan)` writes the values to files and gives the answer of `planner check a.json b.json`."""

    def command(verb, *more, **values):
        paths = []
        for name, value in values.items():
            path = tmp_path / f"{name}.json"
            path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
            paths.append(str(path))
        answer = made_app.test_cli_runner().invoke(args=["planner", verb, *paths, *(str(each) for each in more)])
        assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
        return answer

    return command


@pytest.fixture
def problem():
    return random_problem(7, 14, 12, 5, 4, 5)


def read(path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_plan_is_written_that_the_check_passes(run, problem, tmp_path):
    out = tmp_path / "plan.json"
    made = run("solve", "--out", out, "--seconds", 20, problem=as_plain(problem))
    assert made.exit_code == 0, made.output
    plan = read(out)
    assert faults(problem, plan) == []
    assert f"status     {plan['status']}" in made.output
    assert f"value      {plan['value']} (at most {plan['bound']['value']}, gap 0.00 %)" in made.output
    assert "changed" not in made.output
    checked = run("check", out, problem=as_plain(problem))
    assert (checked.exit_code, checked.output) == (0, "no faults\n")


def test_a_must_that_found_no_room_is_printed_with_its_reason(run, tmp_path):
    value = good() | {"fixed": []}
    value["participants"][1]["unavailable"] = ["S1"]
    answer = run("solve", "--out", tmp_path / "plan.json", problem=value)
    assert answer.exit_code == 0, answer.output
    assert "musts      0 of 1 placed (at most 0)" in answer.output
    assert "must not placed: N1 – O1: " in answer.output
    assert "what would help: " in answer.output


def test_an_old_plan_is_kept_and_what_changes_is_said_by_person(run, problem, tmp_path):
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    run("solve", "--out", old, "--seconds", 20, problem=as_plain(problem))
    same = run("solve", "--out", new, "--keep", old, problem=as_plain(problem))
    assert "changed    for 0 people" in same.output
    left = read(old)["meetings"][0]
    gone = with_person(problem, left["need"], unavailable=frozenset(slot.id for slot in problem.slots))
    answer = run("solve", "--out", new, "--keep", old, problem=as_plain(gone))
    assert answer.exit_code == 0, answer.output
    assert faults(gone, read(new)) == []
    assert f"  {left['need']}: no longer meets {left['offer']} ({left['slot']}, {left['table']})" in answer.output
    assert f"  {left['offer']}: no longer meets {left['need']} ({left['slot']}, {left['table']})" in answer.output


def test_broken_rules_are_listed_and_the_status_is_one(run, problem, tmp_path):
    out = tmp_path / "plan.json"
    run("solve", "--out", out, "--seconds", 20, problem=as_plain(problem))
    plan = read(out)
    plan["meetings"][0]["table"] = "nowhere\n"
    plan["value"] += 1
    answer = run("check", a=as_plain(problem), b=plan)
    assert answer.exit_code == 1
    assert answer.output.splitlines() == [*(str(fault) for fault in faults(problem, plan)), "2 faults"]
    assert "unknown: meetings[0]: there is no table 'nowhere\\n'" in answer.output


def test_fixed_meetings_that_cannot_stand_are_said_by_both(run, tmp_path):
    value = good()
    value["fixed"][0]["slot"] = "S2"
    out = tmp_path / "plan.json"
    made = run("solve", "--out", out, problem=value)
    assert made.exit_code == 0, made.output
    assert "status     infeasible" in made.output
    assert "fixed meetings break a rule: unavailable: N1: " in made.output
    checked = run("check", out, problem=value)
    assert checked.exit_code == 0
    assert "so no plan can keep them all" in checked.output
    assert faults(changed(problem_from(value), fixed=()), read(out)) != []


@pytest.mark.parametrize("verb", ["solve", "check"])
def test_a_bad_problem_is_told_with_every_fault_and_the_status_is_two(run, tmp_path, verb):
    value = good() | {"version": 3, "tables": "T1"}
    more = ("--out", tmp_path / "plan.json") if verb == "solve" else ()
    answer = run(verb, *more, a=value, **({} if verb == "solve" else {"b": {}}))
    assert answer.exit_code == 2
    assert answer.output.splitlines() == [
        f"{tmp_path / 'a.json'} cannot be used:",
        "  version: 1 is read here, not 3",
        "  tables.tables: a list of texts is wanted",
        "  fixed[0]: there is no table 'T1'",
    ]
    assert not (tmp_path / "plan.json").exists()


def test_a_plan_that_is_no_json_or_no_plan(run):
    assert run("check", a=good(), b="{").exit_code == 2
    answer = run("check", a=good(), b="[]")
    assert answer.exit_code == 1
    assert "malformed: plan: an object is wanted, not a list" in answer.output


def test_a_bad_old_plan_is_told_before_anything_is_planned(run, tmp_path):
    (tmp_path / "old.json").write_text('{"version": 1}', encoding="utf-8")
    answer = run("solve", "--out", tmp_path / "plan.json", "--keep", tmp_path / "old.json", problem=good())
    assert (answer.exit_code, answer.output.splitlines()) == (2, [f"{tmp_path / 'old.json'} cannot be used:", "  meetings: a list is wanted"])


def test_a_place_that_cannot_be_written_is_told_before_anything_is_planned(run, tmp_path):
    answer = run("solve", "--out", tmp_path / "none" / "plan.json", problem=good())
    assert answer.exit_code == 2
    assert "there is no folder" in answer.output


def test_ids_that_no_line_can_hold_are_written_as_codes(run, tmp_path):
    text = json.dumps(good()).replace("N1", "N\\ud800\\u001b[2J")
    out = tmp_path / "plan.json"
    assert run("solve", "--out", out, problem=text).exit_code == 0
    assert run("check", out, problem=text).output == "no faults\n"
    plan = read(out) | {"meetings": []}
    answer = run("check", a=text, b=plan)
    assert "\\ud800\\x1b[2J" in answer.output
    assert "\x1b" not in answer.output
