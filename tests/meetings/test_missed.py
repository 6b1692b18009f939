"""Who is marked as missing: the meetings that were to be held count as not held by themselves, unless a person says otherwise."""

from collections import Counter
from datetime import timedelta

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.matches.models import Introduction
from matchmaker.meetings import outcomes, queries, services
from matchmaker.meetings.models import Participant
from matchmaker.meetings.outcomes import Held
from matchmaker.meetings.services.asking_after import untold
from matchmaker.meetings.states import NextStep, Side


def figures(conference) -> tuple[Counter, int]:
    db.session.expire_all()
    found = outcomes.results(conference.event)
    return found.held, found.missed


def press(desk, published, **act) -> None:
    desk.post(f"{published}/dagen/endring", data=act)
    db.session.expire_all()


def test_a_no_show_needs_no_typing_a_typed_word_wins_and_the_mark_can_be_taken_back(conference, desk, published):
    first = conference.event.slots[0]
    clock.fix(first.starts_at + timedelta(minutes=5))
    meeting = next(each for each in queries.meetings_of(queries.published_of(conference.event_id)) if each.slot_id == first.id)
    who = meeting.offer_id
    assert figures(conference) == (Counter({Held.UNSAID: 6}), 0)
    press(desk, published, gone=who)
    assert figures(conference) == (Counter({Held.NO: 1, Held.UNSAID: 5}), 1)
    assert "var ikke der" in desk.get(f"{published}/dagen/moter/{meeting.id}").text
    press(desk, published, back=who)
    assert figures(conference) == (Counter({Held.UNSAID: 6}), 0)
    press(desk, published, gone=who)
    with transaction():
        services.report_meeting(event=conference.event, meeting=meeting, side=Side.NEED, held=True, next_step=None, by=None)
    assert figures(conference) == (Counter({Held.YES: 1, Held.UNSAID: 5}), 0)


def test_a_meeting_that_had_begun_is_still_counted_once_the_mended_plan_is_published(conference, desk, published):
    first = conference.event.slots[0]
    clock.fix(first.starts_at + timedelta(minutes=5))
    lost = next(each for each in queries.meetings_of(queries.published_of(conference.event_id)) if each.slot_id == first.id)
    need, offer = lost.need_id, lost.offer_id
    press(desk, published, gone=offer)
    desk.post(f"{published}/dagen/endring/publiser", data={"mark": queries.standing_draft(conference.event_id).mark})
    held, missed = figures(conference)
    assert (held[Held.NO], missed) == (1, 1)
    assert [(each.meeting.need_id, each.meeting.offer_id) for each in outcomes.results(conference.event).outcomes if each.missed] == [(need, offer)]
    assert not any(offer in (each.need_id, each.offer_id) for meetings in untold(conference.event).values() for each in meetings)
    assert "Ett møte ble ikke holdt" in desk.get(f"{published}/resultat").text
    with transaction():
        services.report_meeting(event=conference.event, meeting=lost, side=Side.NEED, held=None, next_step=NextStep.INTRODUCTION, by=None)
    lost_need, lost_offer = (db.session.get(Participant, each) for each in (need, offer))
    not_held = f"{published}/resultat?vis=ikke-holdt"
    assert "Introduser dem" in desk.get(not_held).text
    two = {"challenge_id": lost_need.challenge_id, "profile_id": lost_offer.profile_id}
    db.session.add(Introduction(**two, message="Hei", expires_at=clock.now() + timedelta(days=14)))
    db.session.commit()
    page = desk.get(not_held).text
    assert "Introduser dem" not in page
    assert ">Introdusert " in page
    press(desk, published, back=offer)
    assert figures(conference)[1] == 0
