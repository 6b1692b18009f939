"""The quick board says what the check says, of any meetings, and offers exactly the changes that break nothing."""

import random
from collections import Counter

import pytest

from matchmaker.core.database import db
from matchmaker.meetings import bridge, queries
from matchmaker.meetings.board import Board
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Absence
from matchmaker.meetings.states import Level, Side


@pytest.fixture
def material(conference):
    """Somebody away, somebody with few meetings, a pair kept apart, a coordinator who sits in on two meetings, one person who comes for two companies."""
    event = conference.event
    conference.wish(0, 1, Level.NO, side=Side.OFFER)
    db.session.add_all([Absence(participant_id=conference.needs[0].id, slot_id=event.slots[0].id), Absence(participant_id=conference.offers[2].id, slot_id=event.slots[2].id)])
    event.tables[1].closed_from = event.slots[2].starts_at
    for need, offer in ((0, 0), (1, 2)):
        conference.wish(need, offer, Level.MUST, side=Side.COORDINATOR).companion_id = conference.desk.id
    for company, email in ((0, "kari@demo.invalid"), (1, "KARI@demo.invalid"), (2, "per@demo.invalid"), (2, "ola@demo.invalid")):
        conference.represent(conference.offers[company], email)
    conference.offers[1].least, conference.offers[1].most = 0, 1
    db.session.commit()
    db.session.expire_all()
    return queries.material(conference.event)


def meetings(material, dice: random.Random, number: int) -> list[Place]:
    event = material.event
    needs, offers = ([each for each in event.participants if each.side == side] for side in (Side.NEED, Side.OFFER))
    return [Place(*(dice.choice(each).id for each in (needs, offers, event.slots, event.tables))) for _ in range(number)]


def broken(objections) -> Counter:
    """The rules with those they are about; the check names somebody once for each slot, as the board does."""
    return Counter((each.rule, tuple(sorted(each.about)), each.person) for each in objections)


def test_it_finds_what_the_check_finds(material):
    seen = Counter()
    for seed in range(200):
        places = meetings(material, random.Random(seed), 1 + seed % 7)
        places = list(dict.fromkeys(places))
        found = broken(Board(material, places).objections())
        assert found == broken(bridge.objections(material, places)), seed
        seen.update(each[2] for each in found)
    assert sorted(name for name, times in seen.items() if name and times > 20) == sorted(each.name for each in material.sharing.people)
    assert len(material.sharing.people) == 2


def test_it_offers_exactly_the_moves_and_swaps_that_break_nothing(material):
    seen = Counter()
    for seed in range(120):
        dice, places = random.Random(seed), []
        for place in meetings(material, dice, 12):
            if not bridge.objections(material, [*places, place]):
                places.append(place)
        for place in places:
            board, rest = Board(material, places), [each for each in places if each != place]
            moves, swaps = board.moves(place), board.swaps(place)
            assert moves.open == [
                place._replace(slot=slot, table=table) for slot, table in board.free() if not bridge.objections(material, [*rest, place._replace(slot=slot, table=table)])
            ]
            assert len(moves.open) + moves.closed.total() == sum(not any(each.slot == slot.id and each.table == table.id for each in places) for slot in material.event.slots for table in material.event.tables)
            fine = [each for each in rest if not bridge.objections(material, swapped(places, place, each))]
            assert sorted(swaps.open) == sorted(fine)
            assert len(swaps.open) + swaps.closed.total() == len(rest)
            seen.update(moves=len(moves.open), swaps=len(swaps.open), no_moves=moves.closed.total(), no_swaps=swaps.closed.total())
    assert min(seen.values()) > 20


def swapped(places, one: Place, two: Place) -> list[Place]:
    rest = [each for each in places if each not in {one, two}]
    return [*rest, one._replace(slot=two.slot, table=two.table), two._replace(slot=one.slot, table=one.table)]
