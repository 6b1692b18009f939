"""What a meeting is worth, who may do what, and the steps of plans and computations."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import State
from matchmaker.core import clock
from matchmaker.matches.states import Band
from matchmaker.meetings import rules
from matchmaker.meetings.models import Absence, Event, Meeting, Participant, Plan, Representative, RepresentativeAbsence, Slot, Wish
from matchmaker.meetings.rules import Worth, worth_of
from matchmaker.meetings.states import PLAN_STEPS, RUN_STEPS, Answer, Level, PlanState, RunState, Side
from matchmaker.profiles.models import Profile

MUST, LIKE, NO = Level.MUST, Level.LIKE, Level.NO
LEVELS = (None, MUST, LIKE, NO)


def said(need=None, offer=None, coordinator=None):
    return {side: level for side, level in zip((Side.NEED, Side.OFFER, Side.COORDINATOR), (need, offer, coordinator)) if level}


@pytest.mark.parametrize(
    ("words", "band", "worth"),
    [
        (said(MUST, MUST), Band.STRONG, Worth(100, must=True)),
        (said(MUST, MUST), None, Worth(90, must=True)),
        (said(MUST, LIKE), Band.POSSIBLE, Worth(80, must=True)),
        (said(LIKE, MUST), None, Worth(75, must=True)),
        (said(LIKE, LIKE), Band.STRETCH, Worth(62)),
        (said(MUST), None, Worth(40)),
        (said(offer=LIKE), Band.NONE, Worth(25)),
        (said(coordinator=MUST), Band.STRONG, Worth(50, must=True)),
        (said(LIKE, LIKE, MUST), None, Worth(60, must=True)),
        (said(NO, MUST), Band.STRONG, None),
        (said(LIKE, NO), None, None),
        (said(LIKE, LIKE, NO), Band.STRONG, None),
        (said(NO, None, MUST), None, Worth(40, must=True)),
    ],
)
def test_the_value_of_a_meeting_follows_what_each_has_said(words, band, worth):
    assert worth_of(words, band, silent=False) == worth


@pytest.mark.parametrize(("band", "worth"), [(Band.STRONG, Worth(10, filled_in=True)), (Band.POSSIBLE, Worth(5, filled_in=True)), (Band.STRETCH, Worth(2, filled_in=True)), (Band.NONE, None), (None, None)])
def test_suggestions_fill_in_at_a_low_value_only_where_somebody_is_silent(band, worth):
    assert worth_of({}, band, silent=True) == worth
    assert worth_of({}, band, silent=False) is None


def test_the_value_is_always_one_to_a_hundred_and_mutual_counts_more():
    for need, offer, coordinator, band, silent in product(LEVELS, LEVELS, (None, MUST, NO), (None, *Band), (True, False)):
        worth = worth_of(said(need, offer, coordinator), band, silent=silent)
        assert worth is None or 1 <= worth.value <= 100
    assert worth_of(said(LIKE, LIKE), None, silent=False).value > 2 * worth_of(said(LIKE), None, silent=False).value


def test_a_no_from_anybody_forbids_the_pair():
    assert [rules.is_forbidden(words) for words in (said(NO), said(MUST, NO), said(coordinator=NO), said(MUST, LIKE), {})] == [True, True, True, False, False]


@pytest.mark.parametrize(("before", "after"), product(PlanState, PlanState))
def test_a_plan_takes_only_the_steps_of_its_table(before, after):
    assert rules.plan_may_become(Plan(state=before), after) == (after in PLAN_STEPS[before])
    assert PLAN_STEPS == {PlanState.DRAFT: (PlanState.PUBLISHED,), PlanState.PUBLISHED: (PlanState.REPLACED,), PlanState.REPLACED: ()}


@pytest.mark.parametrize(("before", "after"), product(RunState, RunState))
def test_a_computation_takes_only_the_steps_of_its_table(before, after):
    assert rules.run_may_become(before, after) == (after in RUN_STEPS[before])
    assert not any(RUN_STEPS[ended] for ended in (RunState.DONE, RunState.REFUSED))


def test_only_a_draft_with_meetings_can_be_published_and_only_by_coordinators(make):
    staff, member = make.coordinator(), make.company_member()
    full = {state: Plan(state=state, meetings=[Meeting()]) for state in PlanState}
    assert [rules.may_publish(staff, plan) for plan in full.values()] == [True, False, False]
    assert not rules.may_publish(staff, Plan(state=PlanState.DRAFT))
    assert not rules.may_publish(member, full[PlanState.DRAFT])


def test_an_event_can_be_deleted_until_a_plan_is_published(make):
    staff = make.coordinator()
    assert rules.may_delete(staff, Event(plans=[Plan(state=PlanState.DRAFT)]))
    assert not rules.may_delete(staff, Event(plans=[Plan(state=PlanState.PUBLISHED)]))
    assert not rules.may_delete(make.company_member(), Event())


def test_wishes_are_taken_to_the_end_of_the_last_day_where_the_event_is():
    event = Event(timezone="Europe/Oslo", wishes_due=datetime(2026, 3, 11).date())
    clock.fix(datetime(2026, 3, 11, 22, 59, tzinfo=UTC))
    assert rules.takes_wishes(event)
    clock.fix(datetime(2026, 3, 11, 23, 0, tzinfo=UTC))
    assert not rules.takes_wishes(event)
    clock.fix(None)


def test_members_wish_for_their_own_until_the_deadline_and_coordinators_after_it(make):
    company = make.organisation()
    member, other, staff = make.company_member(company), make.company_member(), make.coordinator()
    profile = make.profile(company)
    today = clock.today()
    open_, over = (Participant(side=Side.OFFER, profile=profile, event=Event(timezone="Europe/Oslo", wishes_due=today + timedelta(days=days))) for days in (0, -1))
    assert [rules.speaks_for(user, open_) and rules.may_change_wishes(user, open_.event) for user in (member, other, staff)] == [True, False, True]
    assert [rules.speaks_for(user, over) and rules.may_change_wishes(user, over.event) for user in (member, other, staff)] == [False, False, True]
    assert [rules.may_change_wishes(None, each.event) for each in (open_, over)] == [True, False]
    assert rules.on_behalf(staff, open_) == company.id
    assert rules.on_behalf(member, open_) is None


@pytest.mark.parametrize("state", State)
def test_a_draft_that_nobody_has_seen_is_described_by_the_private_address_and_nothing_else_of_a_challenge(state):
    unseen, seen = (Participant(challenge=Challenge(state=state, published_at=at)) for at in (None, clock.now()))
    assert rules.may_describe(unseen, [], was_listed=False) == (state == State.DRAFT)
    assert not rules.may_describe(unseen, ["a member"], was_listed=False)
    assert not rules.may_describe(seen, [], was_listed=False)


def test_a_profile_is_described_by_the_private_address_only_where_it_was_never_listed():
    never, listed, hidden = (Participant(profile=Profile(**said)) for said in ({}, {"consent_at": clock.now()}, {"hidden_at": clock.now()}))
    assert [rules.may_describe(each, [], was_listed=False) for each in (never, listed, hidden)] == [True, False, False]
    assert not rules.may_describe(never, [], was_listed=True)
    assert not rules.may_describe(never, ["a member"], was_listed=False)


def test_three_musts_are_the_most():
    assert not rules.too_many_musts([MUST] * 3 + [LIKE] * 9)
    assert rules.too_many_musts([MUST] * 4)


def test_a_coordinator_takes_back_only_what_a_coordinator_said(make):
    staff = make.coordinator()
    assert rules.may_take_back(staff, Wish(side=Side.COORDINATOR))
    assert not rules.may_take_back(staff, Wish(side=Side.NEED))


def test_a_participant_meets_while_one_of_its_people_can_and_never_after_it_has_gone():
    nine, ten, eleven = [datetime(2027, 3, 3, hour, tzinfo=UTC) for hour in (9, 10, 11)]
    event = Event(slots=[Slot(id=1, starts_at=nine, ends_at=ten), Slot(id=2, starts_at=ten, ends_at=eleven)])
    who = Participant(event=event, least=1, most=2, answer=Answer.COMES)
    assert rules.away(who) == set()
    who.representatives = [Representative(name="A", absences=[RepresentativeAbsence(slot_id=1), RepresentativeAbsence(slot_id=2)])]
    assert rules.away(who) == {1, 2}
    who.representatives.append(Representative(name="B", substitute=True, absences=[RepresentativeAbsence(slot_id=2)]))
    assert (rules.away(who), rules.least_for(who)) == ({2}, 1)
    who.representatives, who.absences = [], [Absence(slot_id=1)]
    assert rules.away(who) == {1}
    who.absences, who.gone_from = [], ten
    assert (rules.away(who), rules.least_for(who)) == ({2}, 0)
    who.gone_from, who.answer = None, Answer.DECLINED
    assert (rules.away(who), rules.least_for(who)) == ({1, 2}, 0)
