import numpy as np

from matchmaker.engine import lexical


def overlap(one: str, other: str) -> int:
    return len(np.intersect1d(lexical.characters(one)[0], lexical.characters(other)[0]))


def test_a_compound_shares_letters_with_its_parts():
    assert overlap("matsvinnreduksjon", "matsvinn") == 6
    assert overlap("matsvinnreduksjon", "elbiler") == 0


def test_letters_never_cross_from_one_word_to_the_next():
    assert overlap("elbil deling", "bild") == 0


def test_counts_are_kept_and_case_is_not():
    ids, counts = lexical.words("Kommune kommunen KOMMUNENE vei")
    assert sorted(counts.tolist()) == [1, 3]
    assert (np.diff(ids) > 0).all()


def test_empty_and_hostile_texts_give_empty_features():
    for text in ("", "  ", "!!! ???", "\u200b\u202e"):
        assert [len(part) for part in (*lexical.characters(text), *lexical.words(text))] == [0, 0, 0, 0]
