"""Text is found whichever way its letters stand, on every database."""

import pytest
from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.core.letters import begins_with_text, holds_text
from matchmaker.organisations.models import Organisation

NAMES = ("Ås kommune", "BÆRUM KOMMUNE", "Vestre Øy", "Deatnu Šilju", "100 % rent_")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ås", ["Ås kommune"]),
        ("ÅS KOMMUNE", ["Ås kommune"]),
        ("bærum", ["BÆRUM KOMMUNE"]),
        ("vestre øy", ["Vestre Øy"]),
        ("šilju", ["Deatnu Šilju"]),
        ("100 %", ["100 % rent_"]),
        ("as", []),
        ("nt__", []),
    ],
)
def test_text_is_found_with_large_and_small_letters_alike(make, text, found):
    for name in NAMES:
        make.organisation(name=name)
    assert list(db.session.scalars(select(Organisation.name).where(holds_text(Organisation.name, text)))) == found


@pytest.mark.parametrize(("text", "found"), [("ÅS", ["Ås kommune"]), ("bær", ["BÆRUM KOMMUNE"]), ("øy", [])])
def test_the_beginning_is_told_with_large_and_small_letters_alike(make, text, found):
    for name in NAMES:
        make.organisation(name=name)
    assert list(db.session.scalars(select(Organisation.name).where(begins_with_text(Organisation.name, text)))) == found
