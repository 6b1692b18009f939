"""Who may do what, over every state, on objects that were never saved."""

from datetime import date, timedelta

import pytest

from matchmaker.accounts.models import User
from matchmaker.challenges import rules
from matchmaker.challenges.coach import advise
from matchmaker.challenges.models import Challenge, Question
from matchmaker.challenges.states import State
from matchmaker.core.clock import now, today
from matchmaker.organisations.models import Kind, Membership, Organisation, Role

HALDEN = Organisation(id=1, name="Halden kommune", kind=Kind.MUNICIPALITY)
MOSS = Organisation(id=2, name="Moss kommune", kind=Kind.MUNICIPALITY)
FIRM = Organisation(id=3, name="Firma", kind=Kind.STARTUP)
CLUSTER = Organisation(id=4, name="Klynge", kind=Kind.CLUSTER)


def person(organisation, role) -> User:
    user = User(id=organisation.id * 10, email="a@example.test", name="A")
    user.memberships = [Membership(user=user, organisation=organisation, organisation_id=organisation.id, role=role)]
    return user


OWNER, NEIGHBOUR = person(HALDEN, Role.DEPARTMENT), person(MOSS, Role.DEPARTMENT)
COMPANY, COORDINATOR = person(FIRM, Role.COMPANY), person(CLUSTER, Role.COORDINATOR)
VISITOR = None
EVERYBODY = {"owner": OWNER, "neighbour": NEIGHBOUR, "company": COMPANY, "coordinator": COORDINATOR, "visitor": VISITOR}
OPEN_STATES = [State.PUBLISHED]


def challenge(state, **values) -> Challenge:
    shown = None if state == State.DRAFT else now()
    return Challenge(**{"organisation": HALDEN, "organisation_id": 1, "state": state, "published_at": shown, "requirements": [], **values})


def allowed(predicate, *arguments) -> set[str]:
    return {name for name, user in EVERYBODY.items() if predicate(user, *arguments)}


@pytest.mark.parametrize("state", State)
def test_a_draft_is_seen_by_its_owners_and_the_rest_by_everybody(state):
    assert allowed(rules.may_see, challenge(state)) == ({"owner", "coordinator"} if state == State.DRAFT else set(EVERYBODY))


def test_a_draft_thrown_away_is_still_seen_by_its_owners_alone():
    assert allowed(rules.may_see, challenge(State.ARCHIVED, published_at=None)) == {"owner", "coordinator"}


@pytest.mark.parametrize("state", State)
def test_drafts_and_open_challenges_are_edited_by_their_owners(state):
    assert allowed(rules.may_edit, challenge(state)) == ({"owner", "coordinator"} if state in {State.DRAFT, State.PUBLISHED} else set())
    assert allowed(rules.may_autosave, challenge(state)) == ({"owner", "coordinator"} if state == State.DRAFT else set())


STEP_OF = {
    State.PUBLISHED: (rules.may_publish, {State.DRAFT}),
    State.UNDER_EVALUATION: (rules.may_start_evaluation, {State.PUBLISHED}),
    State.WITHDRAWN: (rules.may_withdraw, {State.PUBLISHED}),
    State.CANCELLED: (rules.may_cancel, {State.PUBLISHED, State.UNDER_EVALUATION}),
    State.CHOSEN: (rules.may_choose, {State.UNDER_EVALUATION}),
    State.NONE_CHOSEN: (rules.may_choose_none, {State.UNDER_EVALUATION}),
    State.ARCHIVED: (rules.may_archive, {State.DRAFT, State.CHOSEN, State.NONE_CHOSEN, State.WITHDRAWN, State.CANCELLED}),
    State.DRAFT: (rules.may_reopen, {State.WITHDRAWN}),
}


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_each_step_is_open_to_the_owners_where_the_table_has_it(before, after):
    predicate, from_states = STEP_OF[after]
    assert allowed(predicate, challenge(before)) == ({"owner", "coordinator"} if before in from_states else set())


@pytest.mark.parametrize("state", State)
def test_companies_ask_while_it_is_open(state):
    assert allowed(rules.may_ask, challenge(state)) == ({"company"} if state == State.PUBLISHED else set())


@pytest.mark.parametrize(("questions_due", "answers_due", "taken"), [(0, None, True), (-1, None, False), (None, 0, True), (None, -1, False), (-1, 5, False), (None, None, True)])
def test_questions_are_taken_to_the_end_of_their_last_day(questions_due, answers_due, taken):
    days = {name: None if offset is None else today() + timedelta(days=offset) for name, offset in (("questions_due", questions_due), ("answers_due", answers_due))}
    assert rules.takes_questions(challenge(State.PUBLISHED, **days)) is taken


@pytest.mark.parametrize("state", State)
def test_the_owners_answer_while_it_is_shown(state):
    question = Question(text="?", challenge=challenge(state))
    assert allowed(rules.may_answer, question) == (set() if state in {State.DRAFT, State.ARCHIVED} else {"owner", "coordinator"})


def test_departments_and_coordinators_write_and_only_for_whom_they_speak():
    assert allowed(rules.may_create) == {"owner", "neighbour", "coordinator"}
    assert allowed(rules.may_create_for, HALDEN) == {"owner", "coordinator"}
    assert allowed(rules.may_create_for, FIRM) == set()


def test_another_municipality_may_copy_what_is_public_and_nothing_else():
    assert allowed(rules.may_copy, challenge(State.PUBLISHED)) == {"owner", "neighbour", "coordinator"}
    assert allowed(rules.may_copy, challenge(State.DRAFT)) == {"owner", "coordinator"}


READY = {"title": "T", "need": "N", "affected": "A", "effect": "E", "contact_email": "a@example.test", "answers_due": date(2099, 1, 2)}


@pytest.mark.parametrize(("change", "missing"), [
    ({}, {}),
    ({"title": ""}, {"title": "empty"}),
    ({"need": "", "affected": ""}, {"need": "empty", "affected": "empty"}),
    ({"answers_due": None}, {"answers_due": "empty"}),
    ({"answers_due": date(2001, 1, 1)}, {"answers_due": "past"}),
    ({"questions_due": date(2001, 1, 1)}, {"questions_due": "past"}),
    ({"test_from": date(2000, 1, 1), "test_to": date(2001, 1, 1)}, {"test_to": "past"}),
    ({"test_from": date(2001, 1, 1)}, {"test_from": "past"}),
    ({"test_from": date(2001, 1, 1), "test_to": date(2099, 1, 1)}, {}),
    ({"questions_due": date(2099, 1, 3)}, {"questions_due": "order"}),
    ({"questions_due": date(2099, 1, 2)}, {}),
    ({"test_from": date(2099, 2, 1), "test_to": date(2099, 1, 1)}, {"test_to": "order"}),
    ({"budget_from": 5, "budget_to": 4}, {"budget_to": "order"}),
])  # fmt: skip
def test_publishing_says_precisely_what_is_missing(change, missing):
    assert rules.missing_for_publishing(Challenge(**{**READY, **change})) == missing


def test_a_deadline_today_is_not_past():
    assert rules.missing_for_publishing(Challenge(**{**READY, "answers_due": today()})) == {}


ALONE = {"affected": "", "effect": ""}


@pytest.mark.parametrize(("language", "need", "missing"), [
    ("nb", "Kokkene kaster mat fordi ingen vet hva som står på lager.", {"effect"}),
    ("nb", "Kokkene vil kaste mindre mat.", set()),
    ("nb", "Rørene lekker i det stille.", {"affected", "effect"}),
    ("nb", "Vi vil halvere lekkasjene.", {"affected"}),
    ("en", "Our drivers want to use less salt.", set()),
    ("en", "The salt is spread too early.", {"affected", "effect"}),
])  # fmt: skip
def test_what_the_coach_finds_told_in_the_text_can_be_published_and_what_it_misses_cannot(language, need, missing):
    challenge = Challenge(**{**READY, **ALONE, "need": need, "language": language})
    advised = {finding.field for finding in advise({"need": need, **ALONE}, (), language).findings if finding.needed}
    assert set(rules.missing_for_publishing(challenge)) == advised == missing


@pytest.mark.parametrize("field", ["affected", "effect"])
def test_a_field_that_is_filled_is_enough_whatever_it_says(field):
    assert field not in rules.missing_in({**READY, **ALONE, field: "x"})
