"""What is printed: sheets of the published version only, each with what it must hold, in the event's language."""

import re

import pytest
from flask import url_for

from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.matches.states import Band
from matchmaker.meetings import badges, codes, day_queries
from matchmaker.meetings import queries as reads
from matchmaker.meetings.states import Answer, Level

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


@pytest.fixture
def desk(conference, sign_in):
    return sign_in(conference.desk)


@pytest.fixture
def here(conference):
    return f"/arrangementer/{conference.event_id}"


def publish(conference, desk, here):
    desk.post(f"{here}/plan/lag")
    db.session.expire_all()
    desk.post(f"{here}/plan/publiser", data={"mark": reads.plan_of(conference.event_id).mark})


def test_nothing_of_a_draft_is_printed(conference, desk, here):
    conference.both(0, 0)
    desk.post(f"{here}/plan/lag")
    assert "Planen er ikke publisert ennå" in desk.get(f"{here}/skriv-ut").text
    for kind in ("programmer", "bordskilt"):
        page = desk.get(f"{here}/skriv-ut/{kind}").text
        assert "Planen er ikke publisert ennå" in page
        assert 'class="sheet"' not in page


def test_everybody_who_meets_somebody_has_a_sheet_with_why_and_a_question(conference, desk, here):
    conference.both(0, 0)
    conference.suggest(0, 0, Band.STRONG, asked="Maten kastes.", quote="Vi teller maten.")
    conference.represent(conference.needs[0], "kari@example.test")
    publish(conference, desk, here)
    page = desk.get(f"{here}/skriv-ut/programmer").text
    assert re.findall(r'<h2 id="til-\d+">(.*?)</h2>', page) == ["Halden kommune, Oppvekst", "TotalCtrl"]
    assert "Kari Demo" in page
    assert "Uten møter, og derfor uten ark: Halden kommune, Helse, Nabobil, RørLytt." in page
    assert page.count('<q lang="nb">Vi teller maten.</q>') == 2
    assert "har ønsket dette møtet" not in page
    assert "Hvordan ville det ha sett ut hos oss?" in page
    assert "Hvordan gjør dere det i dag, og hva har dere prøvd?" in page
    assert "Vi teller maten." in desk.get(f"{here}/program/{conference.needs[0].id}").text
    assert "Et spørsmål å begynne med:\n       «Vi teller maten.»\n       Hvordan ville det ha sett ut hos oss?\n" in db.session.query(Letter).filter_by(recipient="kari@example.test").one().body


def test_who_has_no_reason_of_the_match_reads_whether_it_wished_the_meeting_itself_and_never_what_the_other_did(conference, desk, here):
    conference.wish(0, 0, Level.LIKE)
    publish(conference, desk, here)
    for own, others, who in (("Dere har ønsket dette møtet.", "Arrangøren har satt opp dette møtet.", conference.needs[0]), ("Arrangøren har satt opp dette møtet.", "ønsket dette", conference.offers[0])):
        page = desk.get(f"{here}/program/{who.id}").text
        assert own in page
        assert others not in page
    sheets = desk.get(f"{here}/skriv-ut/programmer").text
    assert sheets.index("Dere har ønsket dette møtet.") < sheets.index("Arrangøren har satt opp dette møtet.")


def test_each_table_has_a_sign_with_the_days_meetings(conference, desk, here):
    conference.everybody_wishes()
    publish(conference, desk, here)
    page = desk.get(f"{here}/skriv-ut/bordskilt").text
    assert re.findall(r'<h2 class="huge" id="bord-\d+">(.*?)</h2>', page) == ["Bord 1", "Bord 2"]
    assert page.count('<th scope="row"') == 6


def test_sheets_are_in_the_events_language_and_the_page_in_the_readers(conference, desk, here):
    conference.both(0, 0)
    conference.event.language = "en"
    db.session.commit()
    publish(conference, desk, here)
    page = desk.get(f"{here}/skriv-ut/programmer").text
    assert '<html lang="nb"' in page
    sheets = page[page.index('<div class="sheets programmes" lang="en"') :]
    assert "A question to start with" in sheets
    assert "Et spørsmål å begynne med" not in sheets


@pytest.mark.both_databases
def test_many_sheets_cost_no_more_queries_than_few(conference, desk, here, queries):
    conference.both(0, 0)
    counts = []
    for _ in range(2):
        publish(conference, desk, here)
        with queries() as seen:
            for kind in ("programmer", "bordskilt", "navneskilt"):
                assert desk.get(f"{here}/skriv-ut/{kind}").status_code == 200
        counts.append(len(seen))
        if len(counts) == 1:
            conference.both(1, 1)
            conference.both(1, 2)
    assert counts[0] == counts[1]


def test_each_person_has_a_badge_with_its_own_code_and_who_names_nobody_has_the_organisations(app, conference, desk, here):
    conference.represent(conference.needs[0], "kari@example.test")
    conference.represent(conference.offers[0], "ola@example.test", name="")
    conference.offers[2].answer = Answer.DECLINED
    db.session.commit()
    page = desk.get(f"{here}/skriv-ut/navneskilt").text
    assert re.findall(r'<p class="wearer[^"]*">(.*?)</p>', page) == ["Halden kommune, Helse", "Kari Demo", "RørLytt", "TotalCtrl"]
    assert "ola@example.test" not in page
    with app.test_request_context():
        for who in day_queries.comers(conference.event):
            name = "Kari Demo" if who.person and who.person.name else who.participant.name
            assert codes.svg(url_for("meetings.badge", token=badges.token(who), _external=True), f"Kode for {name}") in page
