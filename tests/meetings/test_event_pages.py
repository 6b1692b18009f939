"""Pages of events, slots, tables and participants: the happy way, what is wrong beside its field, and nothing typed lost."""

import re
from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.meetings.models import Event, Participant, Representative, Slot
from matchmaker.meetings.states import Level, PlanState

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


@pytest.fixture
def desk(conference, sign_in):
    return sign_in(conference.desk)


def filled(**values) -> dict:
    day = clock.today() + timedelta(days=40)
    return {"title": "Vårkonferansen", "place": "Halden", "first_day": day.isoformat(), "last_day": "", "wishes_due": (day - timedelta(days=9)).isoformat(), "need_least": 1, "need_most": 4, "offer_least": 0, "offer_most": 5, "token": "t1", **values}  # fmt: skip


def error(page: str, field: str) -> str:
    """What stands beside a field."""
    found = re.search(rf'<p class="ds-validation-message" id="{field}-error">(.*?)</p>', page, re.S)
    return found[1] if found else ""


@pytest.mark.both_databases
def test_an_event_is_created_once_however_often_the_button_is_pressed(desk):
    first, second = (desk.post("/arrangementer/nytt", data=filled()) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    event = db.session.query(Event).filter_by(title="Vårkonferansen").one()
    assert (event.first_day, event.offer_most) == (event.last_day, 5)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"title": " "}, "title", "Skriv et navn."),
        ({"first_day": "i morgen"}, "first_day", "Skriv datoen slik: 24.12.2026."),
        ({"last_day": "2020-01-01"}, "last_day", "Siste dag kan ikke komme før første dag."),
        ({"last_day": "2099-01-01"}, "last_day", "Et arrangement kan vare i høyst 5 dager."),
        ({"wishes_due": "2099-01-01"}, "wishes_due", "Fristen må være senest den første dagen."),
        ({"need_least": "5"}, "need_most", "Høyeste antall kan ikke være mindre enn laveste."),
        ({"offer_most": "mange"}, "offer_most", "Skriv et helt tall fra 1 til 40."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(desk, values, field, words):
    answer = desk.post("/arrangementer/nytt", data=filled(**values))
    assert answer.status_code == 422
    assert error(answer.text, field) == words
    assert 'value="Halden"' in answer.text
    assert db.session.query(Event).count() == 1


@pytest.mark.both_databases
def test_the_coming_events_stand_first_by_their_day_then_those_that_are_over(conference, make, desk):
    for title, days in (("Gammel", -300), ("Nylig", -3), ("Snart", 2), ("Sist", 400)):
        event = make.event(challenges=[], profiles=[], title=title)
        event.first_day = event.last_day = clock.today() + timedelta(days=days)
    db.session.commit()
    assert re.findall(r'<h2><a href="/arrangementer/\d+">(.*?)</a>', desk.get("/arrangementer").text) == ["Snart", "Partnerkonferansen", "Sist", "Nylig", "Gammel"]


@pytest.mark.both_databases
def test_an_event_is_edited_copied_and_deleted(conference, desk):
    here = f"/arrangementer/{conference.event_id}"
    assert "Partnerkonferansen" in desk.get(f"{here}/rediger").text
    event = conference.event
    values = filled(title="Nytt navn", first_day=event.first_day.isoformat(), wishes_due=event.wishes_due.isoformat())
    assert desk.post(f"{here}/rediger", data=values).status_code == 303
    passed = filled(first_day=event.first_day.isoformat(), wishes_due=(clock.today() - timedelta(days=1)).isoformat())
    assert error(desk.post(f"{here}/rediger", data=passed).text, "wishes_due") == "Den dagen har vært. Da er det ingen som får gitt ønsker."
    event = conference.event
    event.wishes_due = clock.today() - timedelta(days=1)
    db.session.commit()
    answer = desk.post(f"{here}/rediger", data=passed | {"title": "Nytt navn", "capacity": "4"}, follow_redirects=True)
    assert (answer.status_code, "5 har plass allerede. Ingen flere får plass." in answer.text) == (200, True)
    copied = desk.post(f"{here}/kopi").location
    assert "52 uker senere" in desk.get(copied).text
    assert desk.post(f"{here}/slett", follow_redirects=True).status_code == 200
    assert [each.title for each in db.session.query(Event)] == ["Nytt navn"]


def test_slots_are_made_by_the_generator_and_one_by_one_and_shown_as_the_wall_shows_them(conference, desk):
    event = conference.make.event(slots=0, first_day=conference.event.first_day)
    here, day = f"/arrangementer/{event.id}/tider", event.first_day.isoformat()
    many = {"many-day": day, "many-start": "09:00", "many-end": "12.00", "many-minutes": "20", "many-gap": "5", "many-pauses": "10.00–10.30"}
    assert desk.post(f"{here}/lag", data=many).status_code == 303
    answer = desk.post(here, data={"one-day": day, "one-start": "13:00", "one-end": "13:25"})
    assert answer.location.endswith("#innhold")  # else the browser keeps the place of the form, below the receipt
    assert re.findall(r'<span class="number">(.*?)</span>', desk.get(here).text) == [
        "09.00–09.20", "09.25–09.45", "10.30–10.50", "10.55–11.15", "11.20–11.40", "13.00–13.25",
    ]  # fmt: skip
    slot = db.session.query(Slot).filter_by(event_id=event.id).first()
    assert desk.post(f"{here}/{slot.id}/fjern", follow_redirects=True).text.count('<span class="number">') == 5


@pytest.mark.parametrize(
    ("start", "end", "field", "words"),
    [
        ("10:00", "09:00", "one-end", "Slutten må komme etter starten."),
        ("morgen", "09:00", "one-start", "Skriv klokkeslettet slik: 09.30."),
        ("overlap", "overlap", "one-start", "Dette overlapper med tidsluker som står der fra før."),
    ],
)
def test_a_slot_that_cannot_be_is_refused_beside_its_field(conference, desk, start, end, field, words):
    event = conference.event
    if start == "overlap":
        local = event.slots[0].starts_at.astimezone(event.zone)
        start, end = f"{local:%H:%M}", f"{local + timedelta(minutes=10):%H:%M}"
    answer = desk.post(f"/arrangementer/{event.id}/tider", data={"one-day": event.first_day.isoformat(), "one-start": start, "one-end": end})
    assert answer.status_code == 422
    assert error(answer.text, field) == words
    assert f'value="{end}"' in answer.text
    assert db.session.query(Slot).count() == 3


def test_the_hour_that_the_clocks_skip_is_refused_in_words(conference, desk):
    event = conference.make.event(slots=0, first_day=clock.datetime(2027, 3, 28).date())
    answer = desk.post(f"/arrangementer/{event.id}/tider", data={"one-day": "2027-03-28", "one-start": "01:30", "one-end": "02:30"})
    assert "Klokka stilles fram denne natta" in error(answer.text, "one-end")


@pytest.mark.parametrize(("names", "words"), [("", "Skriv minst ett bord."), ("A\nA", "To bord kan ikke hete det samme."), ("x" * 81, "Et navn kan ha høyst 80 tegn.")])
def test_tables_that_cannot_be_are_refused_beside_the_field(conference, desk, names, words):
    answer = desk.post(f"/arrangementer/{conference.event_id}/bord", data={"tables-names": names})
    assert (answer.status_code, error(answer.text, "tables-names")) == (422, words)
    assert names in answer.text


@pytest.mark.both_databases
def test_participants_are_found_and_added_together(conference, desk):
    here = f"/arrangementer/{conference.event_id}/deltakere"
    new = [conference.make.profile(conference.make.organisation(name=name)) for name in ("Ålesund Vann", "Lufta", "Skjult")]
    new[2].consent_at = None
    db.session.commit()
    page = desk.get(f"{here}?side=offer&finn=ålesund").text
    assert "Ålesund Vann" in page
    assert "Lufta" not in page
    answer = desk.post(here, data={"side": "offer", "chosen": [each.id for each in new]})
    assert answer.location.endswith("#innhold")
    assert "2 deltakere er lagt til." in desk.get(answer.location).text
    assert desk.post(here, data={"side": "offer"}).status_code == 422
    assert db.session.query(Participant).count() == 7


def test_a_participant_is_changed_and_what_is_wrong_stays_as_typed(conference, desk):
    who, slot = conference.needs[0], conference.event.slots[1]
    here = f"/arrangementer/{conference.event_id}/deltakere/{who.id}"
    values = {"least": "2", "most": "1", "away": [slot.id], "name1": "Kari Demo", "email1": "ingen adresse"}
    answer = desk.post(here, data=values)
    assert answer.status_code == 422
    assert error(answer.text, "most") == "Høyeste antall kan ikke være mindre enn laveste."
    assert error(answer.text, "email1").startswith("Skriv en gyldig e-postadresse til ")
    assert f'value="{slot.id}" id="away-{slot.id}" checked' in answer.text
    assert desk.post(here, data={**values, "most": "3", "email1": "kari@example.test"}).status_code == 303
    db.session.expire_all()
    assert (who.least, who.most, [each.slot_id for each in who.absences]) == (2, 3, [slot.id])
    assert db.session.query(Representative).one().email == "kari@example.test"


def test_a_participant_with_meetings_is_not_removed_and_the_page_says_what_to_do(conference, desk):
    conference.everybody_wishes()
    desk.post(f"/arrangementer/{conference.event_id}/plan/lag")
    here = f"/arrangementer/{conference.event_id}/deltakere/{conference.offers[0].id}"
    assert "Sett høyeste antall møter til 0" in desk.post(f"{here}/fjern", follow_redirects=True).text
    assert len(conference.offers) == 3


@pytest.mark.both_databases
def test_members_see_the_events_they_take_part_in_and_no_other(conference, sign_in):
    other = conference.make.event(title="De andres dag")
    client = sign_in(conference.members["TotalCtrl"])
    page = client.get("/arrangementer").text
    assert "Partnerkonferansen" in page
    assert "De andres dag" not in page
    assert client.get(f"/arrangementer/{other.id}").status_code == 403
    assert "Dere er ikke meldt på noe arrangement" in sign_in(conference.make.company_member()).get("/arrangementer").text


@pytest.mark.both_databases
@pytest.mark.parametrize("page", ["", "/tider", "/deltakere", "/onsker", "/plan", "/plan?visning=personer"])
def test_more_participants_and_meetings_cost_no_more_questions(conference, make, desk, queries, page):
    conference.everybody_wishes()
    small = make.event(challenges=[conference.needs[0].challenge], profiles=[conference.offers[0].profile])
    desk.post(f"/arrangementer/{conference.event_id}/plan/lag")
    desk.post(f"/arrangementer/{small.id}/plan/lag")
    seen = []
    for event_id in (small.id, conference.event_id):
        desk.get(f"/arrangementer/{event_id}{page}")
        with queries() as statements:
            assert desk.get(f"/arrangementer/{event_id}{page}").status_code == 200
        seen.append(len(statements))
    assert seen[0] == seen[1]


@pytest.mark.both_databases
def test_a_list_of_one_event_and_of_three_costs_the_same(conference, make, desk, queries):
    seen = []
    for _ in range(2):
        desk.get("/arrangementer")
        with queries() as statements:
            assert desk.get("/arrangementer").status_code == 200
        seen.append(len(statements))
        for _more in range(2):
            make.event(challenges=[make.challenge()], profiles=[make.profile()])
    assert seen[0] == seen[1]


def test_the_way_to_a_plan_says_what_is_next(conference, desk, make):
    empty = make.event(slots=0, tables=0)
    assert "Sett opp tider og bord" in desk.get(f"/arrangementer/{empty.id}").text
    assert "Det er ingen tidsluker ennå." in desk.get(f"/arrangementer/{empty.id}/plan").text
    silent = desk.get(f"/arrangementer/{conference.event_id}/plan").text
    assert "Ingen har gitt ønsker ennå" in silent
    assert "0 av 5 har gitt ønsker." in silent
    conference.wish(0, 0, Level.LIKE)
    assert "Alt er klart for en plan" in desk.get(f"/arrangementer/{conference.event_id}/plan").text
    assert PlanState.DRAFT not in [each.state for each in conference.event.plans]


def test_whichever_part_of_the_page_is_saved_what_is_typed_in_the_others_stays(conference, desk):
    event = conference.make.event(slots=0, tables=0, first_day=conference.event.first_day)
    here, day = f"/arrangementer/{event.id}", event.first_day.isoformat()
    many = {"many-day": day, "many-start": "09:00", "many-end": "10.00", "many-minutes": "30", "many-gap": "0", "many-pauses": ""}
    one, tables = {"one-day": day, "one-start": "13:00", "one-end": ""}, {"tables-names": "Tista\nFredriksten"}
    made = desk.post(f"{here}/tider/lag", data=many | one | tables)
    assert made.status_code == 200
    assert "2 tidsluker er lagt til." in made.text
    assert "Tista\nFredriksten</textarea>" in made.text.replace("\r", "")
    assert re.search(r'name="one-start"[^>]*value="13:00"', made.text)
    saved = desk.post(f"{here}/bord", data=many | {"one-start": "", "one-end": "", "one-day": day} | tables)
    assert "Bordene er lagret." in saved.text
    assert re.search(r'name="many-minutes"[^>]*value="30"', saved.text)
    wrong = desk.post(f"{here}/tider", data=many | one | {"tables-names": "Tista\nNy"})
    assert wrong.status_code == 422
    assert "Tista\nNy</textarea>" in wrong.text.replace("\r", "")
    slot = db.session.query(Slot).filter_by(event_id=event.id).first()
    removed = desk.post(f"{here}/tider/{slot.id}/fjern", data=many | one | tables)
    assert "Tidsluka er fjernet." in removed.text
    assert re.search(r'name="one-start"[^>]*value="13:00"', removed.text)
    plain = {"many-day": day, "many-start": "09:00", "many-end": "15:00", "many-minutes": "20", "many-gap": "5", "many-pauses": ""}
    assert desk.post(f"{here}/bord", data=plain | {"one-start": "", "one-end": ""} | tables).status_code == 303


def test_the_enter_key_makes_what_is_filled_in(conference, desk):
    event = conference.make.event(slots=0, first_day=conference.event.first_day)
    here, day = f"/arrangementer/{event.id}/tider", event.first_day.isoformat()
    many = {"act": "enter", "many-day": day, "many-start": "09:00", "many-end": "10.00", "many-minutes": "20", "many-gap": "5", "many-pauses": "", "one-day": day}
    desk.post(here, data={**many, "one-start": "13:00", "one-end": "13:20"})
    assert db.session.query(Slot).filter_by(event_id=event.id).count() == 1
    desk.post(here, data={**many, "one-start": "", "one-end": ""})
    assert db.session.query(Slot).filter_by(event_id=event.id).count() == 3


@pytest.mark.parametrize(("tab", "way"), [("tider", "deltakere"), ("deltakere", "onsker"), ("onsker", "plan")])
def test_each_tab_ends_with_the_way_to_the_next(conference, desk, tab, way):
    here = f"/arrangementer/{conference.event_id}"
    assert f'Neste steg: <a href="{here}/{way}">' in desk.get(f"{here}/{tab}").text
