"""What is kept for one state of the index."""

import gc
import weakref

from matchmaker.matches import bridge, mending
from matchmaker.matches.keeping import Kept


class State:
    """A state of the index."""


def asked(kept, now, *keys):
    """Which of the keys had to be made, in order."""
    made = []
    for key in keys:
        assert kept.get(now, key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    return made


def test_an_answer_is_made_once_and_forgotten_with_the_state_of_the_index():
    kept, before, after = Kept(9), State(), State()
    assert asked(kept, before, "a", "b", "a") == ["a", "b"]
    assert asked(kept, after, "a", "a") == ["a"]


def test_only_the_latest_are_kept_and_a_use_keeps_an_answer_young():
    kept, now = Kept(2), State()
    assert asked(kept, now, "a", "b", "a", "c", "a", "b") == ["a", "b", "c", "b"]


def test_what_rests_holds_neither_an_old_state_of_the_index_nor_its_answers():
    kept, state = Kept(9), State()
    seen = weakref.ref(state)
    assert asked(kept, state, "a") == ["a"]
    del state
    gc.collect()
    assert (seen(), len(kept.answers)) == (None, 0)


def test_an_index_that_was_replaced_is_let_go_though_nobody_asks_again(market):
    challenge, _profiles = market
    before = weakref.ref(bridge.matcher().generation)
    assert len(bridge.door().needs_ranked(bridge.challenge_document(challenge))) == 1
    mending.mend(everything=True)
    gc.collect()
    assert before() is None
