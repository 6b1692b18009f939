"""Somebody does not come: the plan is mended with the fewest changes, what has begun stands, and nothing is said before it is published."""

import re
from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.matches.states import Band
from matchmaker.meetings import bridge, jobs, queries, services, spontaneous
from matchmaker.meetings.models import Plan, PlanRun, Wish
from matchmaker.meetings.refusals import TooLate
from matchmaker.meetings.states import Level, PlanState, RunState, Side


def at(conference, slot: int, minutes: int = 0) -> None:
    clock.fix(conference.event.slots[slot].starts_at + timedelta(minutes=minutes))


def places(plan) -> set:
    return {each[:4] for each in bridge.places(queries.meetings_of(plan))}


def draft(conference):
    db.session.expire_all()
    return queries.standing_draft(conference.event_id)


def told(conference):
    db.session.expire_all()
    return queries.published_of(conference.event_id)


def gone(conference, desk, published, who) -> str:
    answer = desk.post(f"{published}/dagen/endring", data={"gone": who.id}, follow_redirects=True)
    db.session.expire_all()
    return answer.text


def meets(conference, slot: int):
    """Somebody of the companies who meets in a slot, by the published plan."""
    chosen = next(each for each in queries.meetings_of(told(conference)) if each.slot_id == conference.event.slots[slot].id)
    return next(each for each in conference.offers if each.id == chosen.offer_id)


def test_a_no_show_before_the_first_meeting_leaves_all_their_meetings_and_publishes_nothing(conference, desk, published):
    at(conference, 0, -10)
    who = conference.offers[0]
    page = gone(conference, desk, published, who)
    assert who.gone_from == conference.event.slots[0].starts_at
    assert "<h1>2 møter avlyses</h1>" in page
    assert "Publiser endringen" in page
    letters = page.count("får brev")
    assert letters > 1
    assert f"{letters} brev går ut." in page
    assert not any(who.id in place[:2] for place in places(draft(conference)))
    assert len(places(draft(conference))) == 4
    assert len(places(told(conference))) == 6
    desk.post(f"{published}/dagen/endring/publiser", data={"mark": draft(conference).mark})
    assert draft(conference) is None
    assert len(places(told(conference))) == 4


def test_what_has_begun_stands_and_nothing_new_is_put_into_it(conference, desk, published):
    who = meets(conference, 1)
    at(conference, 1, 5)
    before = places(told(conference))
    first, second = (each.id for each in conference.event.slots[:2])
    gone(conference, desk, published, who)
    after = places(draft(conference))
    assert {each for each in after if each[2] == first} == {each for each in before if each[2] == first}
    assert {each for each in after if each[2] == second} == {each for each in before if each[2] == second and who.id not in each[:2]}
    assert not any(who.id in each[:2] for each in after if each[2] not in (first,))


def test_a_begun_meeting_stays_where_it_was_even_when_it_is_made_from_scratch(conference, desk, published):
    at(conference, 1, 1)
    begun = {each.id for each in conference.event.slots[:2]}
    before = {each for each in places(told(conference)) if each[2] in begun}
    desk.post(f"{published}/plan/lag", data={"anew": "yes"})
    assert {each for each in places(draft(conference)) if each[2] in begun} == before


def test_no_thanks_after_they_have_met_is_not_in_the_way_of_the_rest(conference, desk, published):
    met = next(each for each in queries.meetings_of(told(conference)) if each.slot_id == conference.event.slots[0].id)
    at(conference, 0, 15)
    wish = db.session.query(Wish).filter_by(need_id=met.need_id, offer_id=met.offer_id, side=Side.NEED).one()
    wish.level = Level.NO
    db.session.commit()
    gone(conference, desk, published, meets(conference, 1))
    desk.post(f"{published}/dagen/endring/publiser", data={"mark": draft(conference).mark})
    assert draft(conference) is None
    assert (met.need_id, met.offer_id, met.slot_id, met.table_id) in places(told(conference))


def test_after_the_last_slot_has_begun_everything_stays(conference, desk, published):
    at(conference, 2, 1)
    before = places(told(conference))
    material = queries.material(conference.event)
    assert {each[:4] for each in bridge.make(material, bridge.places(queries.meetings_of(told(conference)))).places} == before


def test_a_locked_meeting_of_who_is_gone_is_not_in_the_way(conference, desk, published):
    who = conference.offers[0]
    for each in queries.meetings_of(told(conference)):
        each.locked = True
    db.session.commit()
    gone(conference, desk, published, who)
    assert db.session.query(PlanRun).order_by(PlanRun.id.desc()).first().state == RunState.DONE
    assert not any(who.id in place[:2] for place in places(draft(conference)))


def test_here_after_all_brings_back_what_people_were_told(conference, desk, published):
    who = conference.offers[0]
    gone(conference, desk, published, who)
    desk.post(f"{published}/dagen/endring", data={"back": who.id})
    db.session.expire_all()
    assert who.gone_from is None
    assert draft(conference) is None
    assert len(places(told(conference))) == 6


def test_one_press_too_many_is_undone_where_one_stands_also_when_the_draft_was_changed_by_hand(conference, desk, published):
    moved = next(each for each in queries.meetings_of(told(conference)) if each.offer_id == conference.offers[2].id)
    with transaction():
        services.lock_meeting(event=conference.event, meeting=moved, locked=True, mark=told(conference).mark, by=conference.desk)
    before, who = set(bridge.places(queries.meetings_of(draft(conference)))), conference.offers[0]
    page = gone(conference, desk, published, who)
    assert "TotalCtrl er satt til «Kom ikke»." in page
    undo = re.search(r'<button [^>]*name="back" value="(\d+)">Angre', page)[1]
    assert not any(who.id in each[:2] for each in places(draft(conference)))
    assert "TotalCtrl er her igjen." in desk.post(f"{published}/dagen/endring", data={"back": undo}, follow_redirects=True).text
    assert set(bridge.places(queries.meetings_of(draft(conference)))) == before
    assert "er satt til" not in desk.get(f"{published}/dagen/endring?satt={who.id}").text
    at(conference, 2, 25)
    who.arrived_at = clock.now()
    db.session.commit()
    answer = desk.post(f"{published}/dagen/endring", data={"gone": who.id, "vis": "her", "finn": "total"})
    assert answer.location.endswith(f"/dagen/innsjekk?satt={who.id}&vis=her&finn=total")
    assert "TotalCtrl er satt til «Har gått». Ingen møter endres." in desk.get(answer.location).text


def test_here_after_all_once_it_is_published_gets_meetings_in_what_is_left(conference, desk, published):
    who = conference.offers[0]
    gone(conference, desk, published, who)
    desk.post(f"{published}/dagen/endring/publiser", data={"mark": draft(conference).mark})
    at(conference, 0, 1)
    page, since = desk.post(f"{published}/dagen/endring", data={"back": who.id}, follow_redirects=True).text, conference.event.slots[0].starts_at
    assert "TotalCtrl er her igjen." in page
    mine = [each for each in places(draft(conference)) if who.id in each[:2]]
    assert mine
    assert conference.event.slots[0].id not in {each[2] for each in mine}
    undo = dict(re.findall(r'name="(since|gone|version)" value="([^"]+)"', page))
    at(conference, 1, 1)
    unread = ("x", "2027-01-01", "0001-01-01T00:00:00+14:00", "1900-01-01T00:00:00+00:00", (since - timedelta(seconds=1)).isoformat())
    for each in unread:
        assert 'name="since"' not in desk.get(f"{published}/dagen", query_string={"tilbake": who.id, "siden": each, "versjon": undo["version"]}).text
    for kept in (*({"since": each} for each in unread), undo):
        answer = desk.post(f"{published}/dagen/endring", data=undo | kept, follow_redirects=True).text
        assert "TotalCtrl er satt til" in answer
        assert "er her igjen" not in answer
        db.session.expire_all()
        if kept is not undo:
            assert who.gone_from == conference.event.slots[1].starts_at
            desk.post(f"{published}/dagen/endring", data={"back": who.id})
    assert who.gone_from == since
    assert not any(who.id in each[:2] for each in places(draft(conference) or told(conference)))
    for known in (True, False):  # pressed twice
        answer = desk.post(f"{published}/dagen/endring", data={"back": who.id})
        page = desk.get(answer.location).text
        assert ("TotalCtrl er her igjen." in page, f'name="gone" value="{who.id}">Angre' in page, 'name="since"' in page) == (True, True, known)
    desk.post(f"{published}/dagen/endring/publiser", data={"mark": draft(conference).mark})
    assert draft(conference) is None
    desk.post(f"{published}/dagen/endring", data=undo)
    db.session.expire_all()
    assert who.gone_from == conference.event.slots[1].starts_at


def test_a_second_one_gone_is_mended_from_what_people_were_told(conference, desk, published):
    one, two = conference.offers[:2]
    gone(conference, desk, published, one)
    gone(conference, desk, published, two)
    assert {each[1] for each in places(draft(conference))} == {conference.offers[2].id}
    desk.post(f"{published}/dagen/endring", data={"back": one.id})
    assert {each[1] for each in places(draft(conference))} == {conference.offers[0].id, conference.offers[2].id}


def test_what_somebody_changed_by_hand_is_kept_when_the_plan_is_mended(conference, desk, published):
    meeting = next(each for each in queries.meetings_of(told(conference)) if each.offer_id == conference.offers[2].id)
    pair = (meeting.need_id, meeting.offer_id)
    with transaction():
        services.cancel_meeting(event=conference.event, meeting=meeting, mark=told(conference).mark, by=conference.desk)
    wish = db.session.query(Wish).filter_by(need_id=pair[0], offer_id=pair[1]).first()
    wish.level = Level.NO
    db.session.commit()
    gone(conference, desk, published, conference.offers[0])
    assert pair not in {each[:2] for each in places(draft(conference))}


def test_pressing_twice_and_two_at_once_asks_for_one_plan(app, conference, desk, published, monkeypatch):
    monkeypatch.setitem(app.extensions, "run_job", lambda number: None)
    for _ in range(2):
        desk.post(f"{published}/dagen/endring", data={"gone": conference.offers[0].id})
    desk.post(f"{published}/dagen/endring", data={"gone": conference.offers[1].id})
    page = desk.get(f"{published}/dagen/endring").text
    assert "Planen endres" in page
    assert db.session.query(PlanRun).filter_by(state=RunState.WAITING).count() == 1


def test_who_goes_while_the_plan_is_mended_is_taken_along(app, conference, desk, published, monkeypatch):
    one, two = conference.offers[:2]
    real = bridge.make

    def slow(*arguments, **values):
        made = real(*arguments, **values)
        if two.gone_from is None:
            two.gone_from = clock.now()
            db.session.commit()
        return made

    monkeypatch.setattr(jobs.bridge, "make", slow)
    gone(conference, desk, published, one)
    assert {each[1] for each in places(draft(conference))} == {conference.offers[2].id}


def test_somebody_without_meetings_left_changes_nothing(conference, desk, published):
    at(conference, 2, 25)
    page = gone(conference, desk, published, conference.offers[0])
    assert "Ingen møter endres" in page
    assert draft(conference) is None
    assert db.session.query(Plan).count() == 1


def test_who_comes_later_meets_in_what_is_left(conference, desk, published):
    who, slots = conference.needs[0], conference.event.slots
    typed = f"{slots[1].starts_at.astimezone(conference.event.zone):%H.%M}"
    assert desk.post(f"{published}/dagen/senere/{who.id}", data={"at": "tull"}).status_code == 422
    assert desk.post(f"{published}/dagen/senere/{who.id}", data={"at": ""}).status_code == 422
    assert desk.post(f"{published}/dagen/senere/{who.id}", data={"at": "23.50"}).status_code == 422
    answer = desk.post(f"{published}/dagen/senere/{who.id}", data={"at": typed}, follow_redirects=True)
    assert "møte" in answer.text
    db.session.expire_all()
    assert [each.slot_id for each in who.absences] == [slots[0].id]
    assert slots[0].id not in {each[2] for each in places(draft(conference)) if who.id in each[:2]}
    with pytest.raises(TooLate):
        services.report_late(participant=who, at=slots[2].starts_at + timedelta(minutes=1), by=conference.desk)


def test_somebody_of_another_event_cannot_be_missed_here(conference, desk, published, make):
    other = make.event(challenges=[make.challenge(make.municipality(department="Annet"))])
    for number in (other.participants[0].id, 0, "x", ""):
        assert desk.post(f"{published}/dagen/endring", data={"gone": number}).status_code == 404
    assert other.participants[0].gone_from is None


def test_the_published_change_reaches_letters_and_calendars(conference, desk, published):
    conference.represent(conference.needs[0], "oppvekst@example.test")
    gone(conference, desk, published, conference.offers[0])
    letters = db.session.query(Letter).filter_by(recipient="oppvekst@example.test").count()
    desk.post(f"{published}/dagen/endring/publiser", data={"mark": draft(conference).mark})
    assert db.session.query(Letter).filter_by(recipient="oppvekst@example.test").count() == letters + 1
    assert "STATUS:CANCELLED" in desk.get(f"{published}/program/{conference.needs[0].id}/kalender.ics").text


# a free table and two without a meeting


def arrive(conference, *who) -> None:
    for each in who:
        each.arrived_at = clock.now()
    db.session.commit()
    db.session.expire_all()


def offered(conference):
    event = conference.event
    return spontaneous.offered(queries.material(event), bridge.places(queries.meetings_of(queries.plan_of(event.id))), event.slots[0])


@pytest.fixture
def sparse(conference, desk):
    """A published plan of one meeting, with everybody there and suggestions for others."""
    conference.both(0, 0)
    conference.plan()
    conference.publish()
    at(conference, 0, 1)
    arrive(conference, *conference.event.participants)
    return f"/arrangementer/{conference.event_id}"


def test_pairs_are_offered_by_what_they_are_worth_and_never_who_is_forbidden_busy_or_not_there(conference, sparse):
    conference.suggest(0, 1, Band.STRONG)
    conference.suggest(1, 1, Band.POSSIBLE)
    conference.suggest(1, 2, Band.STRONG)
    conference.wish(1, 1, Level.LIKE, side=Side.OFFER)
    pair = lambda need, offer: (conference.needs[need].id, conference.offers[offer].id)  # noqa: E731 - asked often
    assert [each.place.pair for each in offered(conference)] == [pair(1, 1), pair(1, 2)]
    assert offered(conference)[0].why == "Bedriften har ønsket å møte dem."
    conference.wish(1, 1, Level.NO)
    assert [each.place.pair for each in offered(conference)] == [pair(1, 2)]
    conference.offers[2].arrived_at = None
    db.session.commit()
    assert offered(conference) == []


def test_one_press_puts_the_pair_in_and_publishes(conference, desk, sparse):
    conference.suggest(1, 2, Band.STRONG)
    assert "Sett inn og publiser" in desk.get(f"{sparse}/dagen").text
    pair = f"{conference.needs[1].id}-{conference.offers[2].id}"
    answer = desk.post(f"{sparse}/dagen/par", data={"pair": pair, "mark": told(conference).mark}, follow_redirects=True)
    assert " møtes kl. " in answer.text
    assert len(places(told(conference))) == 2
    assert [each.state for each in db.session.query(Plan).order_by(Plan.number)] == [PlanState.REPLACED, PlanState.PUBLISHED]
    assert "Nabobil" in desk.get(f"{sparse}/vegg").text
    again = desk.post(f"{sparse}/dagen/par", data={"pair": pair, "mark": told(conference).mark}, follow_redirects=True)
    assert "opptatt nå" in again.text
    assert len(places(told(conference))) == 2


def test_where_other_changes_wait_the_pair_is_put_in_and_not_published(conference, desk, sparse):
    conference.suggest(1, 2, Band.STRONG)
    with transaction():
        meeting = queries.meetings_of(told(conference))[0]
        services.lock_meeting(event=conference.event, meeting=meeting, locked=True, mark=told(conference).mark, by=conference.desk)
    pair = f"{conference.needs[1].id}-{conference.offers[2].id}"
    desk.post(f"{sparse}/dagen/par", data={"pair": pair, "mark": draft(conference).mark})
    assert len(places(draft(conference))) == 2
    assert len(places(told(conference))) == 1
