from hypothesis import given
from hypothesis import strategies as st

from matchmaker.engine.sentences import sentences


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def test_abbreviations_initials_and_ordinals_do_not_end_a_sentence():
    text = "Vi har bl.a. 4 kjøkken, f.eks. på Bergheim. Det ble startet 1. januar 2023 av K. Hansen ca. kl. 9. Nå er vi i gang!"
    assert cut(text) == [
        "Vi har bl.a. 4 kjøkken, f.eks. på Bergheim.",
        "Det ble startet 1. januar 2023 av K. Hansen ca. kl. 9.",
        "Nå er vi i gang!",
    ]


def test_nynorsk_and_english_texts_are_cut_too():
    assert cut("Kva kostar det? Me veit ikkje, jf. vedtaket m.a. frå i fjor. So langt.") == [
        "Kva kostar det?",
        "Me veit ikkje, jf. vedtaket m.a. frå i fjor.",
        "So langt.",
    ]
    assert cut("We serve schools, e.g. kitchens. It works, Dr. Smith says. Try it") == [
        "We serve schools, e.g. kitchens.",
        "It works, Dr. Smith says.",
        "Try it",
    ]


def test_list_items_and_lines_stand_alone_without_their_bullets():
    assert cut("Krav:\n- universell utforming\n• drift i skyen\n1. norsk språk\n\n***") == [
        "Krav:",
        "universell utforming",
        "drift i skyen",
        "norsk språk",
    ]


def test_a_missing_space_after_a_full_stop_still_ends_the_sentence():
    assert cut("We cut waste.Our customers are schools.") == ["We cut waste.", "Our customers are schools."]


def test_a_very_long_sentence_is_cut_so_that_a_mark_stays_readable():
    parts = cut("ord " * 1000)
    assert max(map(len, parts)) <= 600
    assert "".join(parts).replace(" ", "") == "ord" * 1000


@given(st.text())
def test_spans_are_in_order_apart_and_inside_any_text(text):
    spans = sentences(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:]))


@given(st.text(alphabet="aå1 .!?\n-•,;A"))
def test_no_letter_or_digit_is_lost_except_a_list_number(text):
    kept = set().union(*(range(span.start, span.end) for span in sentences(text)))
    lost = [text[at] for at in range(len(text)) if at not in kept and text[at].isalpha()]
    assert all(letter in "aåA" for letter in lost)
    if any(line.strip() and line[0].isalpha() for line in text.splitlines()):
        assert kept


@given(st.text(alphabet=st.characters(categories=["L", "Zs", "Po", "Nd"]), max_size=300))
def test_sentences_have_no_white_space_around_them(text):
    assert all(span.of(text) == span.of(text).strip() for span in sentences(text))


def test_the_time_grows_with_the_length_and_not_with_its_square():
    """Counted in characters looked at, not in seconds: the splitter never copies the rest of a line."""
    looked_at = 0

    class Counting(str):
        def __getitem__(self, key):
            nonlocal looked_at
            found = super().__getitem__(key)
            looked_at += len(found)
            return Counting(found)

    sentences(Counting("a. " * 4000))
    assert looked_at < 10 * 12_000
