"""Which sentences of a need ask for something."""

import pytest

from matchmaker.matches.fields import asks


@pytest.mark.parametrize(
    "sentence",
    [
        "Vi ønsker bedre oversikt over maten.",
        "Vi ynskjer betre oversikt over maten.",
        "Løsningen må virke uten nett.",
        "Dei som lagar maten, treng å vite kva som finst.",
        "Kjøkkenet bør få varsel i god tid.",
        "We want to know what is in stock",
        "Cooks should get a warning in time.",
        "Hvordan kan vi kaste mindre mat?",
    ],
)
def test_a_sentence_of_the_need_that_wishes_or_demands_asks(sentence):
    assert asks("need", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hver dag lager hovedkjøkkenet middag til fire sykehjem.",
        "Kvar dag lagar hovudkjøkkenet middag til fire sjukeheimar.",
        "The main kitchen makes dinner for four nursing homes every day.",
        "I dag må kokken ringe rundt.",
        "Mange villaer har egen brønn.",
    ],
)
def test_a_plain_fact_about_today_asks_for_nothing(sentence):
    assert not asks("need", sentence)


def test_requirements_and_the_wanted_effect_always_ask():
    assert asks("requirement-2", "Norsk brukerstøtte")
    assert asks("effect", "Halvparten så mye mat i søpla")


@pytest.mark.parametrize("field", ["situation", "affected", "title"])
def test_the_situation_and_who_is_affected_never_ask(field):
    assert not asks(field, "De ansatte må ringe rundt og vil ha oversikt.")
