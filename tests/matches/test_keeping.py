"""What is kept for one state of the index."""

from types import SimpleNamespace

from matchmaker.matches.keeping import Kept


def asked(kept, now, *keys):
    """Which of the keys had to be made, in order."""
    made = []
    for key in keys:
        assert kept.get(now, key, lambda key=key: made.append(key) or key.upper()) == key.upper()
    return made


def test_an_answer_is_made_once_and_forgotten_with_the_state_of_the_index():
    kept, before, after = Kept(9), SimpleNamespace(), SimpleNamespace()
    assert asked(kept, before, "a", "b", "a") == ["a", "b"]
    assert asked(kept, after, "a", "a") == ["a"]


def test_only_the_latest_are_kept_and_a_use_keeps_an_answer_young():
    kept, now = Kept(2), SimpleNamespace()
    assert asked(kept, now, "a", "b", "a", "c", "a", "b") == ["a", "b", "c", "b"]
