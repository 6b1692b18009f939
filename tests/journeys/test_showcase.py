"""The story the service was made for: a kitchen's need finds the company that never uses the need's own word."""

import pytest
from flask import url_for
from sqlalchemy import select

from matchmaker.accounts.signing_in import open_session
from matchmaker.cli.demo_facts import rows
from matchmaker.core.database import db, transaction
from matchmaker.engine.documents import Document
from matchmaker.engine.matcher import Matcher
from matchmaker.matches import bridge
from matchmaker.matches.models import Suggestion
from matchmaker.matches.states import Band
from matchmaker.profiles.models import Profile
from tests.journeys.showcase import demo_app, fill, food_waste, matcher_with, need, person, ranks_of_totalctrl, real_profiles

pytestmark = [pytest.mark.model, pytest.mark.timeout(900), pytest.mark.xdist_group("model")]
GOOD = {Band.STRONG, Band.POSSIBLE}
OPEN = [row["key"] for row in rows("needs") if row.get("state", "published") == "published"]
NOBODY = [row["key"] for row in rows("needs") if row.get("nobody")]


@pytest.fixture(scope="module")
def halden(tmp_path_factory):
    app = demo_app(tmp_path_factory.mktemp("showcase"))
    with app.app_context():
        fill()
        yield app
        db.session.remove()
        db.engine.dispose()


def suggested(challenge):
    """Names and bands of the suggestions kept for a need, best first."""
    found = select(Profile.name, Suggestion.band).join(Profile, Profile.id == Suggestion.profile_id)
    return [tuple(row) for row in db.session.execute(found.where(Suggestion.challenge_id == challenge.id).order_by(Suggestion.rank))]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_totalctrl_is_among_the_top_three_in_every_language(halden, language):
    assert "TotalCtrl" in [name for name, _ in suggested(food_waste()[language])[:3]]


def test_totalctrl_is_a_strong_match_for_the_need_as_the_department_wrote_it(halden):
    assert ("TotalCtrl", Band.STRONG) in suggested(need("matsvinn"))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_language_calls_totalctrl_no_match(halden, language):
    assert Band.NONE not in [band for name, band in suggested(food_waste()[language]) if name == "TotalCtrl"]


def test_the_first_company_in_an_empty_service_is_seen_for_what_it_is(halden, tmp_path):
    stock = (
        "Kuttsvinn lageroversikt\nOversikt over alle varer på lager med best før-datoer.\nVarer går ut på dato fordi ingen ser hva som står på "
        "lageret.\nVi skanner varene når de kommer, og appen sier fra før datoen går ut."
    )
    chargers = "ParkGrid\nLading for elbiler i borettslag.\nMange har ikke sted å lade.\nVi setter opp ladere og fordeler strømmen."
    need_text = (
        "Mindre matsvinn på sykehjemmene\nKjøkkenene på sykehjemmene våre kaster mat som ingen holdt styr på. Vi trenger å vite hva som er på lager og "
        "hva som går ut på dato først.\nI dag skriver hvert kjøkken lister på papir. Vi kaster om lag 120 kilo mat i uka.\nHalvere matsvinnet på ett år."
    )
    asked = Document("need", need_text, "nb")
    bands = {}
    for name, text in {"stock": stock, "chargers": chargers}.items():
        matcher = Matcher.open(tmp_path / name, bridge.matcher().encoder)
        matcher.upsert("offer", [Document(name, text, "nb")])
        matcher.commit()
        bands[name] = matcher.rank(asked)[0].band
    assert bands["stock"] in GOOD
    assert bands["chargers"] == "none"


def test_the_department_sees_why_on_the_page(halden):
    client = halden.test_client()
    with transaction():
        token = open_session(person("oppvekst"), browser="test")
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    with halden.test_request_context():
        page = url_for("matches.suggestions", challenge_id=need("matsvinn").id)
    response = client.get(page)
    text = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "TotalCtrl" in text
    assert "hva som finnes på lageret" in text


def test_a_search_for_one_word_finds_who_answers_the_need_that_has_it(halden):
    page = halden.test_client().get("/sok?q=matsvinn").get_data(as_text=True)
    by_meaning = page.partition('id="mening"')[2]
    assert "TotalCtrl" in by_meaning
    assert "StilleMatte" not in by_meaning


@pytest.mark.parametrize("key", NOBODY)
def test_what_nobody_offers_gets_no_strong_or_possible_suggestion(halden, key):
    assert [pair for pair in suggested(need(key)) if pair[1] in GOOD] == []


@pytest.mark.parametrize("key", sorted(set(OPEN) - set(NOBODY)))
def test_every_other_open_need_has_one_to_five_to_talk_to(halden, key):
    assert 1 <= len([pair for pair in suggested(need(key)) if pair[1] in GOOD]) <= 5


def test_totalctrl_stays_in_the_top_ten_among_a_hundred_real_profiles(halden, shared, tmp_path):
    ranks = ranks_of_totalctrl(matcher_with(real_profiles(shared, every=57), tmp_path / "index"))
    assert {language: rank for language, rank in ranks.items() if rank > 10} == {}
