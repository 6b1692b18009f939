"""Who may do what with introductions and interests, over every state, on objects that were never saved."""

import pytest

from matchmaker.accounts.models import User
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import State
from matchmaker.core.clock import now
from matchmaker.matches import rules
from matchmaker.matches.models import Interest, Introduction
from matchmaker.matches.pairing import Pairing
from matchmaker.matches.states import (
    INTEREST_STEPS,
    INTRODUCTION_STEPS,
    InterestState,
    IntroductionState,
)
from matchmaker.organisations.models import Kind, Membership, Organisation, Role
from matchmaker.profiles.models import Profile

DEPARTMENT = Organisation(name="Halden kommune", department="Oppvekst", kind=Kind.MUNICIPALITY)
OTHER_DEPARTMENT = Organisation(name="Moss kommune", department="Helse", kind=Kind.MUNICIPALITY)
COMPANY = Organisation(name="KjøkkenKlar", kind=Kind.STARTUP)
OTHER_COMPANY = Organisation(name="Svinnfri", kind=Kind.STARTUP)
CLUSTER = Organisation(name="Klyngen", kind=Kind.CLUSTER)


def person(organisation: Organisation, role: Role, *, ended: bool = False) -> User:
    user = User(email="a@example.test", name="A")
    user.memberships = [Membership(organisation=organisation, role=role, ended_at=now() if ended else None)]
    return user


PEOPLE = {
    "department": lambda: person(DEPARTMENT, Role.DEPARTMENT),
    "other department": lambda: person(OTHER_DEPARTMENT, Role.DEPARTMENT),
    "company": lambda: person(COMPANY, Role.COMPANY),
    "other company": lambda: person(OTHER_COMPANY, Role.COMPANY),
    "coordinator": lambda: person(CLUSTER, Role.COORDINATOR),
    "administrator": lambda: person(CLUSTER, Role.ADMINISTRATOR),
    "former department": lambda: person(DEPARTMENT, Role.DEPARTMENT, ended=True),
    "former company": lambda: person(COMPANY, Role.COMPANY, ended=True),
    "nobody": lambda: User(email="b@example.test", name="B"),
}
HELPERS = {"coordinator", "administrator"}


def need(state: State = State.PUBLISHED) -> Challenge:
    return Challenge(organisation=DEPARTMENT, state=state)


def offer(*, listed: bool = True) -> Profile:
    return Profile(organisation=COMPANY, name="KjøkkenKlar", consent_at=now() if listed else None)


def allowed(predicate, thing) -> set[str]:
    return {name for name, make in PEOPLE.items() if predicate(make(), thing)}


@pytest.mark.parametrize("state", list(State))
def test_only_the_owner_of_an_open_need_introduces(state):
    expected = {"department", *HELPERS} if state in {State.PUBLISHED, State.UNDER_EVALUATION} else set()
    assert allowed(rules.may_introduce, Pairing(need(state), offer())) == expected
    assert allowed(rules.may_introduce, Pairing(need(state), offer(listed=False))) == set()


@pytest.mark.parametrize("state", list(IntroductionState))
def test_introductions_over_every_state(state):
    introduction = Introduction(challenge=need(), profile=offer(), state=state)
    steps = INTRODUCTION_STEPS[state]
    company, department = {"company", *HELPERS}, {"department", *HELPERS}
    assert allowed(rules.may_see_introduction, introduction) == company | department
    assert allowed(rules.may_accept, introduction) == (company if IntroductionState.ACCEPTED in steps else set())
    assert allowed(rules.may_decline, introduction) == (company if IntroductionState.DECLINED in steps else set())
    assert allowed(rules.may_withdraw, introduction) == (department if IntroductionState.WITHDRAWN in steps else set())
    assert allowed(rules.may_write, introduction) == (company | department if state in {IntroductionState.SENT, IntroductionState.ACCEPTED} else set())


@pytest.mark.parametrize("state", list(InterestState))
def test_interests_over_every_state(state):
    sent = state not in {InterestState.DRAFT}
    interest = Interest(challenge=need(), profile=offer(), state=state, sent_at=now() if sent else None)
    company, department = {"company", *HELPERS}, {"department", *HELPERS}
    assert allowed(rules.may_see_interest, interest) == (company | department if sent else company)
    assert allowed(rules.judges_interest, interest) == (department if sent else set())
    assert allowed(rules.writes_interest, interest) == company
    assert rules.lacks_feedback(interest) == (state in {InterestState.SENT, InterestState.SHORTLISTED})


def test_a_sketch_taken_back_before_it_was_sent_stays_with_the_company():
    interest = Interest(challenge=need(), profile=offer(), state=InterestState.WITHDRAWN, sent_at=None)
    assert allowed(rules.may_see_interest, interest) == {"company", *HELPERS}


@pytest.mark.parametrize("state", list(State))
def test_interest_is_shown_in_open_needs_by_companies(state):
    expected = {"company", "other company", *HELPERS} if state in {State.PUBLISHED, State.UNDER_EVALUATION} else set()
    assert allowed(rules.may_show_interest, need(state)) == expected


@pytest.mark.parametrize("state", list(State))
def test_only_the_owner_reads_who_answered(state):
    assert allowed(rules.reads_interests, need(state)) == ({"department", *HELPERS} if state != State.DRAFT else set())


def test_only_coordinators_recommend_what_is_open_and_listed():
    assert allowed(rules.may_recommend, Pairing(need(), offer())) == HELPERS
    assert allowed(rules.may_recommend, Pairing(need(State.CANCELLED), offer())) == set()
    assert allowed(rules.may_recommend, Pairing(need(), offer(listed=False))) == set()


@pytest.mark.parametrize(("steps", "kind"), [(INTRODUCTION_STEPS, IntroductionState), (INTEREST_STEPS, InterestState)])
def test_every_state_stands_in_the_table_of_steps(steps, kind):
    assert set(steps) == set(kind)
    assert {after for afters in steps.values() for after in afters} <= set(kind)
