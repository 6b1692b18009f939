"""Invitations by letter, the list of who has answered what, and ticks that are not lost while one looks for others."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.meetings import passes, recipients
from matchmaker.meetings.models import Participant, Representative, RepresentativeAbsence
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import Answer, Level, Side


@pytest.fixture
def desk(conference, sign_in):
    return sign_in(conference.desk)


def letters() -> dict[str, Letter]:
    return {each.recipient: each for each in db.session.scalars(select(Letter).order_by(Letter.id))}


def here(conference, more: str = "") -> str:
    return f"/arrangementer/{conference.event_id}/deltakere{more}"


def test_all_who_have_not_answered_get_their_private_address_and_the_page_says_who_cannot_be_written_to(conference, make, desk):
    conference.represent(conference.offers[1], "rorlytt@example.test")
    conference.offers[2].answer = Answer.DECLINED
    nobody = Participant(event_id=conference.event_id, side="offer", profile=make.profile(make.organisation(name="Uten adresse")), least=0, most=3)
    db.session.add(nobody)
    db.session.commit()
    before = desk.get(here(conference)).text
    assert "4 som ikke har svart, får brev med den private lenken sin." in before
    assert f'ingen e-postadresse: <a href="{here(conference, f"/{nobody.id}")}#email1">Uten adresse</a>' in before
    assert before.count("Skriv inn e-postadressen") == 1
    page = desk.post(here(conference, "/inviter"), follow_redirects=True).text
    sent = letters()
    members = conference.members
    assert sorted(sent) == sorted([members["Oppvekst"].email, members["Helse"].email, members["TotalCtrl"].email, "rorlytt@example.test"])
    assert f"/delta/{passes.token_for(conference.offers[1], Purpose.INVITATION)}" in sent["rorlytt@example.test"].body
    assert "4 invitasjoner er sendt." in page
    assert "Vi har ingen e-postadresse til Uten adresse." in page
    again = desk.post(here(conference, "/inviter"), follow_redirects=True).text
    assert "4 er invitert for litt siden" in again
    assert len(sent) == db.session.query(Letter).count()


def test_an_invitation_is_sent_again_when_some_time_has_gone(conference, desk):
    one = here(conference, f"/{conference.offers[0].id}/inviter")
    desk.post(one)
    clock.fix(clock.now() + timedelta(minutes=6))
    assert "1 invitasjon er sendt." in desk.post(one, follow_redirects=True).text
    assert db.session.query(Letter).count() == 2


def test_letters_without_an_account_are_in_the_events_language(conference, desk):
    conference.event.language = "en"
    conference.represent(conference.offers[0], "ny@example.test", name="")
    desk.post(here(conference, f"/{conference.offers[0].id}/inviter"))
    assert letters()["ny@example.test"].subject == "Invitation to Partnerkonferansen"


def test_the_list_says_who_has_answered_what_and_is_searched_and_filtered(conference, desk):
    conference.offers[0].answer, conference.offers[1].answer = Answer.COMES, Answer.DECLINED
    conference.represent(conference.offers[2], "nabo@example.test", name="Kari Demo")
    shown = lambda query: sorted(re.findall(r"(?:>|, )(Oppvekst|Helse|TotalCtrl|RørLytt|Nabobil)</a>", text(query)))  # noqa: E731 - one short question, asked below
    text = lambda query: desk.get(here(conference, query)).text.split('id="flere"')[0]  # noqa: E731 - as above
    assert "1 kommer, 1 kommer ikke, 3 har ikke svart." in text("")
    assert shown("") == ["Helse", "Nabobil", "Oppvekst", "RørLytt", "TotalCtrl"]
    labels = [re.findall(r'<label class="ds-label" for="(?:navn|finn)">([^<]+)', desk.get(here(conference, f"?side={side}")).text) for side in ("need", "offer")]
    assert labels == [["Søk blant deltakerne", "Avdeling eller utfordring"], ["Søk blant deltakerne", "Navnet på bedriften"]]
    assert shown("?svar=comes") == ["TotalCtrl"]
    conference.offers[2].profile.name, conference.offers[1].profile.name = "Ålesund", "Zebra"
    conference.wish(0, 0, Level.LIKE, side=Side.OFFER)
    order = lambda query: re.findall(r'deltakere/\d+">([^<]*)</a></h3>', text(query))  # noqa: E731 - as above
    assert order("") == ["Halden kommune, Helse", "Halden kommune, Oppvekst", "TotalCtrl", "Zebra", "Ålesund"]
    assert order("?hvem=offer&sort=svar") == ["Ålesund", "TotalCtrl", "Zebra"]
    assert order("?hvem=offer&sort=onsker") == ["Zebra", "Ålesund", "TotalCtrl"]
    conference.offers[2].profile.name, conference.offers[1].profile.name = "Nabobil", "RørLytt"
    assert shown("?svar=declined") == ["RørLytt"]
    assert shown("?svar=none&hvem=offer") == ["Nabobil"]
    assert shown("?svar=silent&hvem=offer") == ["Nabobil"]
    assert shown("?navn=rør") == ["RørLytt"]
    assert shown("?navn=kari") == ["Nabobil"]
    assert shown("?navn=Behovet+til+H") == ["Helse"]
    assert f"/delta/{passes.token_for(conference.offers[0], Purpose.INVITATION)}" in text("")


def test_ticks_stay_when_one_looks_on_the_other_side_or_for_another_name(conference, make, desk):
    need, offer, other = make.challenge(), make.profile(make.organisation(name="Ålesund Vann")), make.profile(make.organisation(name="Lufta"))
    first = desk.post(here(conference), data={"act": "find", "shown": "need", "side": "offer", "finn": "", "chosen": [need.id]})
    assert first.status_code == 200
    assert f'name="kept-need" value="{need.id}" id="kept-need-{need.id}" checked' in first.text
    second = desk.post(here(conference), data={"act": "find", "shown": "offer", "side": "offer", "finn": "lufta", "kept-need": [need.id], "chosen": [offer.id]}).text
    assert f'id="kept-offer-{offer.id}" checked' in second
    assert f'id="chosen-{other.id}"' in second
    third = desk.post(here(conference), data={"act": "find", "shown": "offer", "side": "offer", "finn": "", "kept-offer": [offer.id], "chosen": [other.id]}).text
    assert [f'id="chosen-{each.id}" checked' in third for each in (offer, other)] == [True, True]
    added = desk.post(here(conference), data={"shown": "offer", "side": "offer", "kept-need": [need.id], "kept-offer": [offer.id], "chosen": [other.id]}, follow_redirects=True)
    assert "3 deltakere er lagt til." in added.text


def test_a_substitute_is_written_to_only_when_standing_in(conference):
    slot, other = conference.event.slots[0].id, conference.event.slots[1].id
    one = Representative(name="Fast", email="fast@example.test", absences=[RepresentativeAbsence(slot_id=slot)])
    spare = Representative(name="Vara", email="vara@example.test", substitute=True)
    assert recipients.told([one, spare], {other}) == [one]
    assert recipients.told([one, spare], {slot, other}) == [one, spare]
    spare.absences = [RepresentativeAbsence(slot_id=slot)]
    assert recipients.told([one, spare], {slot}) == [one]
    assert recipients.told([spare], ()) == [spare]


def test_each_address_is_written_to_once_and_who_has_no_way_in_by_account_gets_the_private_address(conference):
    who, member = conference.offers[0], conference.members["TotalCtrl"]
    for email in (member.email, member.email, conference.members["Helse"].email, "ny@example.test"):
        conference.represent(who, email)
    found = recipients.readers([who, conference.offers[1]])
    assert [(each.email, each.user is not None, each.signs_in) for each in found[who.id]] == [
        (member.email, True, True),
        (conference.members["Helse"].email, True, False),
        ("ny@example.test", False, False),
    ]
    assert [each.email for each in found[conference.offers[1].id]] == [conference.members["RørLytt"].email]
