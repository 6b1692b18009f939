"""What letters say: who invites to what, what a change changes, and why somebody has no meeting and what can be done."""

import pytest
from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.meetings import letters, passes, queries, services
from matchmaker.meetings.models import Participant, Representative
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import Answer, Level, Side


@pytest.fixture
def desk(conference, sign_in):
    return sign_in(conference.desk)


def newest(address: str) -> Letter:
    return db.session.scalars(select(Letter).where(Letter.recipient == address).order_by(Letter.id.desc())).first()


def publish(conference, desk, *, make: bool = True) -> None:
    here = f"/arrangementer/{conference.event_id}/plan"
    if make:
        desk.post(f"{here}/lag")
    db.session.expire_all()
    assert desk.post(f"{here}/publiser", data={"mark": queries.plan_of(conference.event_id).mark}).status_code == 303
    db.session.expire_all()


def test_the_invitation_says_who_invites_whom_to_what_where_when_and_until_when(conference, desk):
    event = conference.event
    event.created_by_id, event.place = conference.desk.id, "Ankers"
    conference.represent(conference.needs[0], "kari@example.test")
    desk.post(f"/arrangementer/{conference.event_id}/deltakere/{conference.needs[0].id}/inviter")
    body = newest("kari@example.test").body
    host = conference.desk.memberships[0].organisation.name
    first, last = (each.astimezone(event.zone) for each in (event.slots[0].starts_at, event.slots[-1].ends_at))
    assert f"{host} inviterer Halden kommune, Oppvekst til Partnerkonferansen." in body
    assert "Dere møter bedrifter én til én, i korte møter ved bord, om utfordringen «Behovet til Oppvekst»." in body
    assert f" kl. {first:%H.%M}–{last:%H.%M}\nHvor: Ankers\nSvar senest: " in body
    assert body.endswith(f"Hilsen {host}, gjennom Matchmaker\n")


def test_who_comes_for_several_reads_in_the_subject_whom_a_letter_is_about_and_nobody_else_does(conference, desk):
    """Two departments, one of which takes part with two challenges; also where only one of them is written about, and of a substitute."""
    event, (oppvekst, helse) = conference.event, conference.needs
    (again,) = services.add_participants(event=event, challenges=[conference.make.challenge(helse.organisation, title=f"Det andre{' lange' * 30}")], by=conference.desk)
    for who, substitute in ((oppvekst, False), (helse, False), (again, True)):
        db.session.add(Representative(participant=who, name="Kari Demo", email="kari@example.test", substitute=substitute))
    conference.everybody_wishes()
    subjects = lambda address: {each.subject for each in db.session.scalars(select(Letter).where(Letter.recipient == address))}  # noqa: E731 - asked after each step
    desk.post(f"/arrangementer/{event.id}/deltakere/{oppvekst.id}/inviter")
    assert subjects("kari@example.test") == {"Halden kommune, Oppvekst: Invitasjon til Partnerkonferansen"}
    publish(conference, desk)
    whom = ["Oppvekst", "Helse – Behovet til Helse", "Helse – Det andre"]
    assert {each.partition(": ")[0].partition(" lange")[0] for each in subjects("kari@example.test")} == {f"Halden kommune, {each}" for each in whom}
    assert all(each.endswith(" Partnerkonferansen") and len(each) < 150 for each in subjects("kari@example.test"))
    assert subjects(conference.members["TotalCtrl"].email) == {"Programmet deres på Partnerkonferansen"}


def test_a_letter_to_one_reads_no_more_often_where_many_take_part(conference, make, queries):
    small, seen = make.event(challenges=[conference.needs[0].challenge], profiles=[conference.offers[0].profile]), []
    for number in [each.id for event in (small, conference.event) for each in event.participants if each.side == Side.OFFER][:2]:
        with queries() as statements:
            letters.write_places([db.session.get(Participant, number)])
        seen.append(len(statements))
    assert seen[0] == seen[1]


def test_a_changed_programme_says_first_what_was_called_off_moved_and_new(conference, desk):
    conference.both(0, 0)
    conference.both(0, 1)
    conference.represent(conference.needs[0], "kari@example.test")
    publish(conference, desk)
    assert "endret" not in newest("kari@example.test").body
    first, second = [each for each in queries.meetings_of(queries.published_of(conference.event_id)) if each.need_id == conference.needs[0].id][:2]
    plan, names = f"/arrangementer/{conference.event_id}/plan", {each.id: each.name for each in conference.offers}
    mark = lambda: db.session.expire_all() or queries.plan_of(conference.event_id).mark  # noqa: E731 - one short question, asked below
    desk.post(f"{plan}/moter/{first.id}", data={"act": "cancel", "mark": mark()})
    free = next(each for each in queries.meetings_of(queries.plan_of(conference.event_id)) if each.offer_id == second.offer_id and each.need_id == second.need_id)
    desk.post(f"{plan}/moter/{free.id}", data={"act": "move", "place": f"{first.slot_id}-{first.table_id}", "mark": mark()})
    publish(conference, desk, make=False)
    letter = newest("kari@example.test")
    assert letter.subject == "Nytt program for dere på Partnerkonferansen"
    off, moved, now = (letter.body.index(words) for words in (f"- Avlyst: {names[first.offer_id]}, kl. ", f"- Flyttet: {names[second.offer_id]}, fra kl. ", "Slik er møtene nå:"))
    assert off < moved < now < letter.body.index("Et spørsmål å begynne med")


def test_who_has_no_meeting_is_told_so_why_and_what_to_do_and_never_who_refused(conference, desk, client):
    lonely, address = conference.offers[2], "nabo@example.test"
    conference.represent(lonely, address)
    conference.both(0, 0)
    conference.both(1, 1)
    conference.wish(0, 2, Level.LIKE, side=Side.OFFER)
    conference.wish(1, 2, Level.LIKE, side=Side.OFFER)
    conference.wish(1, 2, Level.NO)
    conference.needs[0].most = 1
    db.session.commit()
    publish(conference, desk)
    letter = newest(address)
    assert letter.subject == "Dere har ingen møter på Partnerkonferansen ennå"
    assert "hvorfor dere skal møtes" not in letter.body
    assert "Noe av grunnen:\n- Halden kommune, Oppvekst har allerede alle møtene sine.\n\nDette kan dere gjøre:\n- Ønsk flere" in letter.body
    assert "- Kom likevel: på dagen settes det opp nye møter ved ledige bord" in letter.body
    private = f"/delta/{passes.token_for(lonely, Purpose.INVITATION)}"
    page = client.get(f"{private}/program").text
    for said in (letter.body, page):
        assert private in said
        assert "Halden kommune, Oppvekst har allerede alle møtene sine." in said
        assert "Helse" not in said
        assert "nei takk" not in said


def test_whoever_declined_is_named_as_the_reason_and_asked_for_nothing(conference, desk):
    conference.both(0, 0, Level.MUST)
    conference.both(0, 1)
    conference.wish(1, 0, Level.LIKE)
    conference.represent(conference.needs[1], "helse@example.test")
    conference.needs[0].least = 2
    conference.offers[0].answer = Answer.DECLINED
    db.session.commit()
    publish(conference, desk)
    page = desk.get(f"/arrangementer/{conference.event_id}/plan").text
    lost = page[page.index('id="funn"') :]
    assert "TotalCtrl</b> (må-møte): TotalCtrl har takket nei.</li>" in lost
    assert "<b>Halden kommune, Oppvekst</b> mangler ett møte. TotalCtrl har takket nei. Bare én passer sammen med" in lost
    assert "TotalCtrl kommer også" not in lost
    assert "- TotalCtrl kommer ikke til arrangementet." in newest("helse@example.test").body
    conference.offers[0].answer = Answer.COMES
    db.session.commit()
    assert "TotalCtrl hadde takket nei da planen ble regnet ut." in desk.get(f"/arrangementer/{conference.event_id}/plan").text
