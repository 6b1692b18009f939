"""Problem and plan files: what is read is what was written, and a bad file is told with every fault in it."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.planner.check import faults
from matchmaker.planner.problem import Bound, Meeting, Once, Pair, Plan, Problem
from matchmaker.planner.reading import ProblemError, problem_from, read_meetings, read_problem
from tests.planner.problems import as_plain, first_come, plain_plan, problems

quick = settings(max_examples=50)


def good() -> dict:
    """The plain values of a small problem that has one of everything."""
    return {
        "version": 1,
        "title": "Partnertreff",
        "timezone": "Europe/Oslo",
        "slots": [
            {"id": "S1", "start": "2027-03-11T09:00:00", "end": "2027-03-11T09:20:00"},
            {"id": "S2", "start": "2027-03-11T09:25:00", "end": "2027-03-11T09:45:00"},
        ],
        "tables": ["T1"],
        "participants": [
            {"id": "N1", "side": "need", "unavailable": ["S2"], "min_meetings": 1, "max_meetings": 2},
            {"id": "O1", "side": "offer", "unavailable": [], "min_meetings": 0, "max_meetings": 2},
            {"id": "O2", "side": "offer", "unavailable": [], "min_meetings": 0, "max_meetings": 2},
        ],
        "wishes": [{"need": "N1", "offer": "O1", "value": 50, "must": True}],
        "forbidden": [{"need": "N1", "offer": "O2"}],
        "fixed": [{"need": "N1", "offer": "O1", "slot": "S1", "table": "T1"}],
    }


def told(value) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        problem_from(value)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


@quick
@given(problems(unexpected=True, once=True))
def test_a_problem_is_read_as_it_was_written(problem):
    assert problem_from(json.loads(json.dumps(as_plain(problem)))) == problem


def test_a_problem_file_is_read(tmp_path):
    (tmp_path / "problem.json").write_text(json.dumps(good()), encoding="utf-8")
    problem = read_problem(tmp_path / "problem.json")
    assert problem.fixed == (Meeting("N1", "O1", "S1", "T1"),)
    assert problem.free("N1") == {"S1"}
    assert problem.unexpected == 0


@pytest.mark.parametrize("name", ["conference_24x52", "conference_31x54", "conference_146x176"])
def test_the_public_problems_are_read_and_written_back_the_same(shared, name):
    path = shared / "plans" / f"{name}.json"
    problem = read_problem(path)
    written = as_plain(problem)
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert {key: written[key] for key in ("slots", "tables", "title", "fixed", "forbidden")} == {key: raw[key] for key in ("slots", "tables", "title", "fixed", "forbidden")}
    assert len(problem.wishes) == len(raw["wishes"])


def test_who_sits_in_is_read_and_what_is_wrong_with_it_is_told():
    assert problem_from(good() | {"once": [{"who": "Kari", "pairs": [["N1", "O1"]]}]}).once == (Once("Kari", frozenset({Pair("N1", "O1")})),)
    rows = [{"who": 7, "pairs": [["O1", "N1"]], "unavailable": ["S9"]}, {"who": "Kari", "pairs": [["N1"]]}, {"who": "Per"}, 4]
    assert told(good() | {"once": rows}) == [
        "once[0].unavailable: there is no slot 'S9'",
        "once[0].pairs[0].need: there is no participant 'O1' on this side",
        "once[0].pairs[0].offer: there is no participant 'N1' on this side",
        "once[0].who: a text is wanted, not 7",
        "once[1].pairs: a list of pairs [need, offer] is wanted",
        "once[2].pairs: a list of pairs [need, offer] is wanted",
        "once[3]: an object is wanted",
    ]


def test_what_may_be_missing_has_its_ordinary_value():
    value = good()
    for key in ("title", "timezone", "forbidden", "fixed"):
        del value[key]
    del value["participants"][0]["max_meetings"], value["participants"][0]["min_meetings"], value["wishes"][0]["must"]
    problem = problem_from(value)
    assert (problem.by_id["N1"].min_meetings, problem.by_id["N1"].max_meetings) == (0, 2)
    assert problem.wishes[0].must is False
    assert problem.timezone == "Europe/Oslo"


FAULTS = {
    "no version": (lambda v: v.pop("version"), "version: 1 is read here, not None"),
    "another version": (lambda v: v.update(version=2), "version: 1 is read here, not 2"),
    "a version that is no number": (lambda v: v.update(version=True), "version: 1 is read here, not True"),
    "no wishes": (lambda v: v.pop("wishes"), "wishes: a list is wanted"),
    "no tables": (lambda v: v.pop("tables"), "tables.tables: a list of texts is wanted"),
    "no list": (lambda v: v.update(wishes={}), "wishes: a list is wanted"),
    "no object": (lambda v: v["wishes"].append(3), "wishes[1]: an object is wanted"),
    "a slot that ends first": (lambda v: v["slots"][0].update(end="2027-03-11T08:00:00"), "slots[0]: ends before it starts"),
    "no time": (lambda v: v["slots"][0].update(start="nine"), "slots[0]: start and end must be ISO 8601 times of one kind"),
    "two kinds of time": (lambda v: v["slots"][1].update(end="2027-03-11T10:00:00+01:00"), "slots[1]: start and end must be ISO 8601 times of one kind"),
    "tables that are no texts": (lambda v: v.update(tables=["T1", 2]), "tables.tables: a list of texts is wanted"),
    "a third side": (lambda v: v["participants"][2].update(side="both"), "participants[2].side: need or offer, not 'both'"),
    "an unknown slot": (lambda v: v["participants"][1].update(unavailable=["S7"]), "participants[1].unavailable: there is no slot 'S7'"),
    "less than nothing": (lambda v: v["participants"][1].update(max_meetings=-1), "participants[1].max_meetings: a whole number from 0 is wanted, not -1"),
    "true as a number": (lambda v: v["participants"][1].update(min_meetings=True), "participants[1].min_meetings: a whole number from 0 is wanted, not True"),
    "a value too high": (lambda v: v["wishes"][0].update(value=101), "wishes[0].value: 1 to 100, not 101"),
    "half a value": (lambda v: v["wishes"][0].update(value=50.5), "wishes[0].value: a whole number from 0 is wanted, not 50.5"),
    "a must in words": (lambda v: v["wishes"][0].update(must="yes"), "wishes[0].must: true or false is wanted, not 'yes'"),
    "a wish across": (lambda v: v["wishes"][0].update(need="O1"), "wishes[0].need: there is no participant 'O1' on this side"),
    "somebody unknown": (lambda v: v["forbidden"][0].update(offer="O9"), "forbidden[0].offer: there is no participant 'O9' on this side"),
    "fixed nowhere": (lambda v: v["fixed"][0].update(table="T9"), "fixed[0]: there is no table 'T9'"),
    "fixed at no time": (lambda v: v["fixed"][0].update(slot="S9"), "fixed[0]: there is no slot 'S9'"),
    "a wish twice": (lambda v: v["wishes"].append(v["wishes"][0]), "wishes: N1 – O1 stands there twice"),
    "a fixed meeting twice": (lambda v: v["fixed"].append(v["fixed"][0]), "fixed: N1 – O1 in S1 at T1 stands there twice"),
    "a person twice": (lambda v: v["participants"].append(v["participants"][0]), "participants: N1 stands there twice"),
    "a slot twice": (lambda v: v["slots"].append(v["slots"][0]), "slots: S1 stands there twice"),
    "a table twice": (lambda v: v["tables"].append("T1"), "tables: T1 stands there twice"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_a_problem_is_told_in_its_place(name):
    spoil, words = FAULTS[name]
    value = good()
    spoil(value)
    assert words in told(value)


def test_all_faults_are_told_at_once():
    value = good()
    for name in ("another version", "a slot that ends first", "less than nothing", "a must in words", "fixed nowhere", "a table twice"):
        FAULTS[name][0](value)
    assert told(value) == [
        "version: 1 is read here, not 2",
        "slots[0]: ends before it starts",
        "participants[1].max_meetings: a whole number from 0 is wanted, not -1",
        "wishes[0].must: true or false is wanted, not 'yes'",
        "fixed[0]: there is no table 'T9'",
        "tables: T1 stands there twice",
    ]


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "side", "need", "slot", "value"]), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150)
@given(st.data())
def test_whatever_is_put_in_a_problem_it_is_read_or_told(data):
    value = good() | {"once": [{"who": "Kari", "pairs": [["N1", "O1"]], "unavailable": ["S2"]}]}
    for _ in range(data.draw(st.integers(1, 3))):
        key = data.draw(st.sampled_from(sorted(value)))
        rows = value[key]
        if isinstance(rows, list) and rows and isinstance(rows[0], dict) and rows[0] and data.draw(st.booleans()):
            rows[0][data.draw(st.sampled_from(sorted(rows[0])))] = data.draw(plain)
        else:
            value[key] = data.draw(plain)
    with contextlib.suppress(ProblemError):
        assert isinstance(problem_from(value), Problem)


@pytest.mark.parametrize("text", ["", "{", "[1, 2", "\x00", "[" * 100_000, '{"version": ' + "1" * 5000 + "}", '{"version": "\\ud8"}'])
def test_a_file_that_is_no_json_is_told_by_its_name(tmp_path, text):
    path = tmp_path / "problem.json"
    path.write_text(text, encoding="utf-8")
    for read in (read_problem, read_meetings):
        with pytest.raises(ProblemError, match=r"^problem\.json: "):
            read(path)


def test_a_file_in_another_encoding_is_told(tmp_path):
    path = tmp_path / "problem.json"
    path.write_bytes('{"title": "Møte"}'.encode("latin-1"))
    with pytest.raises(ProblemError, match=r"^problem\.json: "):
        read_problem(path)


@pytest.mark.parametrize("value", [None, 1, "problem", []])
def test_a_file_that_holds_no_object_is_told(value):
    assert told(value) == ["the file must hold one object", "slots: a list is wanted", "tables.tables: a list of texts is wanted", "participants: a list is wanted", "wishes: a list is wanted"]


@quick
@given(problems())
def test_the_meetings_of_a_plan_are_read_as_they_were_written(tmp_path_factory, problem):
    meetings = first_come(problem)
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    path.write_text(json.dumps(plain_plan(problem, meetings)), encoding="utf-8")
    assert read_meetings(path) == tuple(meetings)


def test_a_plan_that_cannot_be_mended_is_told(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"version": 1, "meetings": [{"need": "N1", "offer": 1, "slot": "S1"}, []]}), encoding="utf-8")
    with pytest.raises(ProblemError) as caught:
        read_meetings(path)
    assert caught.value.faults == [
        "meetings[0].offer: a text is wanted, not 1",
        "meetings[0].table: a text is wanted, not None",
        "meetings[1]: an object is wanted",
    ]


def test_a_plan_is_written_as_the_check_reads_it():
    problem = problem_from(good())
    plan = Plan(problem.fixed, 1, 0, 50, Bound(1, 0, 50), "optimal", 0.12345)
    written = json.loads(json.dumps(plan.as_json()))
    assert faults(problem, written) == []
    assert written["seconds"] == 0.123
    assert "price" not in written


def test_a_closed_table_is_one_of_the_problem_s_own():
    closed = good() | {"closed": [{"slot": "S2", "table": "T1"}]}
    assert problem_from(closed).seats == {"S1": 1, "S2": 0}
    assert told(closed | {"closed": [{"slot": "S9", "table": "T1"}, {"slot": "S1"}]}) == [
        "closed[0]: there is no slot 'S9'",
        "closed[1].table: a text is wanted, not None",
        "closed[1]: there is no table ''",
    ]


def test_the_side_that_stays_may_be_named_and_nothing_else(tmp_path):
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(good() | {"staying": "offer"}), encoding="utf-8")
    assert read_problem(file).staying == "offer"
    file.write_text(json.dumps(good() | {"staying": "everybody"}), encoding="utf-8")
    with pytest.raises(ProblemError) as found:
        read_problem(file)
    assert found.value.faults == ["staying: need or offer, not 'everybody'"]
