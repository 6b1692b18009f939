"""Whether an offer is silent about a demand."""

import pytest

from matchmaker.engine.coverage import coverage, is_silent

OFFER = "Kjøkkenet registrerer varene når de kommer inn, og ser til enhver tid hva som finnes på lageret og hva som bør brukes først."


def test_a_demand_whose_words_stand_nowhere_is_not_covered():
    assert coverage("Løsningen bør hente fakturalinjer fra innkjøpsavtalen", OFFER) == 0.0


def test_word_parts_count_so_that_compounds_and_inflections_are_met():
    assert coverage("Kjøkkenlager", OFFER) > 0.4


def test_a_sentence_without_words_of_its_own_counts_as_covered():
    assert coverage("Vi må kunne dette", OFFER) == 1.0


@pytest.mark.parametrize(
    ("demand", "offer", "silent"),
    [
        ("Løsningen bør hente fakturalinjer fra innkjøpsavtalen", OFFER, True),
        ("Kjøkkenet må få beskjed før varer går ut på dato", OFFER, False),
        ("Løsningen bør hente fakturalinjer fra innkjøpsavtalen", "We show the kitchen what is in stock, and what they should use first.", False),
        ("The invoices must be read from the purchasing system", OFFER, False),
    ],
)
def test_silence_is_only_heard_within_one_language(demand, offer, silent):
    assert is_silent(demand, offer) is silent
