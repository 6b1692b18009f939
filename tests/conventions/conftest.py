"""The small whole world that the conventions are tried in."""

import pytest

from matchmaker.challenges.states import State
from tests.world import World


@pytest.fixture
def world(once, make):
    """`world()`, or `world(State.DRAFT)`: made once a database, and the same rows every time."""

    def laid_out(state: State = State.PUBLISHED) -> World:
        def made():
            world = World.made(make, state=state)
            return world.arguments, world.numbers, world.tokens

        return World(*once(f"world, {state}", made))

    return laid_out
