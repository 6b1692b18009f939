"""The tables of an event: what is in each, and what is in none."""

import csv
import io

import pytest
from openpyxl import load_workbook

from matchmaker.core.database import db
from matchmaker.core.imports.writing import BOM
from matchmaker.matches.states import Band
from matchmaker.meetings.states import Answer, Level, NextStep, Side
from tests.meetings.test_outcomes import publish, report, think

NAMES = ("deltakere", "onsker", "plan", "utfall", "tilbakemeldinger")


@pytest.fixture
def table(conference, sign_in):
    """`table(name)` reads the file as a spreadsheet would: a list of rows, the header first."""
    desk = sign_in(conference.desk)

    def read(name: str, form: str = "csv"):
        answer = desk.get(f"/arrangementer/{conference.event_id}/last-ned/{name}.{form}")
        assert "attachment" in answer.headers["Content-Disposition"]
        if form == "xlsx":
            return [[str(cell.value or "") for cell in row] for row in load_workbook(io.BytesIO(answer.data)).active.iter_rows()]
        return list(csv.reader(io.StringIO(answer.text.removeprefix(BOM)), delimiter=";"))

    return read


def test_participants_with_who_comes_and_what_they_answered(conference, table):
    conference.represent(conference.needs[0], "kari@example.test")
    conference.offers[0].answer = Answer.DECLINED
    conference.offers[2].gone_from = conference.event.slots[1].starts_at
    conference.wish(0, 1, Level.LIKE)
    publish(conference, (0, 1))
    header, *rows = table("deltakere")
    assert [header[0], header[4], header[11]] == ["Deltaker", "E-post", "Borte fra tidsluka"]
    begins = conference.event.slots[1].starts_at.astimezone(conference.event.zone)
    assert next(each[11] for each in rows if each[0] == "Nabobil") == f"{begins:%Y-%m-%d %H:%M}"
    assert [each[0] for each in rows] == ["Halden kommune, Helse", "Halden kommune, Oppvekst", "Nabobil", "RørLytt", "TotalCtrl"]
    assert rows[1] == ["Halden kommune, Oppvekst", "avdeling", "Behovet til Oppvekst", "Kari Demo", "kari@example.test", "1", "6", "", "1", "1", "", ""]
    assert rows[4][:2] + rows[4][7:8] == ["TotalCtrl", "bedrift", "takket nei"]


def test_wishes_are_what_the_sides_said_but_never_who_said_no(conference, table):
    conference.both(0, 0, Level.MUST)
    conference.wish(0, 1, Level.NO)
    conference.wish(0, 1, Level.MUST, side=Side.COORDINATOR, reason="Avtalt")
    conference.wish(1, 1, Level.LIKE)
    conference.wish(1, 1, Level.NO, side=Side.OFFER)
    conference.suggest(1, 2, Band.POSSIBLE)
    _header, *rows = table("onsker")
    assert rows == [
        ["Halden kommune, Oppvekst", "TotalCtrl", "må", "må", "", "", "", "ja", "90"],
        ["Halden kommune, Oppvekst", "RørLytt", "", "", "må", "", "", "ja", "40"],
        ["Halden kommune, Helse", "Nabobil", "", "", "", "Mulig match", "ja", "", "5"],
    ]


def test_the_plan_with_what_came_of_each_meeting(conference, table):
    assert len(table("plan")) == 1
    conference.both(0, 0)
    publish(conference, (0, 0), (1, 1))
    report(conference, 0, 0, Side.NEED, True, NextStep.PILOT)
    _header, one, two = table("plan")
    day = conference.event.first_day.isoformat()
    assert (one[0][:10], one[2:]) == (day, ["Bord 1", "Halden kommune, Oppvekst", "TotalCtrl", "ønsket av begge", "ja", "Pilot"])
    assert two[3:] == ["Halden kommune, Helse", "RørLytt", "satt inn for hånd", "", ""]


def test_outcomes_are_what_each_said(conference, table):
    publish(conference, (0, 0))
    report(conference, 0, 0, Side.NEED, True, NextStep.CONTACT, note="Hemmelig")
    report(conference, 0, 0, Side.COORDINATOR, False)
    _header, row = table("utfall")
    assert row == ["Halden kommune, Oppvekst", "TotalCtrl", "ja", "Holde kontakten", "", "", "nei", "", ""]


def test_no_table_holds_a_note_and_none_of_them_a_formula(conference, table):
    publish(conference, (0, 0))
    report(conference, 0, 0, Side.NEED, True, note="Hemmelig for oss selv")
    report(conference, 0, 0, Side.OFFER, True, note="Delt med de andre", shared=True)
    think(conference.needs[0], 5, again=False, words="=2+2")
    for name in NAMES:
        for form in ("csv", "xlsx"):
            text = str(table(name, form))
            assert "Hemmelig" not in text
            assert "Delt med" not in text
    for form in ("csv", "xlsx"):
        assert table("tilbakemeldinger", form)[1] == ["Halden kommune, Oppvekst", "avdeling", "5", "nei", "'=2+2"]


def test_only_coordinators_get_them(conference, sign_in):
    publish(conference, (0, 0))
    member = sign_in(conference.members["Oppvekst"])
    for name in NAMES:
        assert member.get(f"/arrangementer/{conference.event_id}/last-ned/{name}.csv").status_code == 403
    desk = sign_in(conference.desk)
    assert desk.get(f"/arrangementer/{conference.event_id}/last-ned/noe.csv").status_code == 404
    assert all(f"/last-ned/{name}.xlsx" in desk.get(f"/arrangementer/{conference.event_id}/skriv-ut").text for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_many_rows_cost_no_more_queries_than_one(conference, sign_in, queries, name):
    desk = sign_in(conference.desk)
    publish(conference, (0, 0), (0, 1), (1, 2))
    counts = []
    for offer in range(3):
        report(conference, 1 if offer == 2 else 0, offer, Side.NEED, True)
        think(conference.offers[offer], 4, words="Godt.")
        conference.both(0, offer)
        if offer != 1:
            with queries() as seen:
                desk.get(f"/arrangementer/{conference.event_id}/last-ned/{name}.csv")
            counts.append(len(seen))
    assert counts[0] == counts[1]
    db.session.rollback()
