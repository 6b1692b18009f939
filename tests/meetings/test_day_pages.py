"""The day itself: the list at the door, badges, now and next, the wall."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.meetings import badges, passes, queries, services
from matchmaker.meetings.day_queries import Comer, comers
from matchmaker.meetings.models import Participant, Representative, Slot
from matchmaker.meetings.running import running
from matchmaker.meetings.states import Answer

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


def at(conference, slot: int, minutes: int = 0) -> datetime:
    """The clock is held at so many minutes into a slot."""
    moment = conference.event.slots[slot].starts_at + timedelta(minutes=minutes)
    clock.fix(moment)
    return moment


def person(conference, participant: int, name: str, **values) -> Representative:
    found = Representative(participant_id=conference.event.participants[participant].id, name=name, **values)
    db.session.add(found)
    db.session.commit()
    db.session.expire_all()
    return found


def arrived(conference) -> list[bool]:
    db.session.expire_all()
    return [each.arrived_at is not None for each in conference.event.participants]


# the list


def test_who_has_declined_is_not_counted_among_those_to_come(conference, published, desk):
    conference.event.participants[4].answer = Answer.DECLINED
    db.session.commit()
    assert ["0 av 4 deltakere har kommet" in desk.get(f"{published}/dagen{more}").text for more in ("", "/innsjekk")] == [True, True]


@pytest.mark.both_databases
def test_one_press_checks_in_a_person_and_with_the_first_the_participant(conference, desk, published):
    kari, ola = person(conference, 0, "Kari Demo"), person(conference, 0, "Ola Demo")
    moment = at(conference, 0, -20)
    page = desk.get(f"{published}/dagen/innsjekk").text
    assert page.count('name="here"') == 6
    answer = desk.post(f"{published}/dagen/innsjekk", data={"here": f"r{ola.id}"}, follow_redirects=True)
    assert "Ola Demo er her siden kl. " in answer.text
    db.session.expire_all()
    assert (kari.arrived_at, ola.arrived_at, ola.participant.arrived_at) == (None, moment, moment)
    clock.fix(moment + timedelta(minutes=5))
    desk.post(f"{published}/dagen/innsjekk", data={"here": f"r{ola.id}"})
    desk.post(f"{published}/dagen/innsjekk", data={"here": f"r{kari.id}"})
    db.session.expire_all()
    assert (ola.arrived_at, kari.arrived_at) == (moment, moment + timedelta(minutes=5))
    desk.post(f"{published}/dagen/innsjekk", data={"undo": f"r{ola.id}"})
    db.session.expire_all()
    assert (ola.arrived_at, ola.participant.arrived_at) == (None, moment + timedelta(minutes=5))
    desk.post(f"{published}/dagen/innsjekk", data={"undo": f"r{kari.id}"})
    assert arrived(conference) == [False] * 5


def test_where_nobody_is_named_the_participant_itself_is_checked_in(conference, desk, published):
    desk.post(f"{published}/dagen/innsjekk", data={"here": f"p{conference.event.participants[2].id}"})
    assert arrived(conference) == [False, False, True, False, False]


@pytest.mark.both_databases
def test_the_list_is_sought_and_filtered_without_javascript(conference, desk, published):
    person(conference, 2, "Åse Demo")
    here = f"{published}/dagen/innsjekk"
    desk.post(here, data={"here": f"p{conference.event.participants[0].id}"})
    shown = lambda query: re.findall(r"<li>\s*<h2>([^<]+)</h2>", desk.get(f"{here}?{query}").text)  # noqa: E731 - asked five times
    assert shown("finn=åse") == ["TotalCtrl"]
    assert shown("finn=oppvekst") == ["Halden kommune, Oppvekst"]
    assert shown("vis=her") == ["Halden kommune, Oppvekst"]
    assert len(shown("vis=venter")) == 4
    assert shown("vis=borte") == []
    assert "Ingen passer med søket" in desk.get(f"{here}?finn=finnesikke").text


def test_nobody_waits_for_who_has_declined_or_for_a_substitute_who_is_not_needed(conference, desk, published):
    person(conference, 0, "Kari Demo")
    vara = person(conference, 0, "Vara Demo", substitute=True)
    conference.event.participants[4].answer = Answer.DECLINED
    db.session.commit()
    assert "Nabobil" not in desk.get(f"{published}/dagen/innsjekk?vis=alle").text
    assert "Vara Demo" in desk.get(f"{published}/dagen/innsjekk").text
    desk.post(f"{published}/dagen/innsjekk", data={"here": f"r{vara.participant.representatives[0].id}"})
    assert "Vara Demo" not in desk.get(f"{published}/dagen/innsjekk").text
    assert "Vara Demo" in desk.get(f"{published}/dagen/innsjekk?vis=alle").text


def test_afterwards_from_paper_the_time_is_typed_on_the_clock_of_the_place(conference, desk, published):
    first = conference.event.slots[0].starts_at
    clock.fix(first + timedelta(hours=2))
    here, who = f"{published}/dagen/innsjekk", conference.event.participants[0]
    typed = first.astimezone(ZoneInfo("Europe/Oslo")) - timedelta(minutes=7)
    assert f"Kom kl. {typed:%H.%M}" in desk.get(f"{here}?at={typed:%H.%M}").text
    answer = desk.post(here, data={"here": f"p{who.id}", "at": f"{typed:%H.%M}", "day": conference.event.first_day.isoformat()})
    assert f"at={typed:%H.%M}" in answer.location
    db.session.expire_all()
    assert who.arrived_at == first - timedelta(minutes=7)


@pytest.mark.parametrize(("typed", "why"), [("25.61", "Skriv klokkeslettet slik"), ("snart", "Skriv klokkeslettet slik"), ("23.59", "har ikke vært ennå")])
def test_a_time_that_is_none_or_has_not_been_is_refused_and_nothing_is_noted(conference, desk, published, typed, why):
    at(conference, 0)
    answer = desk.post(f"{published}/dagen/innsjekk", data={"here": f"p{conference.event.participants[0].id}", "at": typed})
    assert answer.status_code == 422
    assert why in answer.text
    assert arrived(conference) == [False] * 5


def test_the_hour_that_the_clocks_skip_is_no_time(make, sign_in):
    night = make.event(challenges=[make.challenge(make.municipality(department="Natt"))], first_day=datetime(2027, 3, 28).date())
    clock.fix(datetime(2027, 3, 28, 9, tzinfo=ZoneInfo("UTC")))
    answer = sign_in(make.coordinator()).post(f"/arrangementer/{night.id}/dagen/innsjekk", data={"here": f"p{night.participants[0].id}", "at": "02.30"})
    assert answer.status_code == 422
    assert "dette klokkeslettet finnes ikke" in answer.text


def test_somebody_of_another_event_or_of_none_is_not_checked_in(conference, desk, published, make):
    other = make.event(challenges=[make.challenge(make.municipality(department="Annet"))])
    for key in (f"p{other.participants[0].id}", "p0", "r1", "x", "", "p999999999999999999999"):
        assert desk.post(f"{published}/dagen/innsjekk", data={"here": key}).status_code == 404
    assert [each.arrived_at for each in db.session.query(Participant)] == [None] * 6


def test_the_paper_has_a_box_for_everybody_who_is_to_come(conference, desk, published):
    person(conference, 0, "Kari Demo")
    person(conference, 0, "Ola Demo")
    desk.post(f"{published}/dagen/innsjekk", data={"here": f"p{conference.event.participants[2].id}"})
    page = desk.get(f"{published}/dagen/innsjekk/papir").text
    assert page.count('class="tick') == 6
    assert page.count('class="tick ticked"') == 1


# badges


def test_reading_a_badge_changes_nothing_and_one_press_checks_in(conference, desk, published):
    kari = person(conference, 0, "Kari Demo")
    at(conference, 0, -5)
    address = f"/innsjekk/{passes.badge_for(kari)}"
    page = desk.get(address).text
    assert arrived(conference) == [False] * 5
    assert all(words in page for words in ("Kari Demo", "Halden kommune, Oppvekst", "Første møte", "Bord "))
    assert "Kari Demo er her." in desk.post(address, follow_redirects=True).text
    assert arrived(conference) == [True, False, False, False, False]
    desk.post(address, data={"act": "undo"})
    assert arrived(conference) == [False] * 5


def test_a_participant_without_named_people_has_a_badge_too(conference, desk, published):
    company = conference.offers[0]
    token = badges.token(Comer(company))
    assert "TotalCtrl" in desk.get(f"/innsjekk/{token}").text
    desk.post(f"/innsjekk/{token}")
    assert arrived(conference) == [False, False, True, False, False]


def test_to_everybody_else_a_badge_says_only_to_show_it(conference, published, client, sign_in):
    kari = person(conference, 0, "Kari Demo")
    address = f"/innsjekk/{passes.badge_for(kari)}"
    for reader, own in ((client, False), (sign_in(conference.members["TotalCtrl"]), False), (sign_in(conference.members["Oppvekst"]), True)):
        answer = reader.get(address)
        assert "Vis denne koden i innsjekkingen" in answer.text
        assert "Kari" not in answer.text
        assert ("/program/" in answer.text) == own
        assert reader.post(address).status_code in {401, 403}
    assert client.get("/innsjekk/nonsense").status_code == 404
    assert arrived(conference) == [False] * 5


# the clock


def test_a_slot_runs_from_its_start_until_and_not_including_its_end(conference):
    first, second, _third = conference.event.slots
    for moment, now, following, begun in (
        (first.starts_at - timedelta(seconds=1), None, first, 0),
        (first.starts_at, first, second, 1),
        (first.ends_at - timedelta(seconds=1), first, second, 1),
        (first.ends_at, None, second, 1),
        (second.starts_at, second, _third, 2),
        (_third.ends_at, None, None, 3),
    ):
        clock.fix(moment)
        found = running(conference.event)
        assert (found.slot, found.next, len(found.begun)) == (now, following, begun)
    assert found.over


def test_the_day_says_now_and_next_and_who_is_missing(conference, desk, published):
    at(conference, 0, 5)
    page = desk.get(f"{published}/dagen").text
    assert page.count("ikke sjekket inn") == 8
    assert re.search(r"<h2 id=\"del-1\">Nå</h2>.*<h2 id=\"del-2\">Neste</h2>", page, re.S)
    assert 'aria-current="page">Dagen' in page


def test_before_the_day_nobody_is_missing_yet(conference, desk, published):
    clock.fix(clock.now() - timedelta(days=1))
    page = desk.get(f"{published}/dagen").text
    assert "ikke sjekket inn" not in page
    assert re.findall(r'name="gone"[^>]*>(Kom[^<]+)', page) == ["Kommer ikke"] * 4
    assert set(re.findall(r'name="gone"[^>]*>(Kom[^<]+)', desk.get(f"{published}/dagen/innsjekk").text)) == {"Kommer ikke"}
    answer = desk.post(f"{published}/dagen/endring", data={"gone": conference.offers[0].id}, follow_redirects=True)
    assert "TotalCtrl er satt til «Kommer ikke»." in answer.text


def test_every_page_of_the_event_has_the_same_way_about_and_the_day_comes_with_the_published_plan(conference, desk, sign_in):
    here = f"/arrangementer/{conference.event_id}"
    assert ">Dagen<" not in desk.get(here).text
    conference.both(0, 0)
    desk.post(f"{here}/plan/lag")
    db.session.expire_all()
    desk.post(f"{here}/plan/publiser", data={"mark": queries.plan_of(conference.event_id).mark})
    below = f"plan/moter/{queries.meetings_of(queries.published_of(conference.event_id))[0].id}"
    pages = {"": ("Oversikt", "page"), "/rediger": ("Oversikt", "true"), f"/{below}": ("Møteplan", "true"), "/dagen/innsjekk": ("Dagen", "true"), "/resultat": ("Etterpå", "page")}
    for page, (name, kind) in pages.items():
        way = re.search(r'<nav class="tabs".*?</nav>', desk.get(f"{here}{page}").text, re.S)[0]
        assert re.findall(r">([^<]+)</a>", way) == ["Oversikt", "Tid og bord", "Deltakere", "Møteønsker", "Møteplan", "Dagen", "Etterpå"]
        assert re.findall(r'aria-current="(\w+)">([^<]+)<', way) == [(kind, name)]
    assert "Til nå og neste" in desk.get(here).text
    at(conference, 2, 60 * 24)
    assert "Se hva som kom ut av det" in desk.get(here).text
    assert 'class="tabs"' not in sign_in(conference.members["Oppvekst"]).get(here).text


# the wall


@pytest.mark.parametrize(
    ("slot", "minutes", "words"),
    [(0, -60 * 24 * 3, "Møtene begynner "), (0, -60 * 24 * 3, "Første møte"), (0, -10, "Møtene begynner kl. "), (0, 5, "Møtene som går nå, slutter kl. "), (0, 22, "Pause. Neste møter begynner kl. "), (2, 20, "Alle møtene er ferdige.")],
)
def test_the_wall_says_something_sensible_at_every_hour(conference, desk, published, slot, minutes, words):
    at(conference, slot, minutes)
    assert words in desk.get(f"{published}/vegg").text


def test_the_wall_over_two_days(conference, desk, published):
    event = conference.event
    event.last_day = event.first_day + timedelta(days=1)
    next_day = event.slots[0].starts_at + timedelta(days=1)
    event.slots.append(Slot(starts_at=next_day, ends_at=next_day + timedelta(minutes=20)))
    db.session.commit()
    at(conference, 2, 30)
    assert "Alle møtene er ferdige." in desk.get(f"{published}/vegg").text
    queries.meetings_of(queries.published_of(conference.event_id))[-1].slot_id = event.slots[3].id
    db.session.commit()
    page = desk.get(f"{published}/vegg").text
    assert "Ferdig for i dag. Møtene fortsetter " in page
    assert "<section" not in page


def test_a_slot_without_meetings_is_a_break_and_says_one_thing(conference, desk, published):
    first = conference.event.slots[0].id
    for each in queries.meetings_of(queries.published_of(conference.event_id)):
        if each.slot_id == first:
            db.session.delete(each)
    db.session.commit()
    at(conference, 0, 5)
    for address in ("vegg", "dagen"):
        page = desk.get(f"{published}/{address}").text
        assert "Møtene begynner kl. " in page
        assert "som går nå" not in page
        assert ">Nå<" not in page
        assert ">Første møte<" in page


def test_the_wall_keeps_the_clock_of_the_place_over_the_change_of_clocks(make, sign_in):
    event = make.event(challenges=[make.challenge(make.municipality(department="Natt"))], first_day=datetime(2026, 10, 25).date())
    event.slots[0].starts_at, event.slots[0].ends_at = (datetime(2026, 10, 25, hour, 30, tzinfo=ZoneInfo("UTC")) for hour in (0, 1))
    db.session.commit()
    clock.fix(datetime(2026, 10, 25, 0, 45, tzinfo=ZoneInfo("UTC")))
    page = sign_in(make.coordinator()).get(f"/arrangementer/{event.id}/vegg").text
    assert "Programmet er ikke klart ennå." in page
    assert "<time>02.45</time>" in page


def test_the_wall_shows_who_meets_whom_where_and_no_persons(conference, desk, published, client):
    person(conference, 0, "Kari Demo", email="kari@example.test")
    at(conference, 0, 5)
    screen = re.search(r'id="skjerm-adresse" readonly value="http://[^/]+([^"]+)" data-copy', desk.get(f"{published}/dagen").text)[1]
    page = client.get(screen).text
    assert page.count("<li><b>Bord ") == 4
    assert "Kari" not in page
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page
    assert client.get(f"{published}/vegg").status_code == 303
    assert client.get("/vegg/nonsense").status_code == 404
    assert client.get(screen).headers["Cache-Control"] == "no-store"


def test_where_more_tables_meet_than_a_wall_can_show_it_turns_the_leaf(conference, desk, published, monkeypatch):
    monkeypatch.setattr("matchmaker.meetings.views.day.MOST", {1: 1, 2: 1})
    moment = at(conference, 0, 5)
    seen = set()
    for _ in range(2):
        seen |= set(re.findall(r"<li><b>(Bord \d)</b>", desk.get(f"{published}/vegg").text.split('class="runs"')[1].split("</section>")[0]))
        clock.fix(moment := moment + timedelta(seconds=15))
    assert seen == {"Bord 1", "Bord 2"}


@pytest.mark.both_databases
def test_undoing_what_was_never_noted_changes_nothing(conference):
    with transaction():
        assert not services.undo_check_in(participant=conference.needs[0], by=conference.desk)
    assert [each.state for each in comers(conference.event)] == ["venter"] * 5
