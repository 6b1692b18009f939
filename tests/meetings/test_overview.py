"""The brief event of the plan's pages: every rule and name says of it what it says of the rows."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.meetings import bridge, overview, queries, recipients, rules, wording
from matchmaker.meetings.board import Board
from matchmaker.meetings.models import Absence, Participant, Representative, RepresentativeAbsence
from matchmaker.meetings.states import Answer, Level, Side


@pytest.fixture
def crowded(conference):
    """Each participant is away for a reason of its own; a department takes part with two challenges; a coordinator keeps two apart, and says why."""
    make, event = conference.make, conference.event
    slots = [each.id for each in event.slots]
    another = make.challenge(conference.needs[0].organisation, title="Et behov til")
    db.session.add(Participant(event_id=event.id, side=Side.NEED, challenge_id=another.id, least=1, most=6))
    db.session.commit()
    db.session.expire_all()
    first, second, third = conference.needs
    one, two, three = conference.offers
    db.session.add(Absence(participant_id=first.id, slot_id=slots[0]))
    second.answer, third.answer = Answer.DECLINED, Answer.WAITING
    one.gone_from = event.slots[1].starts_at - timedelta(minutes=1)
    two.least = two.most = 2
    for email, missed in (("kari@demo.invalid", slots[:2]), ("ola@demo.invalid", slots[1:])):
        conference.represent(three, email)
        person = db.session.scalars(select(Representative).where(Representative.email == email)).one()
        db.session.add_all(RepresentativeAbsence(representative_id=person.id, slot_id=slot) for slot in missed)
    conference.represent(first, "per@demo.invalid")
    conference.both(0, 1)
    conference.wish(0, 0, Level.MUST)
    conference.wish(1, 2, Level.NO, side=Side.COORDINATOR, reason="Samme eier")
    db.session.commit()
    db.session.expire_all()
    return conference


def test_it_answers_as_the_rows_do(crowded):
    rows, brief = crowded.event, overview.event(crowded.event_id)
    names = wording.Names(rows), wording.Names(brief)
    asked = {
        "away": rules.away,
        "least": rules.least_for,
        "name": lambda each: each.name,
        "organisation": lambda each: (each.organisation.id, each.organisation.display_name),
        "title": lambda each: each.challenge and each.challenge.title,
        "own": lambda each: (each.side, each.most, each.answer, each.gone_from, each.arrived_at, each.challenge_id, each.profile_id),
        "people": lambda each: [(person.name, person.email, person.substitute) for person in each.representatives],
    }
    for name, ask in asked.items():
        assert [ask(each) for each in brief.participants] == [ask(each) for each in rows.participants], name
    assert [names[1].told_apart(each) for each in brief.participants] == [names[0].told_apart(each) for each in rows.participants]
    assert len({frozenset(rules.away(each)) for each in brief.participants}) > 3  # else the comparison says little
    assert recipients.audience(brief.participants, ()).letters == recipients.audience(rows.participants, ()).letters > 0


def test_what_is_made_of_it_is_the_same(crowded):
    materials = [queries.material(event) for event in (crowded.event, overview.event(crowded.event_id))]
    assert len({bridge.problem_of(each) for each in materials}) == 1
    places = bridge.make(materials[0], seconds=5).places
    assert places
    assert len({str(asdict(bridge.figures(each, places))) for each in materials}) == 1
    assert [Board(each, places).objections() for each in materials] == [[], []]
    assert [list(each.reasons.values()) for each in materials] == [["Samme eier"]] * 2


def test_there_is_none_where_there_is_no_event(conference):
    assert overview.event(conference.event_id + 1) is None
