"""The table of states: no dead ends, no way round."""

import pytest

from matchmaker.challenges import rules
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import NEEDS_REASON, STEPS, State
from matchmaker.core.clock import now


def reachable(start: State) -> set[State]:
    seen, waiting = {start}, [start]
    while waiting:
        waiting += [after for after in STEPS[waiting.pop()] if after not in seen and not seen.add(after)]
    return seen


def test_every_state_has_a_row_and_can_be_reached_from_a_draft():
    assert set(STEPS) == set(State) == reachable(State.DRAFT)


@pytest.mark.parametrize("state", State)
def test_from_every_state_there_is_a_way_to_the_archive(state):
    assert State.ARCHIVED in reachable(state)


def test_everything_that_ends_without_a_choice_takes_a_reason():
    assert {State.WITHDRAWN, State.CANCELLED, State.NONE_CHOSEN} == NEEDS_REASON


def test_a_draft_cannot_be_chosen_and_a_decision_cannot_be_undone():
    assert State.CHOSEN not in STEPS[State.DRAFT]
    assert STEPS[State.CHOSEN] == (State.ARCHIVED,)


@pytest.mark.parametrize("state", State)
def test_the_steps_open_to_a_challenge_are_the_tables_own(state):
    was_public = Challenge(state=state, published_at=now())
    never_public = Challenge(state=state)
    assert rules.steps_from(never_public) == STEPS[state]
    assert rules.steps_from(was_public) == (() if state == State.ARCHIVED else STEPS[state])
