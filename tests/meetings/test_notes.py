"""What is said of a meeting: from a phone, over again, and never read by who it is not for."""

import io
import zipfile
from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.meetings import passes, queries
from matchmaker.meetings.models import MeetingReport
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import NextStep, Side
from tests.world import ADMINISTRATOR, COMPANY, COORDINATOR, DEPARTMENT, VISITOR, World

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask

SECRET = "Hemmeligheten om prisen"


@pytest.fixture
def held(conference, published):
    """A published plan whose first slot has begun: a need, the company it meets then, and the meeting."""
    first, need = conference.event.slots[0], conference.needs[0]
    clock.fix(first.starts_at + timedelta(minutes=1))
    meeting = next(each for each in queries.meetings_of(queries.published_of(conference.event_id)) if each.need_id == need.id and each.slot_id == first.id)
    return need, next(each for each in conference.offers if each.id == meeting.offer_id), meeting


def report() -> MeetingReport | None:
    db.session.expire_all()
    return db.session.query(MeetingReport).one_or_none()


def address(who, other) -> str:
    return f"/arrangementer/{who.event_id}/program/{who.id}/notat/{other.id}"


@pytest.mark.both_databases
def test_one_press_says_what_comes_next_and_a_second_says_it_over(conference, held, sign_in):
    need, offer, _meeting = held
    client = sign_in(conference.members["Oppvekst"])
    assert "Notat og neste steg" in client.get(f"/arrangementer/{need.event_id}/program/{need.id}").text
    page = client.post(address(need, offer), data={"step": "contact", "note": SECRET}, follow_redirects=True).text
    assert "Takk, det er lagret. Svaret deres: Holde kontakten. Notatet er bare for dere." in page
    found = report()
    assert (found.side, found.held, found.next_step, found.note, found.shared) == (Side.NEED, True, NextStep.CONTACT, SECRET, False)
    page = client.get(f"/arrangementer/{need.event_id}/program/{need.id}").text
    assert "<b>Svaret deres:</b> Holde kontakten" in page
    assert f'<b>Deres notat, bare for dere:</b> <span class="lines">{SECRET}' in page
    client.post(address(need, offer), data={"step": "not_held", "note": ""})
    found = report()
    assert (found.held, found.next_step, found.note) == (False, None, "")
    assert "<b>Svaret deres:</b> Møtet ble ikke holdt" in client.get(f"/arrangementer/{need.event_id}/program/{need.id}").text


def test_a_shared_note_is_read_by_the_other_side_and_a_private_one_is_not(conference, held, sign_in):
    need, offer, _meeting = held
    client, other = sign_in(conference.members["Oppvekst"]), sign_in(conference.members[offer.name])
    programme = f"/arrangementer/{need.event_id}/program/{offer.id}"
    client.post(address(need, offer), data={"step": "pilot", "note": SECRET})
    assert SECRET not in other.get(programme).text + other.get(address(offer, need)).text
    page = client.post(address(need, offer), data={"step": "pilot", "note": SECRET, "shared": "yes"}, follow_redirects=True).text
    assert f"Notatet er delt med {offer.name}." in page
    assert f"Deres notat, delt med {offer.name}" in page
    assert SECRET in other.get(programme).text
    assert SECRET in other.get(address(offer, need)).text


def test_nothing_is_said_of_a_meeting_to_come_of_none_or_by_a_button_that_is_none(conference, held, sign_in):
    need, offer, _meeting = held
    client = sign_in(conference.members["Oppvekst"])
    later = next(each for each in queries.meetings_of(queries.published_of(need.event_id)) if each.need_id == need.id and each.offer_id != offer.id)
    answer = client.post(f"/arrangementer/{need.event_id}/program/{need.id}/notat/{later.offer_id}", data={"step": "pilot"})
    assert (answer.status_code, "Møtet har ikke begynt ennå." in answer.text) == (422, True)
    assert client.post(address(need, offer), data={"step": "tull"}).status_code == 422
    assert client.post(address(need, offer), data={"step": "note", "note": "x" * 4001}).status_code == 422
    assert client.get(address(need, need)).status_code == 404
    assert client.get(f"/arrangementer/{need.event_id}/program/{need.id}/notat/99999").status_code == 404
    assert report() is None


def test_by_the_private_address_a_private_note_is_written_and_never_shown(conference, held, client, sign_in):
    need, offer, _meeting = held
    here = f"/delta/{passes.token_for(need, Purpose.INVITATION)}"
    assert "Notat og neste steg" in client.get(f"{here}/program").text
    assert client.post(f"{here}/notat/{offer.id}", data={"step": "contact", "note": SECRET}).status_code == 303
    desk = sign_in(conference.desk)
    for reader in (client, desk):
        assert SECRET not in reader.get(f"{here}/program").text + reader.get(f"{here}/notat/{offer.id}").text
    client.post(f"{here}/notat/{offer.id}", data={"step": "pilot", "note": "", "shared": "yes"})
    assert (report().note, report().next_step, report().shared) == (SECRET, NextStep.PILOT, False)
    assert SECRET in sign_in(conference.members["Oppvekst"]).get(address(need, offer)).text
    assert client.get(f"/delta/nonsense/notat/{offer.id}").status_code == 404


def test_a_coordinator_says_it_for_those_who_do_not_and_reads_no_note(conference, held, sign_in):
    need, offer, meeting = held
    sign_in(conference.members["Oppvekst"]).post(address(need, offer), data={"step": "contact", "note": SECRET})
    desk = sign_in(conference.desk)
    here = f"/arrangementer/{need.event_id}/dagen/moter/{meeting.id}"
    page = desk.get(here).text
    assert page.count("Holde kontakten") == 2
    assert SECRET not in page
    assert desk.post(here, data={"step": "pilot", "note": "fra koordinatoren"}).status_code == 303
    assert desk.post(here, data={"step": ""}).status_code == 422
    said = {each.side: (each.next_step, each.note) for each in db.session.query(MeetingReport)}
    assert said == {Side.NEED: (NextStep.CONTACT, SECRET), Side.COORDINATOR: (NextStep.PILOT, "")}
    assert desk.get(address(need, offer)).status_code == 403


def text_of(answer) -> str:
    """What an answer says, also inside a workbook."""
    if answer.data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return answer.data.decode("utf-8", "replace")


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("bare_refusals")
def test_by_trying_every_page_and_export_nobody_else_reads_a_private_note(app, make, sign_in):
    world = World.made(make)
    world.tokens = dict.fromkeys(world.tokens, "nonsense")  # where each participant's own are put in, of every purpose
    need, _other, offer = queries.event(world.arguments["event_id"]).participants
    slot = need.event.slots[0]
    slot.starts_at, slot.ends_at = clock.now() - timedelta(minutes=5), clock.now() + timedelta(minutes=5)
    db.session.add(
        MeetingReport(event_id=need.event_id, need_id=need.id, offer_id=offer.id, side=Side.NEED, held=True, next_step=NextStep.PILOT, note=SECRET, said_at=clock.now())
    )
    db.session.commit()
    own = sign_in(world.people[DEPARTMENT])
    assert SECRET in own.get(address(need, offer)).text
    tokens = [passes.token_for(who, purpose) for who in (need, offer) for purpose in Purpose]
    here, there = f"/{need.id}", f"/{offer.id}"
    readers = {role: app.test_client() if role == VISITOR else sign_in(world.people[role]) for role in (VISITOR, COMPANY, COORDINATOR, ADMINISTRATOR)}
    leaks, opened = [], set()
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        first = world.address(app, rule.endpoint, "GET")
        addresses = [first, *(first.replace("nonsense", token) for token in tokens if "token" in rule.arguments)]
        addresses += [first.replace("csv", "xlsx")] if "form" in rule.arguments else []
        addresses += [each.replace(here, there) for each in addresses] if {"participant_id", "other_id"} & rule.arguments else []
        for where in addresses:
            for role in (VISITOR, COMPANY) if "token" in rule.arguments else readers:  # who is on no side, and the other side
                db.session.expunge_all()  # every request begins with nothing read, as in service
                answer = readers[role].get(where)
                opened |= {rule.endpoint} if answer.status_code == 200 else set()
                leaks += [(role, where)] if SECRET in text_of(answer) else []
    assert leaks == []
    assert {"meetings.programme", "meetings.private_programme", "meetings.private_note", "meetings.desk_report"} <= opened
