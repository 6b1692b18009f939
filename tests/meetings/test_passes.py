"""A signed address opens what it was made for and nothing else."""

from itertools import product

from matchmaker.core.database import db
from matchmaker.meetings import passes
from matchmaker.meetings.models import Representative
from matchmaker.meetings.passes import Purpose


def test_an_address_opens_its_own_purpose_alone(conference):
    who = conference.needs[0]
    opened = {(made, asked): passes.participant_for(passes.token_for(who, made), asked) for made, asked in product(Purpose, Purpose)}
    assert opened == {(made, asked): who if made == asked else None for made, asked in product(Purpose, Purpose)}


def test_a_badge_says_one_person_and_never_a_participant(conference):
    who = conference.needs[0]
    who.representatives = [Representative(name="En", email="")]
    db.session.commit()
    badge = passes.badge_for(who.representatives[0])
    assert passes.person_for(badge) is who.representatives[0]
    assert [passes.participant_for(badge, each) for each in Purpose] == [None] * len(Purpose)
    assert passes.person_for(passes.token_for(who, Purpose.BADGE)) is None


def test_what_was_made_up_opens_nothing(conference):
    token = passes.token_for(conference.needs[0], Purpose.INVITATION)
    assert [passes.participant_for(each, Purpose.INVITATION) for each in (token[:-1], "", "x", f"{token}x", token.swapcase())] == [None] * 5
    assert [passes.person_for(each) for each in (token, "", "æ")] == [None] * 3


def test_a_screen_shows_its_own_event_and_no_participants_address_does(conference):
    screen = passes.screen_for(conference.event)
    assert passes.event_for(screen) is conference.event
    assert [passes.participant_for(screen, each) for each in Purpose] == [None] * len(Purpose)
    assert [passes.event_for(passes.token_for(conference.needs[0], each)) for each in Purpose] == [None] * len(Purpose)
    assert [passes.event_for(each) for each in (screen[:-1], "", "x")] == [None] * 3
