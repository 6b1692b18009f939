"""The page of suggestions and everything one can do on it."""

import re

import pytest
from sqlalchemy import event, select, update

from matchmaker.challenges.models import Requirement
from matchmaker.core.database import db
from matchmaker.core.queue import Job
from matchmaker.matches.models import Dismissal, Feedback, Run, Shortlisting, Suggestion
from matchmaker.organisations.models import Kind

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


@pytest.fixture
def shown(market, bands):
    """The market, with every suggestion strong: what the page does with them is what is tested here."""
    bands(0.0)
    db.session.query(Suggestion).update({"band": "strong"})
    db.session.commit()
    return market


@pytest.fixture
def member(shown, make):
    return make.department_member(shown[0].organisation)


def address(challenge, tail=""):
    return f"/utfordringer/{challenge.id}/forslag{tail}"


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_page_quotes_the_offer_and_marks_the_need(shown, member, sign_in):
    challenge, _profiles = shown
    html = page(sign_in(member), address(challenge))
    assert "Fem sterke" in html
    assert "5 profiler lest" in html
    assert re.search(r'<mark class="m\d" id="behov-1" data-no="1">', html)
    assert 'href="#behov-1"' in html
    assert '<q lang="nb">Vi gir storkjøkken oversikt over all maten som finnes på lager.</q>' in html


def test_the_marks_follow_the_card_one_looks_at(shown, member, sign_in):
    challenge, profiles = shown
    client = sign_in(member)
    assert "<b data-need-whose>Lagerklar</b>" in page(client, address(challenge))
    assert "<b data-need-whose>Lufta</b>" in page(client, address(challenge, f"?vis={profiles['Lufta'].id}"))


def test_no_number_for_how_well_is_ever_shown(shown, member, sign_in):
    challenge, _profiles = shown
    html = page(sign_in(member), address(challenge))
    text = re.sub(r"<[^>]+>", " ", html)
    assert "%" not in text
    assert not re.search(r"\b[01][.,]\d", text)


def test_hostile_words_stay_words_inside_the_marks(make, news, bands, sign_in):
    bands(0.0)
    evil = 'Varene blir <script>alert(1)</script> glemt til holdbarheten er ute & "borte".'
    profile = make.profile(make.organisation(name="<b>Ond</b>"), summary=evil)
    news.listed(profile)
    challenge = make.challenge(need=evil, title="<img src=x onerror=alert(1)>")
    news.published(challenge)
    client = sign_in(make.department_member(challenge.organisation))
    for path in (address(challenge), address(challenge, f"/{profile.id}"), address(challenge, "/utskrift")):
        html = page(client, path)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>Ond</b>" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.both_databases
def test_the_number_of_queries_does_not_follow_the_number_of_suggestions(make, news, bands, sign_in):
    bands(0.0)
    challenge = make.challenge()
    news.listed(make.profile())
    news.published(challenge)
    client = sign_in(make.department_member(challenge.organisation))
    client.get(address(challenge))
    one = queries_of(client, address(challenge))
    news.listed(make.profile(), make.profile())
    client.get(address(challenge))
    assert queries_of(client, address(challenge)) == one
    assert db.session.query(Suggestion).count() == 3


def queries_of(client, path) -> int:
    counted = []

    def count(*_arguments):
        counted.append(1)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        db.session.expire_all()
        assert client.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_dismissing_takes_the_card_away_and_can_be_undone_at_once(shown, member, sign_in):
    challenge, profiles = shown
    client, profile = sign_in(member), profiles["Lufta"]
    answer = client.post(address(challenge, f"/{profile.id}/bort"), data={"reason": "immature", "query": "sort=name&evil=1"})
    assert (answer.status_code, "sort=name" in answer.location, "evil" in answer.location) == (303, True, False)
    html = page(client, answer.location)
    assert f'id="forslag-{profile.id}"' not in html
    assert "Lufta er lagt bort" in html
    assert "Fire sterke" in html
    assert "For umoden" in page(client, address(challenge, "?dismissed=1"))
    client.post(address(challenge, f"/{profile.id}/angre"))
    assert f'id="forslag-{profile.id}"' in page(client, address(challenge))
    assert db.session.query(Dismissal).count() == 0
    assert [
        each.act for each in db.session.scalars(select(Feedback).where(Feedback.profile_id == profile.id).order_by(Feedback.id)) if each.act != "shown"
    ] == ["dismissed", "undone"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"reason": "immature"}, "For umoden"),
        ({"reason": "immature", "text": "bare én pilot"}, "For umoden: bare én pilot"),
        ({"reason": "", "text": "Vi kjenner dem"}, "Vi kjenner dem"),
        ({"reason": "unsaid"}, "Uten grunn"),
    ],
)
def test_a_dismissal_says_why_with_a_press_with_words_or_with_both(shown, member, sign_in, said, read):
    challenge, profiles = shown
    client, profile = sign_in(member), profiles["Lufta"]
    answer = client.post(address(challenge, f"/{profile.id}/bort"), data={**said, "then": str(profiles["VannVakt"].id)})
    assert answer.location.endswith(f"?undo={profile.id}#forslag-{profiles['VannVakt'].id}")
    html = page(client, answer.location)
    assert "Bortvalgte</a>" not in html
    assert "Bortvalgte (1)" in html
    assert f">{read}</span>" in page(client, address(challenge, "?dismissed=1"))


def test_a_dismissal_without_a_word_is_asked_about_and_nothing_happens(shown, member, sign_in):
    challenge, profiles = shown
    client, profile = sign_in(member), profiles["Lufta"]
    answer = client.post(address(challenge, f"/{profile.id}/bort"), data={"reason": "", "text": " \u200b "})
    assert answer.location.endswith(f"?why={profile.id}#hvorfor-{profile.id}")
    html = page(client, answer.location)
    assert html.count("Velg en grunn over") == 1
    assert f'id="hvorfor-{profile.id}-error"' in html
    assert db.session.query(Dismissal).count() == 0


def test_a_note_is_not_thrown_away_by_one_press(shown, member, sign_in):
    challenge, profiles = shown
    client, profile = sign_in(member), profiles["Lagerklar"]
    client.post(address(challenge, f"/{profile.id}/kortliste"))
    assert "Notatet blir borte" not in page(client, f"/utfordringer/{challenge.id}/kortliste")
    client.post(address(challenge, f"/{profile.id}/kortliste"), data={"note": "Ring på mandag"})
    assert "Notatet blir borte" in page(client, f"/utfordringer/{challenge.id}/kortliste")


def test_a_coordinator_is_told_on_whose_behalf_the_choices_are(shown, member, make, sign_in):
    challenge, profiles = shown
    told = "gjør du på vegne av"
    places = [address(challenge), f"/utfordringer/{challenge.id}/kortliste", f"/behov-for-oss?profil={profiles['Lufta'].id}"]
    coordinator, owners = sign_in(make.coordinator()), [sign_in(member), sign_in(member), sign_in(make.company_member(profiles["Lufta"].organisation))]
    assert [told in page(coordinator, place) for place in places] == [True] * 3
    assert [told in page(owner, place) for owner, place in zip(owners, places, strict=True)] == [False] * 3
    assert f'href="{places[2]}"' in page(coordinator, f"/losninger/{profiles['Lufta'].id}")


def test_the_shortlist_keeps_a_private_note(shown, member, make, sign_in):
    challenge, profiles = shown
    client, profile = sign_in(member), profiles["Lagerklar"]
    client.post(address(challenge, f"/{profile.id}/kortliste"))
    answer = client.post(address(challenge, f"/{profile.id}/kortliste"), data={"note": "Ring på mandag"})
    assert "Notatet er lagret." in page(client, answer.location)
    assert "Notatet er lagret." not in page(client, answer.location)
    assert "Ring på mandag" in page(client, f"/utfordringer/{challenge.id}/kortliste")
    assert "Ring på mandag" in page(sign_in(make.coordinator()), f"/utfordringer/{challenge.id}/kortliste")
    assert sign_in(make.company_member(profile.organisation)).get(f"/utfordringer/{challenge.id}/kortliste").status_code == 403
    client.post(address(challenge, f"/{profile.id}/av-kortlista"), data={"from": "shortlist"})
    assert db.session.query(Shortlisting).count() == 0
    assert "Kortlista er tom" in page(client, f"/utfordringer/{challenge.id}/kortliste")


@pytest.mark.both_databases
def test_a_double_click_on_the_shortlist_makes_one_row(shown, member, sign_in):
    challenge, profiles = shown
    client = sign_in(member)
    for _ in range(2):
        assert client.post(address(challenge, f"/{profiles['Lufta'].id}/kortliste")).status_code == 303
    assert db.session.query(Shortlisting).count() == 1


def test_companies_and_other_departments_never_see_somebody_elses_ranking(shown, make, sign_in, client):
    challenge, profiles = shown
    paths = ["", "/framdrift", "/utskrift", ".csv", f"/{profiles['Lufta'].id}"]
    for user in (make.company_member(profiles["Lufta"].organisation), make.department_member()):
        signed_in = sign_in(user)
        assert [signed_in.get(address(challenge, tail)).status_code for tail in paths] == [403] * len(paths)
        assert signed_in.get(f"/utfordringer/{challenge.id}/sammenlign").status_code == 403
        assert signed_in.post(address(challenge, f"/{profiles['Lufta'].id}/bort")).status_code == 403
    assert [client.get(address(challenge, tail)).status_code for tail in paths] == [303] * len(paths)
    assert sign_in(make.coordinator()).get(address(challenge)).status_code == 200


@pytest.mark.both_databases
def test_each_first_showing_is_remembered_once_and_only_for_the_department(shown, member, make, sign_in):
    challenge, _profiles = shown
    sign_in(make.coordinator()).get(address(challenge))
    assert db.session.query(Feedback).count() == 0
    for _ in range(2):
        sign_in(member).get(address(challenge))
    seen = list(db.session.scalars(select(Feedback).where(Feedback.act == "shown")))
    assert sorted(each.rank for each in seen) == [1, 2, 3, 4, 5]
    assert all(each.score is not None and each.run_id is not None for each in seen)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("theme=skole-og-utdanning", {"Nabobil", "Lufta", "VannVakt", "Trygg Hjemme"}),
        ("theme=helse-og-omsorg", {"Lagerklar"}),
        ("kind=cluster_partner", {"Lufta"}),
        ("maturity=9", {"VannVakt"}),
        ("county=31", {"Lagerklar", "Nabobil", "Trygg Hjemme", "VannVakt"}),
        ("language=nn", {"Nabobil"}),
        ("band=possible", set()),
        ("theme=finnes-ikke&kind=x&maturity=99&county=zz", {"Lagerklar", "Nabobil", "Lufta", "VannVakt", "Trygg Hjemme"}),
    ],
)
def test_filters_narrow_the_list(shown, member, sign_in, query, names):
    challenge, profiles = shown
    profiles["Lufta"].organisation.kind = Kind.CLUSTER_PARTNER
    profiles["Lufta"].places = ["46"]
    profiles["Nabobil"].places = ["3101"]
    profiles["Nabobil"].languages = ["nn"]
    profiles["VannVakt"].maturity = 9
    db.session.commit()
    html = page(sign_in(member), address(challenge, f"?{query}"))
    assert {name for name, profile in profiles.items() if f'id="forslag-{profile.id}"' in html} == names


@pytest.mark.both_databases
def test_sorting_by_name_and_unknown_sorts(shown, member, sign_in):
    challenge, _profiles = shown
    client = sign_in(member)
    names = re.findall(r'id="navn-\d+"><a[^>]*>([^<]+)<', page(client, address(challenge, "?sort=name")))
    assert names == sorted(names, key=str.lower)
    assert re.findall(r'id="navn-\d+"><a[^>]*>([^<]+)<', page(client, address(challenge, "?sort=drop")))[0] == "Lagerklar"


def test_what_is_asked_and_not_offered_leads_to_a_question(shown, member, sign_in, news):
    challenge, profiles = shown
    challenge.requirements = [Requirement(text="Må kunne hente varelinjer fra innkjøpsavtalen i Visma.", position=0)]
    news.edited(challenge)
    html = page(sign_in(member), address(challenge))
    assert "Må kunne hente varelinjer fra innkjøpsavtalen i Visma." in html
    if "sier ingenting om" in html:
        assert f"/utfordringer/{challenge.id}/introduser/{profiles['Lagerklar'].id}?ask=" in html


def test_nobody_answers_says_so_and_what_to_do(market, make, sign_in):
    challenge, _profiles = market
    db.session.query(Suggestion).update({"band": "none"})
    db.session.commit()
    html = page(sign_in(make.department_member(challenge.organisation)), address(challenge))
    assert "Ingen god match" in html
    assert "Skriv om behovet" in html
    assert "hvit flekk" in html
    assert "Svak match" not in html


def test_a_need_with_weak_suggestions_only_is_no_white_spot(market, make, sign_in):
    challenge, _profiles = market
    db.session.query(Suggestion).update({"band": "stretch"})
    db.session.commit()
    html = page(sign_in(make.department_member(challenge.organisation)), address(challenge))
    assert '<h2 id="funnet">Bare svake forslag</h2>' in html
    assert "Koordinatoren ser det under «Svak match» på tavla." in html
    assert "hvit" not in html


def test_filters_that_nothing_passes_are_said_in_the_heading_with_one_way_to_clear_them(shown, member, sign_in):
    challenge, _profiles = shown
    html = page(sign_in(member), address(challenge, "?band=stretch&kind=cluster_partner"))
    assert '<h2 id="funnet">Ingen passer filtrene</h2>' in html
    assert "Uten filtre: fem sterke." in html
    assert (html.count("Fjern alle"), html.count("Nullstill")) == (1, 0)


def test_a_need_nobody_has_ranked_is_ranked_when_its_page_is_opened(make, news, bands, sign_in):
    bands(0.0)
    news.listed(make.profile())
    challenge = make.challenge()
    assert "Én sterk" in page(sign_in(make.department_member(challenge.organisation)), address(challenge))


def test_a_page_that_waits_says_so_and_renews_itself_without_script(make, news, sign_in, app, monkeypatch):
    monkeypatch.setitem(app.extensions, "run_job", lambda number: None)
    news.listed(make.profile())
    challenge = make.challenge()
    news.published(challenge)
    client = sign_in(make.department_member(challenge.organisation))
    waiting = db.session.query(Job).filter_by(kind="matches.rank_challenge").one()
    stages = [("queued", "", "Venter på tur …"), ("running", "loading", "Gjør klar modellen som leser. Det tar noen sekunder."), ("running", "", "Leser 1 profil …")]
    for waiting.state, waiting.message, words in stages:
        db.session.commit()
        html = page(client, address(challenge))
        assert words in html
        assert '<noscript><meta http-equiv="refresh"' in html
        assert client.get(address(challenge, "/framdrift")).get_json() == {"done": 0, "total": 0, "label": words, "finished": False}


def test_when_the_model_is_missing_the_page_says_that_and_not_only_that_it_failed(make, news, sign_in, app, monkeypatch):
    monkeypatch.setitem(app.extensions, "run_job", lambda number: None)
    challenge = make.challenge()
    news.published(challenge)
    db.session.query(Job).filter_by(kind="matches.rank_challenge").one().state = "failed"
    db.session.commit()
    client = sign_in(make.department_member(challenge.organisation))
    assert "Vi fikk ikke regnet ut forslagene." in page(client, address(challenge))
    monkeypatch.setattr(app.extensions["matcher"], "state", "unavailable")
    assert "Modellen som leser tekstene, er ikke tilgjengelig." in page(client, address(challenge))


def test_comparison_puts_the_asked_sentences_beside_each_answer(shown, member, sign_in):
    challenge, profiles = shown
    chosen = [profiles["Lagerklar"].id, profiles["Lufta"].id]
    html = page(sign_in(member), f"/utfordringer/{challenge.id}/sammenlign?profiles={chosen[0]}&profiles={chosen[1]}")
    assert html.count('<th scope="col"') == 3
    assert "Varene blir glemt til holdbarheten er ute." in html
    assert "sier ingenting om det" in html
    one = page(sign_in(member), f"/utfordringer/{challenge.id}/sammenlign?profiles={chosen[0]}&profiles=99999999999999999999")
    assert "Velg to til fire" in one


def test_the_csv_neutralises_formulas(shown, member, sign_in):
    challenge, profiles = shown
    profiles["Lufta"].name = '=HYPERLINK("http://evil.example","x")'
    db.session.commit()
    answer = sign_in(member).get(address(challenge, ".csv"))
    text = answer.get_data().decode("utf-8-sig")
    assert answer.mimetype == "text/csv"
    assert len(text.strip().splitlines()) == 6
    assert "\"'=HYPERLINK" in text


def test_the_whole_profile_is_shown_with_marks_in_both_texts(shown, member, sign_in):
    challenge, profiles = shown
    html = page(sign_in(member), address(challenge, f"/{profiles['Lagerklar'].id}"))
    assert 'id="behov-1"' in html
    assert 'id="tilbud-1"' in html
    assert sign_in(member).get(address(challenge, "/999999")).status_code == 404


def test_a_draft_has_no_suggestions_and_leads_back(make, sign_in, index):
    challenge = make.challenge(state="draft")
    answer = sign_in(make.department_member(challenge.organisation)).get(address(challenge))
    assert (answer.status_code, answer.location) == (303, f"/utfordringer/{challenge.id}")


def test_an_ended_need_says_that_its_suggestions_are_gone(shown, member, sign_in, news):
    challenge, _profiles = shown
    challenge.state = "withdrawn"
    news.ended(challenge)
    html = page(sign_in(member), address(challenge))
    assert "Forslagene er fjernet" in html
    assert "Ingen god match" not in html


def test_an_address_cannot_lead_the_links_of_one_need_to_another(shown, member, sign_in):
    challenge, _profiles = shown
    html = page(sign_in(member), address(challenge, "?challenge_id=nonsense&challenge_id=77"))
    assert f'href="{address(challenge)}' in html
    assert "/utfordringer/77/forslag" not in html


def test_no_cell_of_the_export_is_a_formula(shown, member, sign_in):
    challenge, profiles = shown
    client = sign_in(member)
    for profile, note in zip(profiles.values(), ("=1+1", "＝cmd", "@SUM", "'=2"), strict=False):
        client.post(address(challenge, f"/{profile.id}/kortliste"), data={"note": note})
    cells = [cell for line in page(client, address(challenge, ".csv")).splitlines() for cell in line.split(";")]
    assert {"'=1+1", "'＝cmd", "'@SUM", "''=2"} <= set(cells)
    assert not [cell for cell in cells if cell[:1] in set("=+@")]


def test_thousands_are_written_apart(shown, member, sign_in):
    challenge, _profiles = shown
    db.session.execute(update(Run).values(compared=5706))
    db.session.commit()
    assert "5\xa0706 profiler lest" in page(sign_in(member), address(challenge))
