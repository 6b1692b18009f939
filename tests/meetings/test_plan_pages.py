"""The plan's pages: while it is computed, the board, changes by hand, and each participant's programme."""

import re
from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.core.queue import Job
from matchmaker.matches.states import Band
from matchmaker.meetings import queries
from matchmaker.meetings.models import Absence, Plan, PlanRun
from matchmaker.meetings.states import Level, PlanState, RunState

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


@pytest.fixture
def desk(conference, sign_in):
    return sign_in(conference.desk)


@pytest.fixture
def planned(conference, desk):
    conference.planned()
    return f"/arrangementer/{conference.event_id}/plan"


def seats(conference):
    return queries.meetings_of(queries.plan_of(conference.event_id))


def mark(conference) -> str:
    db.session.expire_all()
    return queries.plan_of(conference.event_id).mark


def free(page: str) -> str:
    return re.search(r"sted=(\d+-\d+)", page)[1]


def test_the_board_holds_every_meeting_at_its_time_and_table(conference, desk, planned):
    page = desk.get(planned).text
    assert page.count('class="seat"') == 6
    assert "Best mulig" in page
    assert "6 av 6" in page
    assert "<b>Ingen</b>har sagt «må»" in page
    ways = re.findall(r'href="#(tid-\d+)">kl\. \d\d\.\d\d</a>', page)  # what a phone jumps by
    assert ways == [f"tid-{each.id}" for each in conference.event.slots]
    assert all(f'<tr id="{each}">' in page for each in ways)
    people = desk.get(f"{planned}?visning=personer").text
    assert people.count('class="seat"') == 12
    assert 'aria-current="true">tid og deltakere' in people
    assert 'seek-people on-phone" method="get"' in people


def test_while_it_is_computed_the_page_tells_how_far_and_can_be_stopped(app, conference, desk, monkeypatch):
    conference.everybody_wishes()
    monkeypatch.setitem(app.extensions, "run_job", lambda number: None)
    here = f"/arrangementer/{conference.event_id}/plan"
    assert desk.post(f"{here}/lag").status_code == 303
    assert desk.post(f"{here}/lag").status_code == 303
    run = db.session.query(PlanRun).one()
    run.state, run.progress = RunState.RUNNING, {"goal": "value", "best": 780, "bound": 800, "seconds": 1.0}
    db.session.commit()
    page = desk.get(here).text
    assert f'data-poll="{here}/framdrift"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert desk.get(f"{here}/framdrift").json == {"done": 780, "total": 800, "label": "Gjør planen så god som mulig: høyst 2,5 % igjen å hente", "finished": False}
    desk.post(f"{here}/stopp")
    assert "Stopper, og tar vare på det beste så langt." in desk.get(here).text
    db.session.query(Job).filter_by(kind="meetings.make_plan").update({"state": "failed"})
    db.session.commit()
    assert desk.get(f"{here}/framdrift").json["finished"]
    assert "Noe gikk galt da planen ble laget." in desk.get(here).text


def test_a_meeting_is_moved_and_the_change_undone(conference, desk):
    conference.both(0, 0)
    here = f"/arrangementer/{conference.event_id}/plan"
    desk.post(f"{here}/lag")
    before = (seats(conference)[0].slot_id, seats(conference)[0].table_id)
    place = re.findall(r"sted=(\d+-\d+)", desk.get(here).text)[-1]
    answer = desk.post(f"{here}/moter/{seats(conference)[0].id}", data={"act": "move", "place": place, "mark": mark(conference)}, follow_redirects=True)
    assert "Halden kommune, Oppvekst – TotalCtrl er flyttet til kl. " in answer.text
    assert "For hånd" in answer.text
    said = re.search(r'<div class="ds-alert changed" id="endring".*?</div>\s*</div>', answer.text, re.S)[0]
    assert f'href="#tid-{place.split("-")[0]}">Vis i planen' in said
    assert f"{here}/angre" in said
    assert f"{seats(conference)[0].slot_id}-{seats(conference)[0].table_id}" == place
    page = desk.post(f"{here}/angre", data={"mark": mark(conference)}, follow_redirects=True).text
    assert "Angret: flyttingen av Halden kommune, Oppvekst – TotalCtrl." in page
    assert "For hånd" not in page
    assert (seats(conference)[0].slot_id, seats(conference)[0].table_id) == before


def test_the_lists_offer_only_what_the_check_allows_and_say_how_many_others_there_are_and_why(conference, desk):
    conference.both(0, 0)
    conference.both(1, 1)
    event = conference.event
    db.session.add(Absence(participant_id=conference.offers[0].id, slot_id=event.slots[2].id))
    db.session.commit()
    here = f"/arrangementer/{conference.event_id}/plan"
    desk.post(f"{here}/lag")
    one = next(each for each in seats(conference) if each.offer_id == conference.offers[0].id)
    page = desk.get(f"{here}/moter/{one.id}").text
    offered = re.findall(r'<option value="(\d+)-\d+"', page)
    assert str(event.slots[2].id) not in offered
    assert offered == sorted(offered, key=[str(each.id) for each in event.slots].index)
    assert "2 ledige plasser er ikke med:" in page
    assert re.search(r"<li>TotalCtrl kan ikke komme kl\. \d\d\.50\. \(2\)</li>", page)
    answer = desk.post(f"{here}/moter/{one.id}", data={"act": "move", "place": f"{event.slots[2].id}-{event.tables[0].id}", "mark": mark(conference)})
    assert re.search(r"TotalCtrl kan ikke komme kl\. \d\d\.50\.</p>", answer.text)
    assert re.findall(r'<option value="(\d+)-\d+"', answer.text) == offered  # what was refused is not offered once more
    assert "selected" not in answer.text
    other = next(each for each in seats(conference) if each.id != one.id)
    desk.post(f"{here}/moter/{other.id}", data={"act": "move", "place": f"{event.slots[2].id}-{event.tables[0].id}", "mark": mark(conference)})
    answer = desk.post(f"{here}/moter/{one.id}", data={"act": "swap", "other": other.id, "mark": mark(conference)})
    assert (answer.status_code, f'<option value="{other.id}"' in answer.text) == (422, False)


def test_what_has_begun_takes_a_meeting_only_when_it_was_held_there(conference, desk):
    conference.is_today()
    conference.both(0, 0)
    first, *_others, last = conference.event.slots
    table, here = conference.event.tables[0], f"/arrangementer/{conference.event_id}/plan"
    clock.fix(first.starts_at + timedelta(minutes=5))
    said = re.compile(r"Tidsluka kl\. \d\d\.00 har begynt og får ikke nye møter\.")
    assert said.search(desk.get(here).text)
    desk.post(f"{here}/lag")
    page = desk.get(here).text
    assert re.findall(r'seat free begun" href="[^"]+sted=(\d+)-\d+">har begynt<', page) == [str(first.id)] * 2
    assert said.search(page)
    assert "Angre siste endring" not in page
    one = seats(conference)[0]
    address, place = f"{here}/moter/{one.id}", f"{first.id}-{table.id}"
    page = desk.get(address).text
    assert [value for value in re.findall(r'<option value="(\d+)-\d+"[^>]*>[^<]*har begynt', page)] == [str(first.id)] * 2
    assert page.index("har begynt)") > page.index(f'value="{last.id}-')
    assert f'href="/arrangementer/{conference.event_id}/onsker#regel"' in page
    assert "60 av 100" in page
    answer = desk.post(address, data={"act": "move", "place": place, "mark": mark(conference)})
    assert answer.status_code == 422
    assert re.search(r"Tidsluka kl\. \d\d\.00 har begynt\. Ble møtet holdt da likevel, kryss av for det\.", answer.text)
    added = {"need": conference.needs[1].id, "offer": conference.offers[1].id, "place": place, "mark": mark(conference)}
    assert "har begynt. Ble møtet holdt" in desk.post(f"{here}/nytt-mote", data=added).text
    assert desk.post(address, data={"act": "move", "place": place, "held": "yes", "mark": mark(conference)}).status_code == 303
    assert [each.slot_id for each in seats(conference)] == [first.id]
    assert desk.post(f"{here}/nytt-mote", data={**added, "place": f"{first.id}-{conference.event.tables[1].id}", "held": "yes", "mark": mark(conference)}).status_code == 303
    later = {"need": conference.needs[1].id, "offer": conference.offers[2].id, "place": f"{last.id}-{table.id}", "mark": mark(conference)}
    desk.post(f"{here}/nytt-mote", data=later)
    third = next(each for each in seats(conference) if each.slot_id == last.id)
    answer = desk.post(f"{here}/moter/{third.id}", data={"act": "move", "place": place, "mark": mark(conference)})
    assert "Bord 1 er opptatt" in answer.text  # no tick would help there
    desk.post(f"{here}/moter/{third.id}", data={"act": "cancel", "mark": mark(conference)})
    moved = next(each for each in seats(conference) if each.table_id == table.id)
    other = next(each for each in seats(conference) if each.table_id != table.id)
    assert desk.post(f"{here}/moter/{moved.id}", data={"act": "swap", "other": other.id, "mark": mark(conference)}).status_code == 303
    clock.fix(last.starts_at)
    assert "Alle tidslukene har begynt" in desk.get(here).text


def test_a_draft_is_discarded_after_asking(conference, desk, planned):
    assert "Planen blir borte, og kan lages på nytt." in desk.get(planned).text
    answer = desk.post(f"{planned}/forkast", data={"mark": mark(conference)}, follow_redirects=True)
    assert "Utkastet er forkastet." in answer.text
    assert "Alt er klart for en plan" in answer.text
    assert "Planen er endret siden du åpnet siden" in desk.post(f"{planned}/forkast", data={"mark": "1.1"}, follow_redirects=True).text


def test_before_anything_is_published_the_page_lists_what_the_last_change_did_for_whom(conference, desk, planned):
    assert "Nytt siden" not in desk.get(planned).text
    desk.post(f"{planned}/moter/{seats(conference)[0].id}", data={"act": "cancel", "mark": mark(conference)})
    page = desk.get(planned).text
    assert "Nytt siden forrige endring" in page
    assert re.search(r'<ul class="rows news">.*?</section>', page, re.S)[0].count("Avlyst:") == 2
    assert ">får brev<" not in page


def test_a_refused_change_says_why_on_the_page(conference, desk, planned):
    one, two = seats(conference)[0], seats(conference)[-1]
    answer = desk.post(f"{planned}/moter/{one.id}", data={"act": "move", "place": f"{two.slot_id}-{two.table_id}", "mark": mark(conference)})
    assert answer.status_code == 422
    assert re.search(r"Bord \d er opptatt kl\. \d\d\.\d\d\.", answer.text)
    answer = desk.post(f"{planned}/moter/{one.id}", data={"act": "lock", "mark": "1.0"})
    assert "Planen er endret siden du åpnet siden" in answer.text


def test_locking_swapping_and_adding_by_the_forms(conference, desk, planned):
    one = seats(conference)[0]
    assert desk.post(f"{planned}/moter/{one.id}", data={"act": "lock", "mark": mark(conference)}).status_code == 303
    assert "låst" in desk.get(planned).text
    assert desk.post(f"{planned}/moter/{one.id}", data={"act": "swap", "other": one.id, "mark": mark(conference)}).status_code == 400
    assert desk.post(f"{planned}/moter/{one.id}", data={"act": "nonsense", "mark": mark(conference)}).status_code == 400
    desk.post(f"{planned}/moter/{one.id}", data={"act": "cancel", "mark": mark(conference)})
    place = free(desk.get(planned).text)
    values = {"need": one.need_id, "offer": one.offer_id, "place": place, "mark": mark(conference)}
    assert desk.post(f"{planned}/nytt-mote", data=values).status_code == 303
    assert len(seats(conference)) == 6
    desk.post(f"{planned}/moter/{seats(conference)[-1].id}", data={"act": "cancel", "mark": mark(conference)})
    held = seats(conference)[0]
    answer = desk.post(f"{planned}/nytt-mote", data={"need": held.need_id, "offer": held.offer_id, "place": free(desk.get(planned).text), "mark": mark(conference)})
    assert answer.status_code == 422
    assert "møtes allerede." in answer.text


def test_what_could_not_be_had_stands_under_the_board_with_what_would_help(conference, desk):
    conference.both(0, 0, Level.MUST)
    for participant, gone in ((conference.needs[0], conference.event.slots[:2]), (conference.offers[0], conference.event.slots[2:])):
        db.session.add_all(Absence(participant_id=participant.id, slot_id=slot.id) for slot in gone)
    db.session.commit()
    desk.post(f"/arrangementer/{conference.event_id}/plan/lag")
    page = desk.get(f"/arrangementer/{conference.event_id}/plan").text
    assert "0 av 1" in page
    assert "kan ikke komme samtidig i noen tidsluke." in page
    assert "Dette ville hjelpe" in page


def test_a_plan_that_no_longer_fits_says_so_and_has_no_button_to_publish(conference, desk, planned):
    place = seats(conference)[0]
    db.session.add(Absence(participant_id=place.need_id, slot_id=place.slot_id))
    db.session.commit()
    page = desk.get(planned).text
    assert "Planen passer ikke lenger" in page
    assert "/plan/publiser" not in page
    assert "Planen kan ikke publiseres" in desk.post(f"{planned}/publiser", data={"mark": mark(conference)}, follow_redirects=True).text


@pytest.mark.both_databases
def test_publishing_twice_publishes_once_and_a_draft_is_nobodys_programme(conference, desk, planned, sign_in):
    who = conference.offers[0]
    conference.represent(who, "totalctrl@example.test")
    client = sign_in(conference.members["TotalCtrl"])
    programme = f"/arrangementer/{conference.event_id}/program/{who.id}"
    assert "Planen er ikke klar ennå" in client.get(programme).text
    stamp = mark(conference)
    for _ in range(2):
        assert desk.post(f"{planned}/publiser", data={"mark": stamp}).status_code == 303
    assert [each.state for each in db.session.query(Plan)] == [PlanState.PUBLISHED]
    assert db.session.query(Letter).count() == 5
    assert client.get(programme).text.count("<p class=\"at\">") == 2


def test_the_programme_says_when_where_whom_and_why(conference, desk, planned, sign_in):
    conference.suggest(0, 0, Band.STRONG, asked="Vi kaster mat.", quote="Vi teller maten.")
    desk.post(f"{planned}/publiser", data={"mark": mark(conference)})
    page = sign_in(conference.members["Oppvekst"]).get(f"/arrangementer/{conference.event_id}/program/{conference.needs[0].id}").text
    assert "Mitt program" in page
    event = sign_in(conference.members["Oppvekst"]).get(f"/arrangementer/{conference.event_id}").text
    acts = [" ".join(words.split()) for words in re.findall(r'<a( class="ds-button")?[^>]*>(Se programmet|Møteønsker)<', event) for words in [" ".join(words)]]
    assert acts == ['class="ds-button" Se programmet', "Møteønsker"]
    assert all(name in page for name in ("TotalCtrl", "RørLytt", "Nabobil", "Vi teller maten.", "Bord "))


def test_the_next_draft_lists_who_is_told_what(conference, desk, planned):
    conference.represent(conference.needs[0], "oppvekst@example.test")
    for each in conference.members["TotalCtrl"].memberships:
        each.ended_at = clock.now()
    db.session.commit()
    desk.post(f"{planned}/publiser", data={"mark": mark(conference)})
    meeting = next(each for each in seats(conference) if (each.need_id, each.offer_id) == (conference.needs[0].id, conference.offers[0].id))
    desk.post(f"{planned}/moter/{meeting.id}", data={"act": "cancel", "mark": mark(conference)})
    page = desk.get(planned).text
    assert "Nytt siden versjon 1" in page
    news = re.search(r'<ul class="rows news">.*?</section>', page, re.S)[0]
    assert news.count("<h3>") == 2
    assert news.count("Avlyst:") == 2
    assert (news.count("får brev"), news.count("har ingen e-postadresse")) == (1, 1)
    assert db.session.query(Letter).count() == 4
