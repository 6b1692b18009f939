"""The coordinator's board: needs by their best suggestion, white spots, what waits; the same number of queries for one and for many."""

from datetime import timedelta

import pytest

from matchmaker.challenges.states import State
from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.core.imports import Import
from matchmaker.matches import board
from matchmaker.matches.models import Dismissal, Introduction, Run, Suggestion
from matchmaker.matches.states import Band

EVERYTHING = board.Filters()


@pytest.fixture
def suggest(make):
    def of(challenge, profile, band=Band.STRONG, score=0.8) -> Suggestion:
        run = Run(direction="need_to_offers", subject_id=challenge.id, model="twin")
        suggestion = Suggestion(run=run, challenge=challenge, profile=profile, rank=1, score=score, band=band, reasons={}, need_hash="n", offer_hash="o")
        db.session.add(suggestion)
        db.session.commit()
        return suggestion

    return of


@pytest.fixture
def wait(make):
    """An introduction sent some days ago."""

    def since(days: int, challenge=None, profile=None) -> Introduction:
        sent = clock.now() - timedelta(days=days)
        introduction = Introduction(
            challenge=challenge or make.challenge(), profile=profile or make.profile(), message="Hei", created_at=sent, expires_at=sent + timedelta(days=14)
        )
        db.session.add(introduction)
        db.session.commit()
        return introduction

    return since


def read(challenge):
    """A run has compared the need with the profiles, and found nothing."""
    db.session.add(Run(direction="need_to_offers", subject_id=challenge.id, model="twin"))
    db.session.commit()
    return challenge


def titles(filters=EVERYTHING, **pages) -> dict[str, list[str]]:
    return {band.value: [tile.challenge.title for tile in part.items] for band, part in board.columns(filters, pages).items()}


def test_a_need_stands_in_the_column_of_its_best_suggestion(make, suggest):
    strong, stretch = make.challenge(title="Sterk"), make.challenge(title="Svak")
    read(make.challenge(title="Ingen"))
    suggest(strong, make.profile(), Band.POSSIBLE, 0.5)
    suggest(strong, make.profile(), Band.STRONG, 0.9)
    suggest(stretch, make.profile(), Band.STRETCH, 0.2)
    assert titles() == {"strong": ["Sterk"], "possible": [], "stretch": ["Svak"], "none": ["Ingen"]}


def test_a_need_nobody_has_read_yet_is_no_white_spot(make):
    make.challenge(title="Ny")
    assert board.being_read(EVERYTHING) == 1
    assert titles()["none"] == []
    assert board.uncovered_needs() == 0


def test_a_dismissed_suggestion_does_not_count(make, suggest):
    challenge, profile = make.challenge(title="Matsvinn"), make.profile()
    suggest(challenge, profile)
    db.session.add(Dismissal(challenge_id=challenge.id, profile_id=profile.id, side="need"))
    db.session.commit()
    assert titles()["none"] == ["Matsvinn"]


def test_only_open_needs_stand_on_the_board(make):
    for state in State:
        read(make.challenge(state=state, title=state.value))
    assert titles()["none"] == ["published"]


def test_filters_by_municipality_and_theme(make):
    sarpsborg = make.municipality(name="Sarpsborg kommune", municipality_number="3105")
    read(make.challenge(sarpsborg, title="I Sarpsborg"))
    read(make.challenge(title="Om kultur", themes=["kultur"]))
    assert titles(board.Filters(municipality="3105"))["none"] == ["I Sarpsborg"]
    assert titles(board.Filters(theme="kultur"))["none"] == ["Om kultur"]
    assert titles(board.Filters(theme="%"))["none"] == []


def test_a_column_turns_its_pages_by_itself(make):
    for number in range(10):
        read(make.challenge(title=f"Behov {number}"))
    assert titles()["none"] == [f"Behov {number}" for number in range(6)]
    assert titles(none=2)["none"] == titles(none=99)["none"] == [f"Behov {number}" for number in range(6, 10)]


def test_an_offer_nobody_needs_is_a_white_spot(make, suggest):
    wanted, barely, unknown = make.profile(name="Ettertraktet"), make.profile(name="Nesten"), make.profile(name="Ukjent")
    make.profile(name="Skjult", listed=False)
    challenge = make.challenge()
    suggest(challenge, wanted, Band.POSSIBLE)
    suggest(challenge, barely, Band.STRETCH)
    assert [profile.name for profile in board.unwanted_offers(EVERYTHING, {}).items] == [unknown.name, barely.name]


def test_introductions_unanswered_for_more_than_a_week_are_shown_the_oldest_first(wait):
    newer, oldest = wait(8), wait(12)
    wait(6)
    assert [each.id for each in board.waiting_too_long({}).items] == [oldest.id, newer.id]


def test_profiles_of_this_week_that_fit_a_need_are_new_and_stand_in_one_list_alone(make, suggest):
    fresh, unwanted = make.profile(), make.profile()
    old = make.profile(consent_at=clock.now() - timedelta(days=8))
    first, second = make.challenge(), make.challenge()
    for challenge, profile in ((first, fresh), (second, fresh), (first, old)):
        suggest(challenge, profile, Band.POSSIBLE)
    assert [profile.id for profile in board.new_profiles({}).items] == [fresh.id]
    assert [profile.id for profile in board.unwanted_offers(EVERYTHING, {}).items] == [unwanted.id]
    assert (board.needs_met([fresh]), board.how_many_are_new()) == ({fresh.id: 2}, 2)


def test_what_an_import_brought_is_one_line_that_leads_to_it(make, suggest, sign_in):
    import_ = Import(kind="profiles", file_name="klynga.csv", stored_name="x", state="done")
    db.session.add(import_)
    db.session.commit()
    for name in ("Fjordvakt", "Bylab"):
        suggest(make.challenge(), make.profile(name=name, import_id=import_.id))
    assert board.new_profiles({}).items == []
    assert board.new_imports() == [(import_.id, "klynga.csv", 2)]
    page = sign_in(make.coordinator()).get("/tavle").text
    assert f'<a href="/import/{import_.id}">2 profiler fra import klynga.csv</a>' in page
    assert "Ingen nye denne uka." not in page


def test_a_need_without_any_good_suggestion_is_uncovered(make, suggest):
    suggest(make.challenge(), make.profile(), Band.STRETCH)
    suggest(make.challenge(), make.profile(), Band.NONE)
    read(make.challenge())
    assert board.uncovered_needs() == 2


def test_the_page_asks_as_much_for_three_as_for_one(make, suggest, wait, sign_in, queries):
    client = sign_in(make.coordinator())

    def fill():
        for band in Band:
            suggest(make.challenge(), make.profile(), band)
        wait(9)

    fill()
    with queries() as one:
        assert client.get("/tavle").status_code == 200
    fill(), fill()
    with queries() as three:
        assert client.get("/tavle").status_code == 200
    assert len(one) == len(three)


def test_a_new_profile_without_a_summary_shows_the_beginning_of_its_description(make, sign_in):
    make.profile(summary="", problem="Matavfall blir ikke veid.")
    make.profile(summary="", problem="", how="En vekt under spannet veier hver kveld.")
    html = sign_in(make.coordinator()).get("/tavle").get_data(as_text=True)
    assert "Matavfall blir ikke veid." in html
    assert "En vekt under spannet veier hver kveld." in html


def test_an_empty_board_tells_the_next_step(make, sign_in):
    page = sign_in(make.coordinator()).get("/tavle").text
    assert "Ingen åpne utfordringer ennå" in page


@pytest.mark.parametrize("query", ["?kommune=' OR 1=1--&tema=<script>", "?none=-4&ledige=abc&venter=999999999999999999999", "?kommune=9999&tema=%25"])
def test_nonsense_in_the_address_does_no_harm(make, sign_in, query):
    page = sign_in(make.coordinator()).get("/tavle" + query)
    assert page.status_code == 200
    assert "<script>" not in page.text.split("<main")[1]


@pytest.mark.parametrize("query", ["?behov=99999999999999999999&profil=-1", "?finn_profil=%00%25&finn_behov=_"])
def test_numbers_no_row_has_find_nothing(make, sign_in, query):
    assert sign_in(make.coordinator()).get("/anbefal" + query).status_code == 200


def test_only_coordinators_see_the_board(make, sign_in, client):
    assert client.get("/tavle").status_code == 303
    for person in (make.company_member(), make.department_member(), make.user()):
        assert sign_in(person).get("/tavle").status_code == 403


def test_the_board_reminds_and_comes_back(make, wait, sign_in):
    introduction = wait(9)
    answer = sign_in(make.coordinator()).post(f"/introduksjoner/{introduction.id}/paminn", data={"next": "/tavle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tavle")
    elsewhere = sign_in(make.coordinator()).post(f"/introduksjoner/{introduction.id}/paminn", data={"next": "https://evil.example"})
    assert elsewhere.headers["Location"] == f"/introduksjoner/{introduction.id}"


def test_counting_what_imports_brought_reads_an_index_alone(app, queries):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("a database with so few rows reads them all")
    with queries() as seen:
        board.new_imports()
    (asked,) = seen
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("2026-01-01 00:00:00", 6, 0)).all()
    assert any("profiles USING COVERING INDEX ix_profiles_listed" in row[-1] for row in plan), plan
