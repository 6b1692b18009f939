"""The private address: it opens one participant's pages without an account, and never another's."""

import re
from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db, transaction
from matchmaker.meetings import bridge, passes, queries, services
from matchmaker.meetings.forms.people import MOST, PeopleForm
from matchmaker.meetings.models import Representative, RepresentativeAbsence, Wish
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import Answer, Level, Side
from matchmaker.organisations.models import Membership
from tests.meetings.test_wish_pages import TOKEN

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask

PAGES = ("", "/onsker", "/program", "/program/kalender.ics")


def door(who) -> str:
    return f"/delta/{passes.token_for(who, Purpose.INVITATION)}"


def fresh(conference, number=0):
    db.session.expire_all()
    return conference.offers[number]


def test_whoever_has_the_address_says_yes_and_who_comes(conference, client):
    who, slots = conference.offers[0], conference.event.slots
    page = client.get(door(who))
    assert "Kommer dere?" in page.text
    assert (page.headers["X-Robots-Tag"], page.headers["Cache-Control"]) == ("noindex, nofollow", "private, no-store")
    values = {"name1": "Kari Demo", "email1": "Kari@Example.test", "name2": "Ola Demo", "substitute2": "y", "away1": [slots[0].id, 98765]}
    answer = client.post(door(who), data=values, follow_redirects=True)
    assert "Takk! Dere er ført opp." in answer.text
    who = fresh(conference)
    assert (who.answer, who.answered_at is not None) == (Answer.COMES, True)
    assert [(each.name, each.email, each.substitute, [a.slot_id for a in each.absences]) for each in who.representatives] == [
        ("Kari Demo", "kari@example.test", False, [slots[0].id]),
        ("Ola Demo", "", True, []),
    ]
    entry = db.session.query(AuditEntry).filter_by(action="event invitation answered").one()
    assert (entry.user_id, entry.detail) == (None, {"who": "TotalCtrl", "answer": "comes"})


@pytest.mark.both_databases
def test_who_comes_is_never_overwritten_by_a_page_that_was_opened_before(conference, client, sign_in):
    who, number = conference.offers[0], conference.offers[0].id
    conference.represent(who, "kari@example.test")
    desk, there = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/deltakere/{number}"
    fields = lambda page: dict(re.findall(r'name="(listed|known1)"[^>]*value="([^"]*)"', page))  # noqa: E731 - read of three pages
    older, limits = fields(desk.get(there).text), {"least": "0", "most": "2", "answer": "none", "stood": "none"}
    same = {"name1": "Kari Demo", "email1": "kari@example.test"}
    client.post(door(who), data=fields(client.get(door(who)).text) | {"name1": "Ola Demo", "email1": "ola@example.test"})
    come = lambda: [each.name for each in fresh(conference).representatives]  # noqa: E731 - asked after each press
    assert come() == ["Ola Demo"]
    assert desk.post(there, data=limits | older | same).status_code == 303  # the list was left alone
    assert (come(), fresh(conference).most) == (["Ola Demo"], 2)
    typed = {"name1": "Kari Nordmann", "email1": "kari@example.test"}
    refused = desk.post(there, data=limits | {"most": "1"} | older | typed)
    assert (refused.status_code, come(), fresh(conference).most) == (422, ["Ola Demo"], 2)
    for said in ("Noen har endret hvem som kommer", "<li>Ola Demo, ola@example.test</li>", 'value="Kari Nordmann"'):
        assert said in refused.text
    assert desk.post(there, data=limits | fields(refused.text) | typed).status_code == 303
    assert come() == ["Kari Nordmann"]
    assert desk.post(there, data=limits | older | typed).status_code == 303  # the same once more
    late = client.post(door(who), data=older | {"name1": "Per Demo", "email1": ""})
    assert (late.status_code, "<li>Kari Nordmann, kari@example.test</li>" in late.text, come()) == (422, True, ["Kari Nordmann"])


@pytest.mark.both_databases
def test_a_newer_answer_is_never_overwritten_by_a_page_that_was_opened_before(conference, client, sign_in):
    """Two of one company have the private page open, and a coordinator the company's; each is told what stands, and may then say otherwise."""
    who, number = conference.offers[0], conference.offers[0].id
    desk, there = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/deltakere/{number}"
    stood = lambda page: re.findall(r'name="stood"[^>]*value="(\w*)"', page)  # noqa: E731 - read of several pages
    answer = lambda: fresh(conference).answer  # noqa: E731 - asked after each press
    older, limits = client.get(door(who)).text, {"least": "0", "most": "2"}
    assert (stood(older), stood(desk.get(there).text)) == (["none", "none"], ["none"])
    yes, no = {"name1": "Kari Demo", "stood": "none"}, {"answer": "declined", "stood": "none"}
    assert client.post(door(who), data=yes).status_code == 303
    late = client.post(f"{door(who)}/svar", data=no, follow_redirects=True).text
    assert ("Svaret er endret til «Kommer» mens siden sto åpen. Ingenting er lagret ennå." in late, answer()) == (True, Answer.COMES)
    assert client.post(door(who), data=yes | {"name1": "Ola Demo"}).status_code == 303  # says what stands
    client.post(f"{door(who)}/svar", data={"answer": "declined", "stood": stood(late)[-1]})
    assert answer() == Answer.DECLINED
    refused = client.post(door(who), data=yes | {"name1": "Per Demo"})
    assert (refused.status_code, answer(), [each.name for each in fresh(conference).representatives]) == (422, Answer.DECLINED, ["Ola Demo"])
    assert ("endret til «Kommer ikke»" in refused.text, 'value="Per Demo"' in refused.text, stood(refused.text)) == (True, True, ["declined"])
    told = desk.post(there, data=limits | {"answer": "comes", "stood": "none"})
    assert (told.status_code, "endret til «Kommer ikke»" in told.text, answer(), stood(told.text)) == (422, True, Answer.DECLINED, ["declined"])
    assert client.post(door(who), data=yes | {"name1": "Per Demo", "stood": "declined"}).status_code == 303
    assert (answer(), [each.name for each in fresh(conference).representatives]) == (Answer.COMES, ["Per Demo"])
    assert desk.post(there, data=limits | {"answer": "waiting", "stood": "none"}).status_code == 422  # nor is a yes put on the waiting list
    assert answer() == Answer.COMES


@pytest.mark.both_databases
def test_how_many_meetings_and_when_are_never_overwritten_by_a_page_that_was_opened_before(conference, sign_in):
    slots, there = conference.event.slots, f"/arrangementer/{conference.event_id}/deltakere/{conference.offers[0].id}"
    desk = sign_in(conference.desk)
    limits = lambda page: re.search(r'name="limits"[^>]*value="(\w+)"', page)[1]  # noqa: E731 - read of two pages
    stands = lambda: ((who := fresh(conference)).least, who.most, [each.slot_id for each in who.absences], [each.name for each in who.representatives])  # noqa: E731 - asked after each press
    now = fresh(conference)
    shown = {"limits": limits(desk.get(there).text), "least": now.least, "most": now.most, "answer": "none", "stood": "none"}
    assert desk.post(there, data=shown | {"most": 1, "least": 1, "away": slots[0].id}).status_code == 303
    assert desk.post(there, data=shown | {"name1": "Kari Demo"}).status_code == 303  # what the others changed was left alone
    assert stands() == (1, 1, [slots[0].id], ["Kari Demo"])
    typed = shown | {"most": 4, "away": slots[1].id, "name1": "Kari Demo"}
    refused = desk.post(there, data=typed)
    assert (refused.status_code, stands()) == (422, (1, 1, [slots[0].id], ["Kari Demo"]))
    for said in ("Noen har endret møtene eller tidene", "Minst 1, høyst 1 møte.", "Kan ikke komme: "):
        assert said in refused.text
    assert re.search(r'name="most"[^>]*value="(\d+)"', refused.text)[1] == "4"
    assert "Noen har endret hvem som kommer" not in refused.text
    assert desk.post(there, data=typed | {"limits": limits(refused.text)}).status_code == 303
    assert stands() == (shown["least"], 4, [slots[1].id], ["Kari Demo"])


def test_a_form_left_alone_keeps_everybody_however_many_come_and_one_sent_without_them_too(conference, client, sign_in):
    who, there = conference.offers[0], f"/arrangementer/{conference.event_id}/deltakere/{conference.offers[0].id}"
    assert PeopleForm(data={f"name{number}": "Kari" for number in range(1, MOST + 1)}).size == MOST
    for number in range(1, 5):
        conference.represent(who, "fire@example.test" if number == 4 else "", name=f"Person {number}")
    fresh(conference).representatives[3].absences = [RepresentativeAbsence(slot_id=conference.event.slots[0].id)]
    db.session.commit()
    come = lambda: [(each.name, each.email, len(each.absences)) for each in fresh(conference).representatives]  # noqa: E731 - asked after each press
    before = come()
    desk, limits = sign_in(conference.desk), {"least": "0", "most": "2", "answer": "none", "stood": "none"}
    for browser, address, more in ((client, door(who), {}), (desk, there, limits)):
        page = browser.get(address).text
        fields = dict(re.findall(r'name="((?:listed|known|name|email)\d*)"[^>]*value="([^"]*)"', page))
        assert (fields["name4"], fields["email4"]) == ("Person 4", "fire@example.test")
        assert fields["name5"] == ""  # one more has room, however many come
        for sent in (fields | {"away4": conference.event.slots[0].id}, {}):
            assert browser.post(address, data=more | sent).status_code in {302, 303}
            assert come() == before
    renamed = fields | {"away4": conference.event.slots[0].id, "name4": "Fire Demo"}
    assert desk.post(there, data=limits | renamed).status_code == 303
    assert come() == [*before[:3], ("Fire Demo", "fire@example.test", 1)]


def test_a_wrong_address_is_said_to_be_the_persons_and_the_example_suits_the_side(conference, client):
    values = {"name1": "Kari Demo", "email1": "kari@", "email2": "ola"}
    page = client.post(door(conference.offers[0]), data=values).text
    assert page.count("Skriv en gyldig e-postadresse til Kari Demo, for eksempel navn@bedrift.no.") == 2
    assert page.count("Skriv en gyldig e-postadresse til person 2, for eksempel navn@bedrift.no.") == 2
    assert "for eksempel navn@kommune.no" in client.post(door(conference.needs[0]), data=values).text


@pytest.mark.both_databases
def test_who_stays_keeps_the_row_and_who_is_not_named_goes(conference, client):
    who = conference.offers[0]
    client.post(door(who), data={"name1": "Kari Demo", "name2": "Ola Demo"})
    kari, ola = fresh(conference).representatives
    kept, gone = kari.id, ola.id
    client.post(door(who), data={"known1": str(kept), "name1": "Kari N. Demo", "known2": str(gone), "name2": "", "name3": "Mo Demo"})
    assert [(each.id == kept, each.name) for each in fresh(conference).representatives] == [(True, "Kari N. Demo"), (False, "Mo Demo")]
    assert db.session.get(Representative, gone) is None


def test_another_participants_person_cannot_be_changed_through_ones_own_page(conference, client):
    conference.represent(conference.offers[1], "other@example.test")
    theirs = conference.offers[1].representatives[0].id
    client.post(door(conference.offers[0]), data={"known1": str(theirs), "name1": "Tatt"})
    assert db.session.get(Representative, theirs).name == "Kari Demo"


def test_a_no_keeps_everything_and_can_be_taken_back(conference, client):
    who = conference.offers[0]
    client.post(door(who), data={"name1": "Kari Demo", "email1": "kari@example.test"})
    conference.wish(0, 0, Level.LIKE, side=Side.OFFER)
    page = client.post(f"{door(who)}/svar", data={"answer": "declined"}, follow_redirects=True).text
    assert "Dere kommer ikke" in page
    assert "Vi kommer likevel" in page
    who = fresh(conference)
    assert (who.answer, len(who.representatives), db.session.query(Wish).count()) == (Answer.DECLINED, 1, 1)
    assert "Ønskene gjelder først når dere har sagt ja." in client.get(f"{door(who)}/onsker").text
    client.post(f"{door(who)}/svar", data={"answer": "comes"})
    assert fresh(conference).answer == Answer.COMES


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(conference, client):
    who, slot = conference.offers[0], conference.event.slots[2]
    answer = client.post(door(who), data={"name2": "Ola Demo", "email2": "ingen-adresse", "substitute2": "y", "away2": [slot.id]})
    assert answer.status_code == 422
    assert 'id="email2-error"' in answer.text
    assert all(words in answer.text for words in ('value="Ola Demo"', 'value="ingen-adresse"', f'id="away2-{slot.id}" checked', '<details class="ds-details plain-details more-people" open>'))
    assert 'checked class="ds-input" id="substitute2"' in answer.text
    assert fresh(conference).answer == Answer.NONE


def test_wishes_are_given_by_address_until_the_deadline_as_with_an_account(conference, client):
    who, need = conference.offers[0], conference.needs[0]
    page = client.post(f"{door(who)}/onsker", data={f"wish-{need.id}": "must"}, follow_redirects=True)
    assert "Ønskene er lagret." in page.text
    wish = db.session.query(Wish).one()
    assert (wish.level, wish.side, wish.by_id) == (Level.MUST, Side.OFFER, None)
    conference.event.wishes_due = clock.today() - timedelta(days=1)
    db.session.commit()
    late = client.post(f"{door(who)}/onsker", data={f"wish-{need.id}": "no"})
    assert late.status_code == 422
    assert "Fristen for møteønsker er gått ut." in late.text
    assert f'id="wish-{need.id}-no" value="no" checked' in late.text
    assert db.session.query(Wish).one().level == Level.MUST


@pytest.mark.parametrize("level", [Level.MUST, Level.NO])
def test_what_others_wish_never_shows_behind_the_address(conference, client, level):
    pages = [f"{door(conference.offers[0])}{page}" for page in PAGES[:3]]
    before = [TOKEN.sub("", client.get(page).text) for page in pages]
    conference.wish(0, 0, level)
    assert [TOKEN.sub("", client.get(page).text) for page in pages] == before


def test_an_address_opens_one_participants_pages_and_never_anothers(conference, client):
    conference.represent(conference.offers[1], "hemmelig@example.test", name="Hemmelig Demo")
    for page in PAGES:
        assert client.get(f"{door(conference.offers[0])}{page}").status_code == 200
        assert "Hemmelig Demo" not in client.get(f"{door(conference.offers[0])}{page}").text
        for other in (Purpose.CALENDAR, Purpose.BADGE):
            assert client.get(f"/delta/{passes.token_for(conference.offers[0], other)}{page}").status_code == 404
        assert client.get(f"/delta/tull{page}").status_code == 404
    assert client.get(f"/arrangementer/{conference.event_id}").status_code == 303
    assert client.get(f"/arrangementer/{conference.event_id}/onsker/{conference.offers[0].id}").status_code == 303


def test_the_address_of_who_was_removed_opens_nothing(conference, client, sign_in):
    address = door(conference.offers[0])
    sign_in(conference.desk).post(f"/arrangementer/{conference.event_id}/deltakere/{conference.offers[0].id}/fjern")
    assert [client.get(f"{address}{page}").status_code for page in PAGES] == [404] * 4
    assert client.post(address, data={}).status_code == 404


def test_after_the_event_the_answer_stands(conference, client):
    address = door(conference.offers[0])
    clock.fix(clock.now() + timedelta(days=60))
    assert "Arrangementet er over" in client.get(address).text
    assert "Arrangementet er over" in client.post(address, data={"name1": "For sen"}, follow_redirects=True).text
    client.post(f"{address}/svar", data={"answer": "declined"})
    assert fresh(conference).answer == Answer.NONE


@pytest.mark.both_databases
def test_who_declines_is_in_no_plan_and_the_old_plan_says_so(conference, client, sign_in):
    conference.everybody_wishes()
    desk, here = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/plan"
    desk.post(f"{here}/lag")
    who = conference.offers[0]
    meets = lambda: [each for each in queries.meetings_of(queries.plan_of(conference.event_id)) if each.offer_id == who.id]  # noqa: E731 - asked before and after
    assert meets()
    client.post(f"{door(who)}/svar", data={"answer": "declined"})
    assert "TotalCtrl kan ikke komme kl. " in desk.get(here).text
    desk.post(f"{here}/lag")
    db.session.expire_all()
    assert meets() == []
    assert "Planen passer ikke lenger" not in desk.get(here).text


def test_the_programme_and_its_calendar_stand_behind_the_address_once_published(conference, client, sign_in):
    conference.everybody_wishes()
    who = conference.offers[0]
    assert "Planen er ikke klar ennå" in client.get(f"{door(who)}/program").text
    desk, here = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/plan"
    desk.post(f"{here}/lag")
    db.session.expire_all()
    desk.post(f"{here}/publiser", data={"mark": queries.plan_of(conference.event_id).mark})
    page = client.get(f"{door(who)}/program").text
    assert "Halden kommune, Oppvekst" in page
    assert "Bord 1" in page
    calendar = client.get(f"{door(who)}/program/kalender.ics").text.replace("\r\n ", "")
    assert "BEGIN:VEVENT" in calendar
    assert f"{door(who)}/program" in calendar  # and not the page that asks for an account
    feed = client.get(f"/kalender/{passes.token_for(who, Purpose.CALENDAR)}.ics").text.replace("\r\n ", "")
    assert f"/program/{who.id}" in feed
    assert "/delta/" not in feed
    assert "Se programmet deres" in client.get(door(who)).text
    assert "Nye ønsker teller bare hvis planen lages på nytt." in client.get(f"{door(who)}/onsker").text
    assert "Avlyst:" not in page
    lost = next(each for each in queries.meetings_of(queries.plan_of(conference.event_id)) if each.offer_id == who.id)
    with transaction():
        draft = services.cancel_meeting(event=conference.event, meeting=lost, mark=queries.plan_of(conference.event_id).mark, by=conference.desk)
    assert "Avlyst:" not in client.get(f"{door(who)}/program").text
    desk.post(f"{here}/publiser", data={"mark": draft.mark})
    gone = re.compile(r"<p>Avlyst: Halden kommune, (?:Oppvekst|Helse), kl\. [^<]+, Bord \d</p>")
    assert len(gone.findall(client.get(f"{door(who)}/program").text)) == 1
    member = sign_in(conference.members["TotalCtrl"])
    assert len(gone.findall(member.get(f"/arrangementer/{conference.event_id}/program/{who.id}").text)) == 1
    other = next(each for each in conference.offers if each.id != who.id)
    assert gone.findall(client.get(f"{door(other)}/program").text) == []
    theirs = next(each for each in queries.meetings_of(queries.plan_of(conference.event_id)) if each.offer_id == other.id)
    with transaction():
        draft = services.cancel_meeting(event=conference.event, meeting=theirs, mark=queries.plan_of(conference.event_id).mark, by=conference.desk)
    desk.post(f"{here}/publiser", data={"mark": draft.mark})
    assert [len(gone.findall(client.get(f"{door(each)}/program").text)) for each in (who, other)] == [1, 1]
    with transaction():
        again = services.add_meeting(event=conference.event, place=bridge.places([lost])[0], mark=queries.plan_of(conference.event_id).mark, by=conference.desk)
    desk.post(f"{here}/publiser", data={"mark": again.mark})
    assert [len(gone.findall(client.get(f"{door(each)}/program").text)) for each in (who, other)] == [0, 1]
    moved = next(each for each in queries.meetings_of(queries.plan_of(conference.event_id)) if each.offer_id == who.id)
    mark = queries.plan_of(conference.event_id).mark
    free = re.search(r'<option value="(\d+)-(\d+)"', desk.get(f"{here}/moter/{moved.id}").text)
    with transaction():
        draft = services.move_meeting(event=conference.event, meeting=moved, slot=int(free[1]), table=int(free[2]), mark=mark, by=conference.desk)
    desk.post(f"{here}/publiser", data={"mark": draft.mark})
    for each, times in ((who, 1), (other, 0)):
        assert len(re.findall(r"<p>Flyttet: Halden kommune, (?:Oppvekst|Helse), fra kl\. [^<]+ til kl\. [^<]+</p>", client.get(f"{door(each)}/program").text)) == times
    assert "Møtene deres avlyses når koordinatoren endrer planen." in client.post(f"{door(who)}/svar", data={"answer": "declined"}, follow_redirects=True).text
    assert "Møter som står i planen, avlyses når koordinatoren endrer den." in client.get(door(who)).text
    clock.fix(clock.now() + timedelta(days=60))
    assert "<h1>Dere takket nei</h1>" in client.get(door(who)).text
    after = client.get(f"{door(who)}/program").text
    assert ("Avlyst:" in after, "Legg møtene i kalenderen" in after, "Halden kommune, " in after) == (False, False, True)
    db.session.query(Membership).filter_by(organisation_id=who.organisation.id).delete()
    db.session.commit()
    assert "http" not in client.get(f"/kalender/{passes.token_for(who, Purpose.CALENDAR)}.ics").text


def test_a_member_finds_the_same_page_from_the_event(conference, sign_in):
    client = sign_in(conference.members["TotalCtrl"])
    assert door(conference.offers[0]) in client.get(f"/arrangementer/{conference.event_id}").text
    client.post(door(conference.offers[0]), data={"name1": "Kari Demo"})
    assert db.session.query(AuditEntry).filter_by(action="event invitation answered").one().user_id == conference.members["TotalCtrl"].id


def test_a_coordinator_says_for_them_what_they_said_on_the_phone(conference, sign_in):
    who, slot = conference.offers[0], conference.event.slots[0]
    here = f"/arrangementer/{conference.event_id}/deltakere/{who.id}"
    desk = sign_in(conference.desk)
    values = {"least": "1", "most": "3", "answer": "comes", "name1": "Kari Demo", "away1": [slot.id], "name2": "Vara Demo", "substitute2": "y"}
    assert desk.post(here, data=values).status_code == 303
    who = fresh(conference)
    assert (who.answer, [each.substitute for each in who.representatives]) == (Answer.COMES, [False, True])
    assert db.session.query(RepresentativeAbsence).one().slot_id == slot.id
    assert 'checked class="ds-input" id="answer-1"' in desk.get(here).text
