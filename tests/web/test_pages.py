"""The pages that stand alone: what a visitor sees before knowing anything."""

import re

import pytest

from matchmaker.challenges.states import State
from matchmaker.web import queries
from matchmaker.web.example import NEED, OFFER, example

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask

PAGES = ["/", "/slik-virker-det", "/om", "/personvern", "/tilgjengelighet"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_page_has_a_title_one_heading_and_its_language(client, path, language):
    page = client.get(path, headers={"Accept-Language": language})
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert re.search(r"<title>\S.* – Matchmaker</title>", text)
    assert len(re.findall(r"<h1\b", text)) == 1
    assert f'<html lang="{language}"' in text


@pytest.mark.parametrize("path", PAGES)
def test_each_page_ends_with_the_way_to_the_others(client, path):
    text = client.get(path).get_data(as_text=True)
    assert all(f'href="{other}"' in text for other in PAGES)


def test_the_start_page_invites_when_there_is_nothing_yet(client):
    text = client.get("/").get_data(as_text=True)
    assert "Ingen åpne utfordringer ennå. Bli den første." in text
    assert "Ingen profiler ennå. Bli den første." in text


def test_the_figures_count_what_anybody_may_see(app, make):
    halden, marker = make.municipality(), make.municipality(name="Marker kommune", municipality_number="3122")
    make.challenge(halden)
    make.challenge(make.municipality())
    make.challenge(marker)
    make.challenge(marker, state=State.DRAFT)
    make.profile()
    make.profile(consent_at=None)
    assert queries.figures() == queries.Figures(needs=3, municipalities=2, profiles=1, clusters=0)


def test_the_start_page_says_how_much_there_is(client, make):
    make.challenge()
    make.profile()
    text = client.get("/").get_data(as_text=True)
    assert "1 åpen utfordring" in text
    assert "fra 1 kommune" in text
    assert "1 profil" in text


def test_the_example_marks_the_words_it_quotes():
    shown = example()
    assert [NEED[start:end] for start, end, number in shown.need_spans if number] == [pair.asked for pair in shown.pairs]
    assert [OFFER[start:end] for start, end, _ in shown.offer_spans] == [pair.quote for pair in shown.pairs]
    assert [NEED[start:end] for start, end, number in shown.need_spans if number is None] == shown.unmet


def test_the_example_never_needs_the_word():
    assert "matsvinn" not in (NEED + OFFER).lower()


def test_the_privacy_page_names_who_runs_the_service(client, app, monkeypatch):
    monkeypatch.setitem(app.config, "MATCHMAKER_OPERATOR", "Halden kommune")
    monkeypatch.setitem(app.config, "MATCHMAKER_CONTACT", "personvern@example.test")
    text = client.get("/personvern").get_data(as_text=True)
    assert "Halden kommune driver denne tjenesten" in text
    assert 'href="mailto:personvern@example.test"' in text


def test_a_page_that_is_not_there_helps_and_offers_search(client):
    page = client.get("/finnes-ikke")
    text = page.get_data(as_text=True)
    assert page.status_code == 404
    assert "Vi finner ikke siden" in text
    assert 'id="lost-search"' in text


def test_a_wrong_method_is_explained(client):
    page = client.post("/om")
    assert page.status_code == 405
    assert page.headers["Allow"]
    assert "Slik går det ikke" in page.get_data(as_text=True)


def test_an_address_that_cannot_be_opened_leads_to_the_nearest_page_that_can(client):
    for address, nearest in (("/arrangementer/3/bord", "/arrangementer/3"), ("/arrangementer/3/plan/publiser", "/arrangementer/3/plan")):
        page = client.get(address)
        assert page.status_code == 405
        assert f'href="{nearest}">Tilbake' in page.text
    assert 'href="/om">Tilbake' in client.post("/om").text
    assert "Tilbake" not in client.get("/logg-ut").text.partition("<h1>")[2]


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 418, 429, 500, 503])
def test_every_error_page_has_a_heading_and_a_way_on(app, code):
    with app.test_request_context("/"):
        text = app.jinja_env.get_template("web/error.html").render(**_context(app), code=code, expired=False, reference="")
    assert len(re.findall(r"<h1>\S", text)) == 1
    assert "Til forsiden" in text


def _context(app) -> dict:
    context: dict = {}
    app.update_template_context(context)
    return context
