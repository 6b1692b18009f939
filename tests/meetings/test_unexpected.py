"""Unexpected meetings: room kept for pairs that may fit and do not know each other, marked wherever they are shown, with their price."""

from datetime import timedelta

import pytest

from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.matches.models import Introduction
from matchmaker.matches.states import Band
from matchmaker.meetings import bridge, programmes, queries
from matchmaker.meetings.acquainted import acquainted
from matchmaker.meetings.models import Meeting, Plan
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.services.planning import keep_plan
from matchmaker.meetings.states import Level, PlanState, Side


@pytest.fixture
def surprising(conference):
    """Both needs wish the first company; the suggestions see something in the others."""
    conference.event.unexpected_most = 1
    for need in (0, 1):
        conference.both(need, 0)
    conference.suggest(0, 1, Band.POSSIBLE)
    conference.suggest(1, 1, Band.STRONG)
    conference.suggest(1, 2, Band.NONE)
    return conference


def pair(conference, need: int, offer: int) -> Pair:
    return Pair(conference.needs[need].id, conference.offers[offer].id)


def unexpected(conference) -> dict[Pair, int]:
    return bridge.unexpected(queries.material(conference.event))


def introduce(conference, need: int, offer: int) -> None:
    one, two = conference.needs[need], conference.offers[offer]
    db.session.add(Introduction(challenge_id=one.challenge_id, profile_id=two.profile_id, message="Hei", expires_at=now() + timedelta(days=14)))
    db.session.commit()


def test_only_what_is_possible_and_nobody_has_spoken_of_can_surprise(surprising):
    assert unexpected(surprising) == {pair(surprising, 0, 1): 5}
    surprising.wish(0, 1, Level.NO, side=Side.OFFER)
    assert unexpected(surprising) == {}


def test_without_room_for_it_nothing_is_unexpected(surprising):
    surprising.event.unexpected_most = 0
    assert unexpected(surprising) == {}


def test_who_was_introduced_is_no_surprise(surprising):
    introduce(surprising, 0, 1)
    assert (acquainted(surprising.event), unexpected(surprising)) == ({pair(surprising, 0, 1)}, {})


@pytest.mark.parametrize(("state", "met"), [(PlanState.PUBLISHED, True), (PlanState.DRAFT, False)])
def test_nor_who_met_at_another_event(surprising, make, state, met):
    one, two = surprising.needs[0], surprising.offers[1]
    other = make.event(challenges=[one.challenge], profiles=[two.profile])
    plan = Plan(event_id=other.id, number=1, state=state)
    db.session.add(plan)
    db.session.flush()
    need, offer = other.participants
    db.session.add(Meeting(plan_id=plan.id, need_id=need.id, offer_id=offer.id, slot_id=other.slots[0].id, table_id=other.tables[0].id))
    db.session.commit()
    assert unexpected(surprising) == ({} if met else {pair(surprising, 0, 1): 5})


def test_the_plan_places_them_says_their_price_and_the_programme_names_them(surprising, sign_in):
    made = bridge.make(queries.material(surprising.event))
    odd = pair(surprising, 0, 1)
    assert made.findings["unexpected"] == [list(odd)]
    assert made.findings["price"]["unexpected"] == 0
    plan = keep_plan(event=surprising.event, made=made)
    db.session.commit()
    shown = {each.other.id: each.unexpected for each in programmes.programme(surprising.needs[0], plan)}
    assert shown == {surprising.offers[0].id: False, surprising.offers[1].id: True}
    desk, here = sign_in(surprising.desk), f"/arrangementer/{surprising.event_id}/plan"
    page = desk.get(here).text
    assert page.count("<small>uventet</small>") == 1
    assert "Ett møte er uventet, og koster ingen ønsker noe." in page
    plan.findings = {**plan.findings, "price": {"unexpected": 12, "kept": None, "shortfall": -3}}
    db.session.commit()
    page = desk.get(here).text
    assert "Ett møte er uventet; å holde det av koster 12 poeng." in page
    assert "At så få møter som mulig endres" not in page
    assert "koster -3" not in page


def test_the_price_is_what_the_wishes_lose(surprising):
    """With one meeting each, the surprise takes the place of a wish of both."""
    for each in (*surprising.needs, *surprising.offers):
        each.least, each.most = 0, 1
    db.session.commit()
    made = bridge.make(queries.material(surprising.event))
    assert sorted([place.need, place.offer] for place in made.places if place.need == surprising.needs[0].id) == [list(pair(surprising, 0, 1))]
    assert made.findings["price"]["unexpected"] == bridge.make(_without(surprising)).findings["value"] - made.findings["value"]


def _without(conference):
    conference.event.unexpected_most = 0
    db.session.commit()
    return queries.material(conference.event)
