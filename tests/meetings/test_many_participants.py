"""Every page of an event is read in as many queries with a few participants as with many."""

import pytest

from matchmaker.core.database import db
from matchmaker.meetings import passes
from matchmaker.meetings.models import Absence, Meeting, Participant, Representative
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import Side

pytestmark = pytest.mark.one_database("sqlite")  # the same statements go to both


def addresses(app, conference) -> dict[str, str]:
    """The pages by their endpoints, each of the first department's or its first meeting's; those that only answer a form or a file of another kind are left out."""
    meeting = db.session.query(Meeting).filter_by(need_id=conference.needs[0].id).first()
    who = conference.needs[0]
    tokens = {"private": Purpose.INVITATION, "calendar": Purpose.CALENDAR}
    values = {"event_id": conference.event_id, "participant_id": who.id, "other_id": meeting.offer_id, "meeting_id": meeting.id, "number": 1}
    values |= {"table": "deltakere", "form": "csv"}
    found = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            name = rule.endpoint.removeprefix("meetings.")
            purpose = next((each for prefix, each in tokens.items() if name.startswith(prefix)), None)
            known = values | ({"token": passes.token_for(who, purpose)} if purpose else {})
            if rule.endpoint.startswith("meetings.") and "GET" in rule.methods and rule.arguments <= set(known) and rule.arguments & {"event_id", "token"}:
                found[name] = app.url_map.bind("localhost").build(rule.endpoint, {each: known[each] for each in rule.arguments})
    return found


def crowd(conference, more: int) -> None:
    """So many more on each side, each with somebody who comes and a slot it cannot come in."""
    make, event = conference.make, conference.event
    for _ in range(more):
        for side, own in ((Side.NEED, {"challenge_id": make.challenge().id}), (Side.OFFER, {"profile_id": make.profile().id})):
            who = Participant(event_id=event.id, side=side, least=0, most=3, **own)
            who.absences = [Absence(slot_id=event.slots[0].id)]
            who.representatives = [Representative(name="Kari Demo", email=f"{next(make.numbers)}@demo.invalid")]
            db.session.add(who)
    db.session.commit()


def test_no_page_of_an_event_asks_for_its_participants_one_by_one(app, conference, published, desk, client, queries):
    pages = addresses(app, conference)
    assert len(pages) > 30

    def counted() -> dict[str, int]:
        found = {}
        for name, address in pages.items():
            db.session.remove()  # nothing that a page read before is still at hand, as in a server
            with queries() as seen:
                answer = (client if name.startswith(("private", "calendar")) else desk).get(address)
            if answer.status_code == 200:
                found[name] = len(seen)
        return found

    crowd(conference, 1)
    few = counted()
    crowd(conference, 12)
    many = counted()
    assert {name: (few[name], number) for name, number in many.items() if number > few[name]} == {}
    assert len(many) > 25
