"""Names in Norwegian order."""

from matchmaker.core.collation import alphabetical


def test_ae_oe_and_aa_come_last_whatever_the_case_and_other_accents_count_for_nothing():
    names = ["Åsgård", "ørsta", "Zebra", "Ærlig", "andre", "École", "Eco", "Öre", "bodø"]
    assert sorted(names, key=alphabetical) == ["andre", "bodø", "Eco", "École", "Zebra", "Ærlig", "Öre", "ørsta", "Åsgård"]
