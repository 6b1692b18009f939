"""Wishes: one's own page until the deadline, what coordinators say, and that a "no thanks" never reaches the other side."""

import re
from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.matches.states import Band
from matchmaker.meetings.models import Participant, Wish
from matchmaker.meetings.states import Level, Side

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask

TOKEN = re.compile(r'(?:name="csrf-token" content|name="csrf_token" value)="[^"]*"')


def page_of(conference, who) -> str:
    return f"/arrangementer/{conference.event_id}/onsker/{who.id}"


def test_a_member_wishes_and_sees_it_again(conference, sign_in):
    who, client = conference.needs[0], sign_in(conference.members["Oppvekst"])
    one, two, three = conference.offers
    answer = client.post(page_of(conference, who), data={f"wish-{one.id}": "must", f"wish-{two.id}": "", f"wish-{three.id}": "no"}, follow_redirects=True)
    assert "Ønskene er lagret." in answer.text
    assert answer.text.count('value="must" checked') == 1
    assert {each.offer_id: each.level for each in db.session.query(Wish)} == {one.id: Level.MUST, three.id: Level.NO}


@pytest.mark.both_databases
def test_the_nearest_stand_first_with_their_reason(conference, sign_in):
    conference.suggest(0, 2, Band.STRONG, asked="Vi kaster mat.", quote="Vi teller maten.")
    conference.suggest(0, 0, Band.STRETCH)
    text = sign_in(conference.members["Oppvekst"]).get(page_of(conference, conference.needs[0])).text
    assert text.index("Nabobil") < text.index("TotalCtrl") < text.index("RørLytt")
    assert "Vi teller maten." in text
    text = sign_in(conference.members["Nabobil"]).get(page_of(conference, conference.offers[2])).text
    assert "Vi kaster mat." in text
    assert "De som passer best, står øverst." in text
    assert "De som passer best" not in sign_in(conference.members["RørLytt"]).get(page_of(conference, conference.offers[1])).text


def test_after_the_deadline_a_member_is_refused_with_the_reason_and_keeps_what_was_chosen(conference, sign_in):
    conference.event.wishes_due = clock.today() - timedelta(days=1)
    db.session.commit()
    who, client = conference.needs[0], sign_in(conference.members["Oppvekst"])
    assert "Fristen for møteønsker gikk ut" in client.get(page_of(conference, who)).text
    answer = client.post(page_of(conference, who), data={f"wish-{conference.offers[0].id}": "must"})
    assert answer.status_code == 422
    assert "Fristen for møteønsker er gått ut." in answer.text
    assert f'id="wish-{conference.offers[0].id}-must" value="must" checked' in answer.text
    assert db.session.query(Wish).count() == 0


@pytest.mark.both_databases
def test_four_musts_are_refused_with_all_of_them_kept_on_the_page(conference, make, sign_in):
    db.session.add(Participant(event_id=conference.event_id, side=Side.OFFER, profile=make.profile(), least=0, most=3))
    db.session.commit()
    db.session.expire_all()
    who = conference.needs[0]
    answer = sign_in(conference.members["Oppvekst"]).post(page_of(conference, who), data={f"wish-{each.id}": "must" for each in conference.offers})
    assert answer.status_code == 422
    assert "høyst 3" in answer.text
    assert answer.text.count('value="must" checked') == 4


@pytest.mark.parametrize(("need", "offer"), [(Level.NO, None), (None, Level.NO), (Level.MUST, Level.NO)])
def test_what_one_side_says_never_shows_on_any_page_of_the_other(conference, sign_in, need, offer):
    """The pages of either side are the same, to the letter, whatever the other has said of it."""
    need_id, offer_id = conference.needs[0].id, conference.offers[0].id
    views = {
        "Oppvekst": [f"/arrangementer/{conference.event_id}{path}" for path in ("", f"/onsker/{need_id}", f"/program/{need_id}")],
        "TotalCtrl": [f"/arrangementer/{conference.event_id}{path}" for path in ("", f"/onsker/{offer_id}", f"/program/{offer_id}")],
    }
    views = {name: [*addresses, "/arrangementer", "/mine-saker"] for name, addresses in views.items()}
    clients = {name: sign_in(conference.members[name]) for name in views}

    def read(name):
        return [TOKEN.sub("", clients[name].get(address).text) for address in views[name]]

    before = {name: read(name) for name in views}
    if need:
        conference.wish(0, 0, need)
        assert read("TotalCtrl") == before["TotalCtrl"]
    if offer:
        conference.wish(0, 0, offer, side=Side.OFFER)
        before["Oppvekst"] = read("Oppvekst") if need else before["Oppvekst"]
        assert read("Oppvekst") == before["Oppvekst"]


@pytest.mark.parametrize("address", ["onsker", "plan", "deltakere", "tider", "onsker/{other}", "program/{other}"])
def test_members_are_kept_out_of_the_coordinators_pages_and_each_others(conference, sign_in, address):
    client = sign_in(conference.members["TotalCtrl"])
    path = address.format(other=conference.needs[0].id)
    assert client.get(f"/arrangementer/{conference.event_id}/{path}").status_code == 403
    if "{other}" in address:
        assert client.post(f"/arrangementer/{conference.event_id}/onsker/{conference.needs[0].id}", data={}).status_code == 403


def test_a_coordinator_orders_and_forbids_with_a_reason_and_takes_it_back(conference, sign_in):
    client, here = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/onsker"
    values = {"need": conference.needs[0].id, "offer": conference.offers[1].id, "level": "no", "reason": ""}
    answer = client.post(here, data=values)
    assert (answer.status_code, "Skriv kort hvorfor." in answer.text) == (422, True)
    assert f'<option selected value="{conference.offers[1].id}">' in answer.text
    nobody = client.post(here, data={**values, "need": 0, "offer": 0, "reason": "Inhabil"})
    assert (nobody.status_code, db.session.query(Wish).count()) == (422, 0)
    assert re.search(r'id="need-error"[^>]*>\s*Velg én\.', nobody.text)
    assert client.post(here, data={**values, "reason": "Inhabil"}).status_code == 303
    client.post(here, data={**values, "level": "must", "reason": "Avtalt likevel"})
    wish = db.session.query(Wish).one()
    assert (wish.level, wish.side) == (Level.MUST, Side.COORDINATOR)
    page = client.get(here).text
    assert "Avtalt likevel" in page
    assert "må-møte" in page
    client.post(f"{here}/{wish.id}/ta-tilbake")
    assert db.session.query(Wish).count() == 0


def test_the_coordinators_page_explains_the_value_and_marks_what_the_suggestions_fill_in(conference, sign_in):
    conference.both(0, 0, Level.MUST)
    conference.suggest(1, 1, Band.STRONG)
    page = sign_in(conference.desk).get(f"/arrangementer/{conference.event_id}/onsker").text
    assert "«Må» teller 40 og «vil gjerne» 25" in page
    assert page.count("fylt inn av forslagene") == 1
    assert '<td class="number" data-label="Verdi">90</td>' in page


def test_what_is_no_match_is_given_no_reason(conference, sign_in):
    conference.suggest(0, 1, Band.NONE, asked="Vi kaster mat.", quote="Vi måler vann.")
    who = conference.needs[0]
    page = sign_in(conference.members["Oppvekst"]).get(f"/arrangementer/{conference.event_id}/onsker/{who.id}")
    assert page.status_code == 200
    assert "Vi måler vann." not in page.text
