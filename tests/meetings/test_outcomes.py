"""What came of an event: every figure counted by hand from a few rows, and what the page must not tell."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.matches.models import Introduction
from matchmaker.matches.states import IntroductionState
from matchmaker.meetings import outcomes, queries
from matchmaker.meetings.models import Feedback, Meeting, MeetingReport, Plan
from matchmaker.meetings.outcomes import Granted, Held, Wanted, held_of, step_of
from matchmaker.meetings.states import Answer, Level, NextStep, PlanState, Side

NEED, OFFER, DESK = Side.NEED, Side.OFFER, Side.COORDINATOR


def publish(conference, *pairs) -> None:
    """A published plan where these two and two meet, by their places in the lists; each at a time and table of its own."""
    event = conference.event
    plan = Plan(event_id=event.id, number=1, state=PlanState.PUBLISHED, published_at=now())
    places = [(slot.id, table.id) for table in event.tables for slot in event.slots]
    for (need, offer), (slot, table) in zip(pairs, places, strict=False):
        plan.meetings.append(Meeting(need_id=conference.needs[need].id, offer_id=conference.offers[offer].id, slot_id=slot, table_id=table))
    db.session.add(plan)
    db.session.commit()


def report(conference, need: int, offer: int, side: Side, held: bool | None = None, step: NextStep | None = None, **note) -> None:
    pair = {"need_id": conference.needs[need].id, "offer_id": conference.offers[offer].id}
    db.session.add(MeetingReport(event_id=conference.event_id, side=side, held=held, next_step=step, said_at=now(), **pair, **note))
    db.session.commit()


def think(participant, score: int, *, again: bool | None = None, words: str = "") -> None:
    db.session.add(Feedback(participant_id=participant.id, score=score, again=again, words=words))
    db.session.commit()


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ({}, Held.UNSAID),
        ({NEED: None}, Held.UNSAID),
        ({NEED: True}, Held.YES),
        ({OFFER: False}, Held.NO),
        ({NEED: True, OFFER: True}, Held.YES),
        ({NEED: True, OFFER: False}, Held.DISAGREED),
        ({NEED: True, OFFER: False, DESK: False}, Held.NO),
        ({NEED: True, DESK: None}, Held.YES),
    ],
)
def test_the_coordinators_word_comes_first_and_two_who_contradict_each_other_are_said_to(said, held):
    assert held_of({side: MeetingReport(held=each) for side, each in said.items()}) == held


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, (None, False)),
        ({NEED: NextStep.PILOT}, (NextStep.PILOT, False)),
        ({NEED: NextStep.PILOT, OFFER: None}, (NextStep.PILOT, False)),
        ({NEED: NextStep.PILOT, OFFER: NextStep.CONTACT}, (None, True)),
        ({NEED: NextStep.PILOT, OFFER: NextStep.CONTACT, DESK: NextStep.CONTACT}, (NextStep.CONTACT, False)),
    ],
)
def test_next_steps_are_what_both_say_or_the_coordinator(said, found):
    assert step_of({side: MeetingReport(next_step=each) for side, each in said.items()}) == found


def test_every_figure_is_counted_from_its_rows(conference):
    conference.both(0, 0, Level.MUST)
    conference.both(0, 1)
    conference.both(1, 1)
    conference.wish(1, 2, Level.LIKE)
    publish(conference, (0, 0), (0, 1), (1, 0), (1, 2))
    report(conference, 0, 0, NEED, True, NextStep.PILOT)
    report(conference, 0, 1, NEED, True, NextStep.CONTACT)
    report(conference, 0, 1, OFFER, False, NextStep.NOTHING)
    report(conference, 1, 0, OFFER, False)
    report(conference, 1, 1, NEED, True, NextStep.PILOT)  # not in the plan any longer
    conference.needs[0].arrived_at = conference.offers[2].gone_from = now()
    conference.offers[1].answer = Answer.DECLINED
    db.session.commit()
    found = outcomes.results(conference.event)
    assert (found.planned, dict(found.held)) == (4, {Held.YES: 1, Held.DISAGREED: 1, Held.NO: 1, Held.UNSAID: 1})
    assert (dict(found.steps), found.steps_differ, found.leading) == ({NextStep.PILOT: 1}, 1, 1)
    assert found.granted == {Wanted.MUST: Granted(1, 1), Wanted.MUTUAL: Granted(1, 2), Wanted.ONE_SIDED: Granted(1, 1), Wanted.BY_HAND: Granted(1, 1)}
    assert found.spread == {NEED: {0: 0, 1: 0, 2: 2}, OFFER: {0: 0, 1: 2, 2: 1}}
    assert found.came == outcomes.Came(arrived=1, stayed_away=1, declined=1, unknown=2)


def test_feedback_is_averaged_over_those_who_gave_any(conference):
    publish(conference, (0, 0))
    assert outcomes.results(conference.event).thought.average is None
    think(conference.needs[0], 5, again=True, words="Flott.")
    think(conference.offers[0], 2, again=False)
    think(conference.offers[1], 4)
    found = outcomes.results(conference.event).thought
    assert (found.given, found.of, round(found.average, 2)) == (3, 5, 3.67)
    assert found.scores == {1: 0, 2: 1, 3: 0, 4: 1, 5: 1}
    assert (found.again, found.not_again, [each.words for _who, each in found.words]) == (1, 1, ["Flott."])


def test_only_introductions_of_two_made_since_their_own_meeting_began_are_counted(conference):
    publish(conference, (0, 0), (1, 1))
    began, last = conference.event.slots[0].starts_at, conference.event.slots[-1]
    for meeting in queries.meetings_of(queries.published_plan(conference.event)):
        meeting.slot_id = last.id if meeting.need_id == conference.needs[1].id else conference.event.slots[0].id
    for need, offer, when in ((0, 0, 1), (1, 1, 0), (0, 2, 1)):
        pair = {"challenge_id": conference.needs[need].challenge_id, "profile_id": conference.offers[offer].profile_id}
        db.session.add(Introduction(**pair, message="Hei", created_at=began + timedelta(days=when), expires_at=began + timedelta(days=20)))
    db.session.commit()
    found = outcomes.results(conference.event)
    assert found.introductions == 1
    assert [(each.meeting.need_id, each.introduction is not None, each.leads) for each in found.outcomes] == [
        (conference.needs[0].id, True, True),
        (conference.needs[1].id, True, False),
    ]
    for state, leads in ((IntroductionState.DECLINED, 0), (IntroductionState.ACCEPTED, 1), (IntroductionState.WITHDRAWN, 0), (IntroductionState.EXPIRED, 0)):
        for each in db.session.scalars(select(Introduction)):
            each.state = state
        db.session.commit()
        assert outcomes.results(conference.event).leading == leads, state


@pytest.fixture
def page(conference, sign_in):
    desk = sign_in(conference.desk)
    return lambda: desk.get(f"/arrangementer/{conference.event_id}/resultat").text


def test_before_publishing_and_without_meetings_the_page_says_so_in_words(conference, page):
    assert "Ingenting å fortelle ennå" in page()
    publish(conference)
    assert "Det er ingen møter i planen" in page()


def test_each_chart_is_a_picture_with_a_name_and_its_table_holds_the_same_figures(conference, page):
    conference.both(0, 0)
    publish(conference, (0, 0), (1, 1))
    report(conference, 0, 0, NEED, True, NextStep.INTRODUCTION)
    think(conference.needs[0], 4)
    text = page()
    charts = re.findall(r'<svg class="chart" role="img" aria-label="(.*?)".*?<title>(.*?)</title>', text)
    assert charts == [(name, name) for name, _same in charts]
    assert len(charts) == 6
    assert "style=" not in text[text.index("<main") :]
    assert '<th scope="row">Holdt</th><td class="number">1</td>' in text
    assert '<th scope="row">Introduksjon</th><td class="number">1</td>' in text
    assert '<th scope="row">De to svarer ulikt</th><td class="number">0</td>' in text
    report(conference, 0, 0, OFFER, True, NextStep.CONTACT)
    assert "Om ett møte til svarer de to ulikt på hva som er neste steg." in page()
    assert "Piloter kan ikke følges her ennå." in text
    assert "Ingen er krysset av i innsjekkingen." in text


def test_meetings_that_led_to_something_are_named_with_the_next_step_and_the_way_on(conference, page, sign_in):
    event, needs, offers = conference.event, conference.needs, conference.offers
    publish(conference, (0, 0), (0, 1), (0, 2), (1, 2), (1, 0))
    report(conference, 0, 0, NEED, True, NextStep.CONTACT)
    report(conference, 0, 1, OFFER, True, NextStep.PILOT)
    report(conference, 1, 0, NEED, True, NextStep.PILOT)
    report(conference, 1, 0, OFFER, True, NextStep.INTRODUCTION)
    report(conference, 1, 2, NEED, True, NextStep.NOTHING)
    report(conference, 1, 2, OFFER, True, NextStep.CONTACT)
    text = page()
    names = {(need, offer): f"{needs[need].name} og {offers[offer].name}" for need in (0, 1) for offer in (0, 1, 2)}
    assert _named(text) == [names[0, 1], names[0, 0], names[1, 0]]  # the pilot first; two who differ, but both on something, last
    assert "Avdelingen sier: pilot. Bedriften sier: introduksjon." in text
    meeting = next(each for each in queries.meetings_of(queries.published_plan(event)) if each.offer_id == offers[1].id)
    assert f'href="/arrangementer/{event.id}/dagen/moter/{meeting.id}?vis=noe"' in text
    assert '<a class="screen-only"' not in text  # only links without a class have the service's own colour
    assert text.count("Introduser dem") == 2  # two who say pilot and introduction both want to go on
    for need, offer in ((0, 1), (1, 0)):
        assert f'href="/utfordringer/{needs[need].challenge_id}/introduser/{offers[offer].profile_id}"' in text
    desk = sign_in(conference.desk)
    shown = {which: _named(desk.get(f"/arrangementer/{event.id}/resultat?vis={which}").text) for which in ("pilot", "ulikt", "uten-svar", "tull")}
    assert shown == {"pilot": [names[0, 1]], "ulikt": [names[1, 2], names[1, 0]], "uten-svar": [names[0, 2]], "tull": _named(text)}
    report(conference, 0, 1, DESK, False)
    text = page()
    assert _named(text) == [names[0, 0], names[1, 0]]  # what was not held led to nothing
    text = desk.get(f"/arrangementer/{event.id}/resultat?vis=ikke-holdt").text
    assert _named(text) == [names[0, 1]]
    assert ">Ikke holdt</span></p>" in text
    assert ">Pilot</span></p>" not in text
    assert text.count("Introduser dem") == 1  # they may still be introduced
    clock.fix(max(each.ends_at for each in event.slots))
    unsaid = next(each for each in queries.meetings_of(queries.published_plan(event)) if (each.need_id, each.offer_id) == (needs[0].id, offers[2].id))
    saved = desk.post(f"/arrangementer/{event.id}/dagen/moter/{unsaid.id}?vis=uten-svar", data={"step": "pilot"}, follow_redirects=True)
    assert (saved.request.path, saved.request.query_string) == (f"/arrangementer/{event.id}/resultat", b"vis=uten-svar")
    assert "Takk, det er lagret." in saved.text
    assert _named(saved.text) == []


def _named(text: str) -> list[str]:
    listed = text[text.index('id="motene"') : text.index('id="tallene"')]
    return re.findall(r"<li><h3><a [^>]*>(.*?)</a></h3>", listed)


def test_no_note_is_on_the_page_and_no_thanks_is_not_either(conference, page):
    conference.wish(0, 0, Level.NO)
    publish(conference, (0, 1))
    report(conference, 0, 1, NEED, True, note="Hemmelig for oss selv")
    report(conference, 0, 1, OFFER, True, note="Delt med de andre", shared=True)
    text = page()
    assert "Hemmelig" not in text
    assert "Delt med" not in text
    assert "nei takk" not in text.lower()
    assert "Ingen har ønsket noen." in text


def test_the_page_stands_beside_the_event_it_was_copied_from(conference, sign_in, page):
    publish(conference, (0, 0))
    first = conference.event_id
    conference.event_id = conference.make.event(challenges=[each.challenge for each in conference.needs], profiles=[each.profile for each in conference.offers], copied_from_id=first).id
    publish(conference, (0, 0), (1, 1))
    assert '<th scope="row">Møter i planen</th><td class="number">1</td><td class="number">2</td>' in page()


def test_much_that_came_of_it_costs_no_more_queries_than_little(conference, page, queries):
    publish(conference, (0, 0), (0, 1), (1, 2))
    counts = []
    for offer in range(3):
        think(conference.offers[offer], 4, words="Godt.")
        if offer != 1:
            report(conference, 1 if offer == 2 else 0, offer, NEED, True, NextStep.PILOT)
            with queries() as seen:
                page()
            counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_bar_is_long_by_its_own_whole(app):
    rows = [{"label": "Må", "value": 3, "of": 3}, {"label": "Ønsker", "value": 1, "of": 4}]
    drawn = str(app.jinja_env.get_template("core/charts.html").module.bars("Ønskene", rows, 4))
    assert re.findall(r'class="part" .*?width="([0-9.]+)%"', drawn) == ["100.0", "25.0"]
