import numpy as np
import pytest

from matchmaker.engine import frame
from matchmaker.engine.documents import Document, Facts, Span
from matchmaker.engine.explain import FactHit, Read, explanation, fact_hits
from tests.engine.conftest import NEEDS, OFFERS


def test_the_quoted_sentences_stand_in_both_texts(matcher):
    reasons = matcher.explain(NEEDS[0], OFFERS[0])
    best = reasons.pairs[0]
    assert best.offer.of(OFFERS[0].text) == "Oversikt over varer på lager."
    assert best.need.of(NEEDS[0].text) == "Kjøkkenet mangler oversikt over varer på lager."
    assert 0 <= best.strength <= 1


def test_what_is_asked_and_not_offered_is_named(matcher):
    need = Document("x", "Vi vil finne lekkasjer i vannrør. Zzz qqq xxj wwv.", "nb")
    assert [span.of(need.text) for span in matcher.explain(need, OFFERS[3]).unmet] == ["Zzz qqq xxj wwv."]


def test_quotes_answer_different_sentences_where_these_are_as_near_and_the_nearest_keeps_its_own():
    need, offer = Document("n", "En. To. Tre.", "nb"), Document("o", "A. B. C. D. E. F. G.", "nb")
    asked = (Span(0, 3), Span(4, 7), Span(8, 12))
    given = tuple(Span(at, at + 2) for at in range(0, 21, 3))
    worth = np.array([0.5, 0.4, 0.3, 0, 0, 0, 0])
    cosines = np.full((3, 7), 0.3)
    cosines[:, 0], cosines[:, 1], cosines[:, 2] = [0.50, 0.47, 0.20], [0.60, 0.40, 0.20], [0.55, 0.30, 0.48]
    pairs = explanation(need, offer, asked, given, Read(cosines, cosines, worth)).pairs
    assert [(pair.need, pair.offer, pair.strength) for pair in pairs] == [
        (asked[1], given[0], 0.47),  # as near as the first, which is taken
        (asked[0], given[1], 0.60),
        (asked[0], given[2], 0.55),  # nothing else is as near
    ]


def test_what_an_offer_answers_depends_on_the_two_texts_alone(matcher, monkeypatch):
    shipped = {f"{side}//{kind}": np.full(64, 0.01) for side in ("need", "offer") for kind in ("whole", "sentences")}
    monkeypatch.setattr(frame, "background", lambda model: shipped)
    before = [matcher.explain(need, offer) for need in NEEDS for offer in OFFERS]
    matcher.upsert("offer", [Document(f"new {at}", f"Varer og lager i butikk {at}. Antall på dato.", "nb") for at in range(40)])
    matcher.commit()
    after = [matcher.explain(need, offer) for need in NEEDS for offer in OFFERS]
    assert [(each.unmet, each.answers) for each in after] == [(each.unmet, each.answers) for each in before]
    assert any(each.answers for each in after)
    assert any(each.unmet for each in after)


def test_without_the_quoted_sentence_the_score_is_lower(matcher):
    offer = OFFERS[0]
    quoted = matcher.explain(NEEDS[0], offer).pairs[0].offer
    shorter = Document("stock", offer.text[: quoted.start] + offer.text[quoted.end :], "nb")
    before = matcher.rank("food", among={"stock"})[0].score
    matcher.upsert("offer", [shorter])
    matcher.commit()
    assert matcher.rank("food", among={"stock"})[0].score < before


def test_nothing_is_quoted_where_the_offer_says_nothing_to_the_need(matcher):
    need = Document("x", "Zzz qqq xxj wwv.", "nb")
    reasons = matcher.explain(need, OFFERS[0])
    assert reasons.pairs == reasons.answers == ()
    assert [span.of(need.text) for span in reasons.unmet] == ["Zzz qqq xxj wwv."]


@pytest.mark.parametrize("text", ["", "?", "Ett ord"])
def test_a_text_with_nothing_to_quote_gives_an_explanation_all_the_same(matcher, text):
    assert len(matcher.explain(Document("x", text), OFFERS[0]).pairs) <= 3
    assert len(matcher.explain(NEEDS[0], Document("y", text)).pairs) <= 1


def test_facts_are_told_as_hits_and_misses_only_where_both_state_them():
    need = Facts(themes=frozenset({"skole", "mat"}), trl=7, places=frozenset({"3101"}))
    offer = Facts(themes=frozenset({"mat"}), trl=4, places=frozenset({"31"}), capacity=0, verified_references=1)
    assert fact_hits(need, offer) == (
        FactHit("themes", True, ("mat",)),
        FactHit("trl", False, ("7", "4")),
        FactHit("places", True, ("3101",)),
        FactHit("capacity", False, ("0",)),
        FactHit("verified_references", True, ("1",)),
    )
    assert fact_hits(Facts(), Facts()) == ()
