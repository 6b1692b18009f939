"""Rows become a problem, the real solver makes a plan, and every plan is checked."""

import pytest

from matchmaker.core.database import db
from matchmaker.matches.states import Band
from matchmaker.meetings import bridge, queries
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Absence
from matchmaker.meetings.states import Level, Side
from matchmaker.meetings.wanting import wanted
from matchmaker.meetings.wording import Names


def material(conference):
    return queries.material(conference.event)


def ids(conference, *, need=0, offer=0, slot=0, table=0, locked=False):
    event = conference.event
    return Place(conference.needs[need].id, conference.offers[offer].id, event.slots[slot].id, event.tables[table].id, locked)


def test_the_problem_says_what_the_rows_say(conference):
    conference.both(0, 0, Level.MUST)
    conference.wish(1, 1, Level.NO)
    conference.wish(0, 2, Level.NO, side=Side.COORDINATOR, reason="Inhabil")
    event, away = conference.event, conference.offers[0]
    db.session.add(Absence(participant_id=away.id, slot_id=event.slots[1].id))
    db.session.commit()
    db.session.expire_all()
    problem = bridge.problem_of(material(conference))
    assert [slot.id for slot in problem.slots] == [str(each.id) for each in event.slots]
    assert problem.slots[0].start.endswith(("+01:00", "+02:00"))
    assert problem.by_id[str(away.id)].unavailable == {str(event.slots[1].id)}
    assert [(wish.value, wish.must) for wish in problem.wishes] == [(90, True)]
    assert {(int(pair.need), int(pair.offer)) for pair in problem.forbidden} == {
        (conference.needs[1].id, conference.offers[1].id),
        (conference.needs[0].id, conference.offers[2].id),
    }


def test_the_solver_places_the_musts_and_the_check_finds_nothing(conference):
    conference.everybody_wishes()
    made = bridge.make(material(conference), seconds=5)
    assert made.faults == ()
    assert made.findings["status"] == "optimal"
    assert len(made.places) == 6
    assert bridge.objections(material(conference), made.places) == []
    assert bridge.figures(material(conference), made.places).short == {}


def test_what_cannot_be_had_is_told_with_names_and_times_and_what_would_help(conference):
    conference.both(0, 0, Level.MUST)
    event = conference.event
    for participant, gone in ((conference.needs[0], event.slots[:2]), (conference.offers[0], event.slots[2:])):
        db.session.add_all(Absence(participant_id=participant.id, slot_id=slot.id) for slot in gone)
    db.session.commit()
    db.session.expire_all()
    findings = bridge.make(material(conference), seconds=5).findings
    names = Names(conference.event)
    assert names.reason(findings["unplaced"][0]) == "Halden kommune, Oppvekst og TotalCtrl kan ikke komme samtidig i noen tidsluke."
    assert {names.brought(each) for each in findings["relaxations"]} == {"1 må-møte til på plass, 2 møter færre mangler"}
    assert all(" kommer også kl. " in names.relaxation(each) for each in findings["relaxations"])
    assert {each["who"]: each["cause"] for each in findings["short"]}[conference.needs[1].id] == "few_partners"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"need": 1, "offer": 1, "slot": 0, "table": 0}, "Bord 1 er opptatt da."),
        ({"need": 0, "offer": 1, "slot": 0, "table": 1}, "Halden kommune, Oppvekst har allerede et møte da."),
        ({"need": 1, "offer": 0, "slot": 0, "table": 1}, "TotalCtrl har allerede et møte da."),
        ({"need": 0, "offer": 0, "slot": 1, "table": 1}, "Halden kommune, Oppvekst og TotalCtrl møtes allerede."),
        ({"need": 1, "offer": 2, "slot": 1, "table": 1}, "Halden kommune, Helse og Nabobil skal ikke møtes."),
    ],
)
def test_a_broken_rule_is_told_in_words(conference, change, words):
    conference.both(0, 0)
    conference.wish(1, 2, Level.NO, side=Side.OFFER)
    found = bridge.objections(material(conference), [ids(conference), ids(conference, **change)])
    assert Names(conference.event).objections(found) == words


def test_somebody_who_has_enough_or_cannot_come_is_told_too(conference):
    offer, event = conference.offers[0], conference.event
    offer.least, offer.most = 0, 1
    db.session.add(Absence(participant_id=conference.needs[1].id, slot_id=event.slots[1].id))
    db.session.commit()
    db.session.expire_all()
    found = bridge.objections(material(conference), [ids(conference), ids(conference, need=1, slot=1)])
    assert Names(conference.event).objections(found) == "Halden kommune, Helse kan ikke komme da. TotalCtrl har allerede så mange møter som de skal ha."


def test_locked_meetings_stay_and_as_little_as_possible_else_changes(conference):
    conference.everybody_wishes()
    first = bridge.make(material(conference), seconds=5).places
    locked = [first[0]._replace(locked=True), *first[1:]]
    db.session.add(Absence(participant_id=first[-1].need, slot_id=first[-1].slot))
    db.session.commit()
    db.session.expire_all()
    second = bridge.make(material(conference), locked, seconds=5).places
    assert first[0]._replace(locked=True) in second
    assert len({each[:4] for each in second} & {each[:4] for each in first}) >= 4


def test_a_meeting_put_in_by_hand_may_be_of_two_who_never_wished_it(conference):
    place = ids(conference, locked=True)
    made = bridge.make(material(conference), [place], seconds=5)
    assert made.places == (place,)
    assert made.faults == ()


def test_locked_meetings_that_cannot_stand_together_give_no_plan(conference):
    conference.everybody_wishes()
    made = bridge.make(material(conference), [ids(conference, locked=True), ids(conference, need=1, offer=1, locked=True)], seconds=5)
    assert made.places == ()
    assert [each.rule for each in made.faults] == ["table_twice"]


def test_suggestions_fill_in_for_the_silent_and_are_counted_apart(conference):
    conference.suggest(0, 0, Band.STRONG)
    conference.suggest(1, 1, Band.NONE)
    made = bridge.make(material(conference), seconds=5)
    figures = bridge.figures(material(conference), made.places)
    assert (len(made.places), figures.filled_in, figures.all_wishes) == (1, 1, 0)


def test_what_a_board_and_a_meeting_show_of_worth_is_what_all_worths_say(conference):
    conference.both(0, 0, Level.MUST)
    conference.wish(0, 1, Level.LIKE)
    conference.suggest(0, 1, Band.STRONG)
    conference.suggest(1, 1, Band.POSSIBLE)
    conference.suggest(1, 2, Band.NONE)
    found, whole = material(conference), bridge.worths(material(conference))
    pairs = [queries.Pair(need.id, offer.id) for need in conference.needs for offer in conference.offers]
    seen = bridge.kinds(found, pairs)
    for pair in pairs:
        assert bridge.worth_of(found, pair) == whole.get(pair)
        assert [seen[pair] and (seen[pair].must, seen[pair].filled_in)] == [whole.get(pair) and (whole[pair].must, whole[pair].filled_in)]
    assert [each.filled_in for each in whole.values()].count(True) == 1
    assert wanted(found).wishes == {pair for pair, each in whole.items() if not each.filled_in}
    conference.wish(1, 1, Level.MUST, side=Side.COORDINATOR, reason="Lovet")
    conference.wish(0, 1, Level.MUST, side=Side.COORDINATOR, reason="Lovet")
    ordered, asked = wanted(material(conference)), wanted(found)
    assert (len(ordered.musts), ordered.wishes) == (len(asked.musts) + 2, asked.wishes)
