"""Meetings of three, and one person who comes for two: nobody is wanted in two meetings at once, and everybody is told who is there."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.meetings import bridge, queries, services, sharing, spontaneous
from matchmaker.meetings.board import Board
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Absence
from matchmaker.meetings.states import Level, Side
from matchmaker.meetings.wording import Names


@pytest.fixture
def accompanied(conference):
    """The coordinator sits in where Oppvekst meets TotalCtrl and where Helse meets RørLytt; both must meet."""
    for place in (0, 1):
        conference.wish(place, place, Level.MUST, side=Side.COORDINATOR, reason="Avtalt").companion_id = conference.desk.id
    db.session.commit()
    return conference


def material(conference):
    db.session.expire_all()
    return queries.material(conference.event)


def test_the_problem_says_who_can_be_in_one_meeting_at_a_time(accompanied):
    accompanied.everybody_wishes()
    for company, email in ((1, "Kari@demo.invalid"), (2, "kari@DEMO.invalid")):
        accompanied.represent(accompanied.offers[company], email, name="Kari Demo")
    needs, offers = ([str(each.id) for each in side] for side in (accompanied.needs, accompanied.offers))
    told = {each.who: each.pairs for each in bridge.problem_of(material(accompanied)).once}
    assert told == {
        accompanied.desk.name: {(needs[0], offers[0]), (needs[1], offers[1])},
        "Kari Demo": {(need, offer) for need in needs for offer in offers[1:]},
    }
    made = bridge.make(material(accompanied), seconds=5)
    assert (made.faults, made.findings["status"]) == ((), "optimal")
    for person in told.values():
        slots = [place.slot for place in made.places if (str(place.need), str(place.offer)) in person]
        assert len(slots) == len(set(slots))


def test_another_who_comes_for_one_of_them_leaves_both_free(conference):
    for company, email in ((1, "kari@demo.invalid"), (2, "kari@demo.invalid"), (2, "per@demo.invalid")):
        conference.represent(conference.offers[company], email)
    assert material(conference).sharing.people == []


@pytest.mark.parametrize(("names", "one"), [(("Kari  Demo", "kari demo"), True), (("Kari Demo", ""), True), (("", ""), True), (("Kari Demo", "Per Demo"), False)])
def test_one_address_is_one_person_unless_it_is_a_mailbox_that_two_share(conference, names, one):
    for company, name in enumerate(names):
        conference.represent(conference.offers[company], "felles@demo.invalid", name=name)
    people = material(conference).sharing.people
    assert [each.participants for each in people] == ([{each.id for each in conference.offers[:2]}] if one else [])
    assert [each.name for each in people] == ([names[0] or "felles@demo.invalid"] if one else [])


def test_a_department_with_two_challenges_sits_at_one_table_at_a_time_unless_somebody_is_named_for_one_of_them(conference, make):
    oppvekst = conference.needs[0]
    (again,) = services.add_participants(event=conference.event, challenges=[make.challenge(oppvekst.organisation)], by=conference.desk)
    db.session.commit()
    conference.everybody_wishes()
    (people,) = material(conference).sharing.people
    assert (people.name, people.participants) == ("Halden kommune, Oppvekst", {oppvekst.id, again.id})
    held = [place.slot for place in bridge.make(material(conference), seconds=5).places if place.need in people.participants]
    assert len(held) == len(set(held)) == 3
    conference.represent(again, "kari@demo.invalid")
    assert material(conference).sharing.people == []


def test_who_is_busy_is_named_where_a_must_found_no_place_and_so_is_what_would_help(accompanied):
    event = accompanied.event
    db.session.add_all(Absence(participant_id=each.id, slot_id=slot.id) for each in accompanied.needs for slot in event.slots[1:])
    db.session.commit()
    findings, names = bridge.make(material(accompanied), seconds=5).findings, Names(accompanied.event)
    (unplaced,) = findings["unplaced"]
    pair = f"{names.who(unplaced['need'])} og {names.who(unplaced['offer'])}"
    who = accompanied.desk.name
    assert names.reason(unplaced) == f"{who} skal være med på møtet, men er i et annet møte hver gang de to er ledige."
    assert [names.relaxation(each) for each in findings["relaxations"]] == [f"Noen andre enn {who} er med når {pair} møtes"]
    short = next(each for each in findings["short"] if each["who"] == unplaced["need"])
    assert names.reason(short) == f"De som {names.who(unplaced['need'])} kan møte, er opptatt, eller {who} er det, eller det mangler bord."


def test_what_has_begun_is_no_reason_to_refuse_what_is_mended(accompanied):
    accompanied.is_today()
    event, needs, offers = accompanied.event, accompanied.needs, accompanied.offers
    places = [Place(needs[nth].id, offers[nth].id, event.slots[0].id, event.tables[nth].id) for nth in (0, 1)]
    assert [each.rule for each in bridge.objections(material(accompanied), places)] == ["once"]
    clock.fix(event.slots[0].starts_at)
    assert bridge.objections(material(accompanied), places) == Board(material(accompanied), places).objections() == []


def test_a_coordinator_sits_in_from_the_wish_to_the_programme(conference, sign_in, published):
    """From the page of wishes to what everybody reads; no hand may put her into two meetings at once."""
    desk, here, who = sign_in(conference.desk), published, conference.desk.name
    pairs = [{"need": conference.needs[nth].id, "offer": conference.offers[nth].id} for nth in (0, 1)]
    for pair in pairs:
        said = {"level": "must", "reason": "Avtalt", "companion": conference.desk.id}
        desk.post(f"{here}/onsker", data=pair | said)
    wishes = desk.get(f"{here}/onsker").text
    assert who in wishes.split("Koordinatorens ord")[1].split("<form")[0]
    assert "Er møtet alt publisert, får koordinatoren brev med en gang." in wishes
    assert [each.subject[:6] for each in to_companion(conference.desk)] == ["Møter ", "Endret"]
    desk.post(f"{here}/plan/lag", data={"anew": "yes"})
    db.session.expire_all()
    plan = queries.plan_of(conference.event_id)
    one, two = (next(each for each in queries.meetings_of(plan) if (each.need_id, each.offer_id) == tuple(pair.values())) for pair in pairs)
    assert one.slot_id != two.slot_id
    assert f"med {who}" in desk.get(f"{here}/plan").text
    page = desk.get(f"{here}/plan/moter/{one.id}").text
    assert who in page
    names = Names(conference.event)
    free = next(table.id for table in conference.event.tables if table.id != two.table_id)
    answer = desk.post(f"{here}/plan/moter/{one.id}", data={"act": "move", "place": f"{two.slot_id}-{free}", "mark": plan.mark})
    assert answer.status_code == 422
    assert f"{who} har allerede et møte {names.start(two.slot_id)}." in answer.text
    desk.post(f"{here}/plan/publiser", data={"mark": plan.mark})
    db.session.expire_all()
    shown = desk.get(here).text.split("Møter du sitter i")[1].split("</section>")[0]
    assert [shown.count(names.pair(each)) for each in (one, two)] == [1, 1]
    words = f"{who}, koordinator, er også med."
    member = sign_in(conference.members["Oppvekst"])
    programme = f"{here}/program/{conference.needs[0].id}"
    assert member.get(programme).text.count(words) == 1
    assert member.get(f"{programme}/kalender.ics").text.replace("\r\n ", "").count(words.replace(",", "\\,")) == 1
    assert words in desk.get(f"{here}/skriv-ut/programmer").text
    written = db.session.scalars(select(Letter).where(Letter.recipient == conference.members["Oppvekst"].email).order_by(Letter.id)).all()[-1]
    assert words in written.body
    spare = next(each for each in queries.meetings_of(queries.plan_of(conference.event_id)) if each.need_id == one.need_id and each.id != one.id)
    for cancelled, letters in ((spare, 0), (two, 1)):
        before = len(to_companion(conference.desk)), db.session.query(Letter).count()
        same = next(each for each in queries.meetings_of(queries.plan_of(conference.event_id)) if (each.need_id, each.offer_id) == (cancelled.need_id, cancelled.offer_id))
        desk.post(f"{here}/plan/moter/{same.id}", data={"act": "cancel", "mark": queries.plan_of(conference.event_id).mark})
        db.session.expire_all()
        said = {re.search(r"(\d+) brev går ut\.", desk.get(here + page).text)[1] for page in ("/plan", "/dagen/endring")}
        assert (f"{who} (sitter i møter)" in desk.get(f"{here}/plan").text) == bool(letters)
        done = desk.post(f"{here}/plan/publiser", data={"mark": queries.plan_of(conference.event_id).mark}, follow_redirects=True).text
        db.session.expire_all()
        assert len(to_companion(conference.desk)) == before[0] + letters
        assert said == {str(db.session.query(Letter).count() - before[1])} == {re.search(r"(\d+) brev er sendt", done)[1]}
    last = to_companion(conference.desk)[-1].body
    assert (names.pair(one) in last, names.pair(two) in last) == (True, False)


def to_companion(user) -> list[Letter]:
    """What a coordinator was written of the meetings to sit in on."""
    found = db.session.scalars(select(Letter).where(Letter.recipient == user.email).order_by(Letter.id))
    return [each for each in found if "møter du sitter i" in each.subject.casefold()]


def test_who_is_chosen_or_taken_back_between_two_versions_is_told_at_once_and_so_is_who_loses_the_meeting(conference, make):
    """By what each was last told: whoever is told the first time reads no «Endret», and whoever is told nothing new gets no letter."""
    conference.published()
    other = make.coordinator()
    event, (meeting, spare, *_more) = conference.event, queries.meetings_of(queries.published_of(conference.event_id))
    need, offer = (next(each for each in event.participants if each.id == id_) for id_ in (meeting.need_id, meeting.offer_id))
    subjects = lambda: [[each.subject for each in to_companion(user)] for user in (conference.desk, other)]  # noqa: E731 - asked after each step
    first, changed = "Møter du sitter i på Partnerkonferansen", "Endret: møter du sitter i på Partnerkonferansen"

    def say(companion):
        with transaction():
            return services.say_of_pair(event=event, need=need, offer=offer, level=Level.MUST, reason="Avtalt", by=conference.desk, companion=companion)

    say(conference.desk)
    say(conference.desk)
    assert subjects() == [[first], []]
    names, letter = Names(event), to_companion(conference.desk)[0].body
    assert letter.count(f"{names.when(meeting.slot_id)}, {names.table(meeting.table_id)}: {names.pair(meeting)}\n") == 1
    assert f"/arrangementer/{conference.event_id}#sitter-i\n" in letter
    wish = say(other)
    assert subjects() == [[first, changed], [first]]
    left = to_companion(conference.desk)[1].body
    assert ("Du er ikke lenger med i noen møter" in left, "/arrangementer/" in left) == (True, False)

    def without(cancelled):
        with transaction():
            services.cancel_meeting(event=conference.event, meeting=cancelled, mark=queries.plan_of(conference.event_id).mark, by=conference.desk)
        conference.publish()

    without(spare)
    assert subjects() == [[first, changed], [first]]
    with transaction():
        services.take_back_of_pair(wish=wish, by=conference.desk)
    assert subjects() == [[first, changed], [first, changed]]
    say(other)
    for each in other.memberships:
        each.ended_at = clock.now()
    db.session.commit()
    without(next(each for each in queries.meetings_of(queries.published_of(conference.event_id)) if (each.need_id, each.offer_id) == (need.id, offer.id)))
    assert subjects() == [[first, changed], [first, changed, first, changed]]
    clock.fix(event.slots[-1].ends_at + timedelta(days=2))
    say(conference.desk)
    assert subjects()[0] == [first, changed]


def test_who_is_no_coordinator_any_longer_sits_in_nowhere(accompanied, make, sign_in):
    desk, who = sign_in(make.coordinator()), accompanied.desk.name
    ours = lambda: desk.get(f"/arrangementer/{accompanied.event_id}/onsker").text.split("Koordinatorens ord")[1].split("<form")[0]  # noqa: E731 - asked before and after
    assert f"{who}, koordinator, er også med." in ours()
    assert set(sharing.companions(accompanied.event).values()) == {accompanied.desk}
    for each in accompanied.desk.memberships:
        each.ended_at = clock.now()
    db.session.commit()
    assert who not in ours()
    assert sharing.companions(accompanied.event) == {}
    assert material(accompanied).sharing.people == []


def test_no_pair_is_offered_on_the_day_whose_person_sits_elsewhere(conference):
    conference.is_today()
    conference.everybody_wishes()
    for company in (1, 2):
        conference.represent(conference.offers[company], "kari@demo.invalid")
    for each in conference.event.participants:
        each.arrived_at = clock.now()
    db.session.commit()
    event, needs, offers = conference.event, conference.needs, conference.offers
    place = Place(needs[0].id, offers[1].id, event.slots[0].id, event.tables[0].id)
    pairs = [each.place.pair for each in spontaneous.offered(material(conference), [place], event.slots[0])]
    assert pairs == [(needs[1].id, offers[0].id)]
