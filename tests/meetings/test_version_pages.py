"""Versions of the plan, two of them side by side, and the board where it is too big to be shown whole."""

import re

import pytest

from matchmaker.core.database import db
from matchmaker.meetings import queries
from matchmaker.meetings.models import Plan, Table
from matchmaker.meetings.views import boards

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


@pytest.fixture
def desk(conference, sign_in):
    return sign_in(conference.desk)


@pytest.fixture
def here(conference, desk):
    """Version 1 with six meetings; then one moved meeting less, as a draft."""
    address = f"/arrangementer/{conference.event_id}/plan"
    conference.published()
    desk.post(f"{address}/moter/{meetings(conference)[0].id}", data={"act": "cancel", "mark": mark(conference)})
    db.session.expire_all()
    return address


@pytest.fixture
def counted_by(request):
    """The shared fixture `queries`, under a name that the module of that name leaves free."""
    return request.getfixturevalue("queries")


def mark(conference) -> str:
    db.session.expire_all()
    return queries.plan_of(conference.event_id).mark


def meetings(conference):
    return queries.meetings_of(queries.plan_of(conference.event_id))


def test_all_versions_are_listed_with_who_published_when_and_what_they_have(conference, desk, here):
    assert f'href="{here}/versjoner">Begge versjonene' in desk.get(here).text
    page = desk.get(f"{here}/versjoner").text
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.S)
    assert [re.search(r">(Utkast|Versjon) (\d)<", row).groups() for row in rows] == [("Utkast", "2"), ("Versjon", "1")]
    assert [re.search(r'data-label="Møter">(\d+)<', row)[1] for row in rows] == ["5", "6"]
    assert ("ikke ennå" in rows[0], conference.desk.name in rows[1], "gjelder nå" in rows[1]) == (True, True, True)


def test_an_old_version_is_shown_as_it_was_and_cannot_be_changed(conference, desk, here):
    desk.post(f"{here}/publiser", data={"mark": mark(conference)})
    page = desk.get(f"{here}/versjoner/1").text
    assert len(re.findall(r'<span class="seat[ "]', page)) == 6
    assert "/plan/moter/" not in page
    assert desk.get(f"{here}/versjoner/2").location == here
    assert desk.get(f"{here}/versjoner/9").status_code == 404
    assert desk.get(f"{here}/versjoner/1?visning=personer").text.count('<span class="seat') == 12


def test_two_versions_are_compared_by_meeting_and_by_person(conference, desk, here):
    page = desk.get(f"{here}/sammenlign").text
    assert "5 møter er like i begge." in page
    assert "Ett møte er nytt, flyttet eller borte, og det gjelder 2 deltakere." in page
    assert '<option value="1" selected>Versjon 1' in page
    assert page.count("Avlyst:") == 2
    assert "ikke med" in page
    assert "De to er like." in desk.get(f"{here}/sammenlign?fra=1&til=1").text
    assert desk.get(f"{here}/sammenlign?fra=x&til=99").status_code == 200


def test_without_versions_there_is_nothing_to_compare(conference, desk):
    address = f"/arrangementer/{conference.event_id}/plan"
    assert desk.get(f"{address}/sammenlign").location == address
    assert desk.get(f"{address}/versjoner").location == address


def test_a_big_board_shows_one_slot_or_some_people_at_a_time(conference, desk, here, monkeypatch):
    monkeypatch.setattr(boards, "WHOLE", 3)
    monkeypatch.setattr(boards, "PEOPLE", 2)
    slots = conference.event.slots
    page = desk.get(f"{here}?tid={slots[1].id}").text
    assert len(re.findall(r'<a class="seat[ "]', page)) == 2
    assert f'id="tid-{slots[1].id}"' in page
    assert f'tid={slots[1].id}#tavla" aria-current="true"' in page
    people = desk.get(f"{here}?visning=personer").text
    assert people.count('<th scope="row">') == 2
    assert "1–2 av 5" in people
    found = desk.get(f"{here}?visning=personer&sok=rørl").text
    assert found.count('<th scope="row">') == 1
    assert "Ingen deltakere heter noe med «qqq»." in desk.get(f"{here}?visning=personer&sok=qqq").text
    assert "Nytt siden versjon 1" in page


@pytest.mark.both_databases
def test_the_plan_is_read_in_as_many_queries_with_one_version_as_with_three(conference, desk, here, counted_by):
    with counted_by() as one:
        desk.get(f"{here}/versjoner")
    for _ in range(2):
        desk.post(f"{here}/publiser", data={"mark": mark(conference)})
        desk.post(f"{here}/moter/{meetings(conference)[0].id}", data={"act": "lock", "mark": mark(conference)})
    assert db.session.query(Plan).count() > 2
    with counted_by() as three:
        desk.get(f"{here}/versjoner")
    assert len(three) == len(one)


def test_a_refused_change_is_told_in_as_many_queries_however_many_tables_there_are(conference, desk, here, counted_by):
    one, two = meetings(conference)[:2]
    counts = []
    for more in (0, 20):
        db.session.add_all(Table(event_id=conference.event_id, name=f"Et bord til {number}", position=10 + number) for number in range(more))
        db.session.commit()
        for known in (mark(conference), "another"):
            with counted_by() as seen:
                answer = desk.post(f"{here}/moter/{one.id}", data={"act": "move", "place": f"{two.slot_id}-{two.table_id}", "mark": known})
            assert answer.status_code == 422
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
