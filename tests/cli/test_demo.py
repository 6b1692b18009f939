"""The demo: what its files say, and that loading puts in all of it once."""

import json
import re
from collections import Counter
from itertools import combinations

import pytest
from sqlalchemy import func, select

from matchmaker.accounts.models import User
from matchmaker.accounts.rules import may_be_tried
from matchmaker.challenges.models import Challenge, Question
from matchmaker.challenges.states import State
from matchmaker.cli import demo
from matchmaker.cli.demo_facts import DATA, PASSWORD, address, rows
from matchmaker.core.audit import AuditEntry
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.core.queue import Job
from matchmaker.core.reference import counties, main_themes, municipalities, sdgs
from matchmaker.matches.models import Dismissal, Interest, Introduction, Message, Recommendation, Shortlisting
from matchmaker.meetings import bridge, outcomes, queries, rules
from matchmaker.meetings.board import Board
from matchmaker.meetings.models import Event, Plan
from matchmaker.meetings.outcomes import Held
from matchmaker.meetings.states import NextStep, PlanState
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.rules import roles
from matchmaker.profiles.models import Profile

SHOWCASES = {"matsvinn", "mobilitet", "fritidskort"}
REAL = {"totalctrl", "smart-cognition"}


def whole(row):
    """Everything a row says, on one line."""
    return " ".join(str(value) for name, value in row.items() if name not in {"key", "source"})


def sentences(row):
    return [each for name in ("summary", "problem", "how") for each in re.split(r"(?<=[.!?])\s+", row[name])]


def test_there_are_three_showcases_and_fifteen_invented_needs():
    keys = {row["key"] for row in rows("needs")}
    assert len(rows("needs")) == 18
    assert keys >= SHOWCASES


def test_there_are_sixty_profiles_two_of_them_real():
    assert len(rows("profiles")) == 60
    assert {row["key"] for row in rows("profiles") if row.get("real")} == REAL


def test_every_key_is_used_once():
    for name in ("needs", "profiles", "organisations", "accounts"):
        counted = Counter(row["key"] for row in rows(name))
        assert [key for key, count in counted.items() if count > 1] == []


def test_every_invented_row_says_demo_on_its_face():
    needs = [row["key"] for row in rows("needs") if row["key"] not in SHOWCASES and "(demo)" not in row["title"]]
    profiles = [row["key"] for row in rows("profiles") if row["key"] not in REAL and "(demo)" not in row["name"]]
    clusters = [row["key"] for row in rows("organisations") if not row["key"].startswith("halden-") and "(demo)" not in row["name"] + row["department"]]
    accounts = [row["key"] for row in rows("accounts") if not row["name"].startswith("Demo ")]
    customers = [row["key"] for row in rows("profiles") if row["key"] not in REAL for reference in row["references"] if "(demo)" not in reference[0]]
    ideas = [row for row in rows("story") for name in ("idea", "note", "feedback") if name in row and "(demo)" not in row[name]]
    assert (needs, profiles, clusters, accounts, customers, ideas) == ([], [], [], [], [], [])


@pytest.mark.parametrize("forbidden", ["svinn", "matavfall", "waste"])
def test_totalctrl_speaks_of_stock_and_dates_and_never_of_what_the_need_calls_it(forbidden):
    row = next(row for row in rows("profiles") if row["key"] == "totalctrl")
    said = " ".join([row["name"], row["summary"], row["problem"], row["how"], *(part for reference in row["references"] for part in reference[:3])]).lower()
    assert forbidden not in said
    assert "lager" in said
    assert "holdbarhetsdato" in said


def test_the_showcases_name_every_figure_with_its_source_also_where_they_disagree():
    source = {row["key"]: row["source"] for row in rows("needs") if row["key"] in SHOWCASES}
    wanted = {
        "matsvinn": ["over 50 prosent", "50–85 prosent", "1 million kroner", "−16,4 prosent", "−35,4 prosent", "fire sykehjemsenheter"],
        "mobilitet": ["2 375 000", "2,5 millioner", "40 leide", "20 leide", "20 elsykler", "120 tonn", "over 40 kommuner"],
        "fritidskort": ["over 10 millioner", "1000 kroner", "tolv kommuner", "193", "over 4000"],
    }
    assert {key: [figure for figure in figures if figure not in source[key]] for key, figures in wanted.items()} == {key: [] for key in wanted}
    assert all(re.search(r"\((?=[^)]*(?:20\d\d|uten dato|kommunes side))", line) for text in source.values() for line in text.split("\n- ")[1:])


def test_themes_goals_places_and_levels_exist():
    places = set(municipalities()) | set(counties())
    for row in rows("needs") + rows("profiles"):
        assert set(row["themes"]) <= set(main_themes()), row["key"]
        assert set(row["sdgs"]) <= set(sdgs()), row["key"]
        assert set(row.get("places", ())) <= places, row["key"]
        assert row.get("maturity_wanted", row.get("maturity")) in {None, *range(1, 10)}, row["key"]


def test_municipalities_stand_in_the_register_by_the_same_name():
    for row in rows("organisations"):
        if row["kind"] == "municipality":
            assert row["name"].split()[0] == municipalities()[row["municipality_number"]].name, row["key"]


def test_links_and_addresses_can_never_be_somebody_elses():
    links = [row["link"] for row in rows("profiles") if row["link"]]
    assert [link for link in links if not re.fullmatch(r"https://[a-z-]+\.example", link)] == []
    assert len(set(links)) == len(links)
    assert address("oppvekst").endswith(".example")


def test_profiles_are_five_to_twelve_concrete_sentences():
    assert {row["key"]: len(sentences(row)) for row in rows("profiles") if not 5 <= len(sentences(row)) <= 12} == {}


def test_no_two_texts_are_alike():
    said = {row["key"]: {word for word in re.findall(r"\w{4,}", whole(row).lower())} for row in rows("needs") + rows("profiles")}
    alike = [(a, b) for a, b in combinations(said, 2) if len(said[a] & said[b]) / len(said[a] | said[b]) > 0.35]
    assert alike == []
    every = [sentence for row in rows("profiles") for sentence in sentences(row)]
    assert [sentence for sentence, count in Counter(every).items() if count > 1] == []


def test_languages_are_mixed():
    assert Counter(row["language"] for row in rows("profiles")) == {"nb": 42, "nn": 10, "en": 8}
    assert set(row["language"] for row in rows("needs")) == {"nb", "nn", "en"}


def test_no_text_uses_a_word_the_interface_avoids():
    text = " ".join(path.read_text(encoding="utf-8") for path in DATA.glob("*.json"))
    assert re.findall(r"\b(?:KI|AI|kunstig intelligens|innovativ\w*|banebrytende|unik\w*|world-class|cutting-edge)\b", text, re.I) == []


def test_every_file_is_read_by_somebody():
    known = {json.dumps(row, sort_keys=True) for name in ("needs", "profiles", "organisations", "accounts", "story", "conference", "gathering") for row in rows(name)}
    found = {json.dumps(row, sort_keys=True) for path in DATA.glob("*.json") for row in json.loads(path.read_text(encoding="utf-8"))}
    assert found == known


@pytest.fixture
def loaded(app, once, monkeypatch):
    """The demo in the database, its jobs left waiting."""
    monkeypatch.setitem(app.extensions, "run_job", lambda number: None)
    once("demo", demo.load)
    return app


def count(kind, *conditions):
    return db.session.scalar(select(func.count()).select_from(kind).where(*conditions))


def test_loading_brings_every_row(loaded):
    assert count(Challenge, Challenge.is_demo) == 18
    assert count(Profile, Profile.consent_at.is_not(None)) == 60
    assert count(User, User.is_demo) == 12
    assert count(Organisation) == 82


def test_only_the_two_real_companies_are_not_marked_as_invented(loaded):
    assert set(db.session.scalars(select(Profile.name).where(~Profile.is_demo))) == {"TotalCtrl", "Smart Cognition"}
    assert set(db.session.scalars(select(Organisation.name).where(~Organisation.is_demo))) == {"TotalCtrl", "Smart Cognition"}
    assert all("har ikke skrevet eller godkjent" in source for source in db.session.scalars(select(Profile.source).where(~Profile.is_demo)))


def test_loading_twice_changes_nothing(loaded):
    tables = [table for table in db.metadata.sorted_tables]
    before = {table.name: db.session.execute(table.select()).all() for table in tables}
    assert demo.load() is False
    db.session.expire_all()
    assert {table.name: db.session.execute(table.select()).all() for table in tables} == before


def test_if_empty_does_nothing_beside_somebody_elses_organisation(app, make):
    make.organisation()
    assert demo.load_if_empty() is False
    assert count(Profile) == 0


def test_the_command_prints_the_accounts_and_then_says_that_it_is_done(loaded):
    runner = loaded.test_cli_runner()
    assert PASSWORD in runner.invoke(args=["demo", "accounts"]).output
    assert "Nothing loaded" in runner.invoke(args=["demo", "load"]).output
    assert "Nothing loaded" in runner.invoke(args=["demo", "load", "--if-empty"]).output


def test_a_failure_half_way_leaves_nothing(app, monkeypatch):
    monkeypatch.setattr("matchmaker.cli.demo_story.play", lambda made: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        demo.load()
    assert [count(kind) for kind in (Organisation, User, Job)] == [0, 0, 0]


def test_every_account_can_be_tried_and_each_role_is_there(loaded):
    people = {person.email: person for person in db.session.scalars(select(User))}
    assert all(may_be_tried(person) for person in people.values())
    assert roles(people[address("flere")]) == {"company", "department", "coordinator"}
    assert {role for person in people.values() for role in roles(person)} == {"department", "company", "coordinator", "administrator"}


def test_the_story_left_one_of_each(loaded):
    assert [each.answer != "" for each in db.session.scalars(select(Question).order_by(Question.id))] == [True, True, True, False]
    assert {each.state for each in db.session.scalars(select(Introduction))} == {"accepted", "sent"}
    assert {each.state for each in db.session.scalars(select(Interest))} == {"sent", "declined"}
    assert (count(Message), count(Shortlisting), count(Dismissal), count(Recommendation)) == (3, 2, 1, 1)
    states = Counter(db.session.scalars(select(Challenge.state)))
    assert states == {State.PUBLISHED: 16, State.DRAFT: 1, State.WITHDRAWN: 1}
    withdrawn = db.session.scalars(select(Challenge).where(Challenge.state == State.WITHDRAWN)).one()
    assert withdrawn.ended_reason.startswith("Fylket kjøper inn")


def test_the_food_waste_need_is_left_for_the_newcomer(loaded):
    need = db.session.scalars(select(Challenge).where(Challenge.title.contains("matsvinn"))).one()
    assert need.state == State.PUBLISHED
    for kind in (Introduction, Interest, Shortlisting, Dismissal, Recommendation):
        assert count(kind, kind.challenge_id == need.id) == 0


def test_nothing_happens_in_the_future_and_nothing_waiting_has_run_out(loaded):
    latest = db.session.scalar(select(func.max(AuditEntry.created_at)))
    assert latest <= now()
    waiting = db.session.scalars(select(Introduction).where(Introduction.state == "sent")).one()
    assert waiting.expires_at > now()
    assert all(each.published_at is None or each.published_at < now() for each in db.session.scalars(select(Challenge)))


def test_there_is_a_conference_of_forty_with_a_published_plan_and_the_version_that_mended_it(loaded):
    event = db.session.scalars(select(Event).order_by(Event.id)).first()
    first, plan = db.session.scalars(select(Plan).where(Plan.event_id == event.id).order_by(Plan.number))
    assert [(each.state, each.number, each.findings["status"]) for each in (first, plan)] == [(PlanState.REPLACED, 1, "optimal"), (PlanState.PUBLISHED, 2, "optimal")]
    assert first.findings["seconds"] + plan.findings["seconds"] < 2
    assert (len(event.participants), len(event.slots), len(event.tables)) == (40, 7, 7)
    found = queries.event(event.id)
    before, places = ([*bridge.places(queries.meetings_of(each))] for each in (first, plan))
    told = bridge.new_for_whom(before, places)
    assert 0 < len(told) < 8
    assert count(Letter, Letter.about_kind == "event", Letter.about_id == event.id) == len(event.participants) + len(told) + 1  # one to the coordinator who sits in
    first = db.session.scalars(select(Letter).where(Letter.about_kind == "event", Letter.subject.like("Programmet %"))).all()
    assert first
    assert [each.recipient for each in first if not any("METHOD:REQUEST" in one["text"] for one in each.attached or ())] == []
    assert len(event.slots) * len(event.tables) - len(places) >= 3
    figures = bridge.figures(queries.material(found), places)
    assert (figures.musts, figures.all_musts, figures.short) == (17, 18, {})
    assert [each["cause"] for each in plan.findings["unplaced"] if each["must"]] == ["no_common_slot"]
    assert plan.findings["relaxations"]


def test_a_meeting_of_the_demo_can_be_moved_to_a_free_place(loaded):
    found = queries.event(db.session.scalars(select(Event.id).order_by(Event.id)).first())
    places = bridge.places(queries.meetings_of(queries.published_plan(found)))
    board = Board(queries.material(found), places)
    assert sum(1 for each in places if board.moves(each).open) > len(places) / 2


def test_an_event_that_is_over_shows_what_came_of_it(loaded):
    event = queries.event(db.session.scalars(select(Event.id).order_by(Event.id.desc())).first())
    found = outcomes.results(event)
    assert rules.is_over(event)
    assert not rules.outcomes_are_due(event)
    assert found.planned >= 8
    assert found.held[Held.YES] > found.held[Held.NO] > 0
    assert {NextStep.PILOT, NextStep.INTRODUCTION, NextStep.CONTACT} <= set(found.steps)
    assert found.steps_differ
    assert (found.came.arrived, found.came.stayed_away, found.thought.given) == (10, 1, 9)


def test_profiles_are_read_before_the_needs_are_ranked(loaded):
    kinds = [job.kind for job in db.session.scalars(select(Job).order_by(Job.id))]
    assert kinds.count("matches.read_profiles") == 1
    assert kinds.index("matches.read_profiles") < kinds.index("matches.rank_challenge")
    assert kinds.count("matches.rank_challenge") >= 16
