"""The index of three letters leaves out nothing that holds the word, however the row came to hold it."""

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from matchmaker.core.database import db
from matchmaker.core.pieces import may_hold
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.profiles.models import Profile

NAMES = ("Ås kommune", "BÆRUM KOMMUNE", "Deatnu Šilju", '100 % "rent"', "Øy")


def candidates(*words) -> set[str] | None:
    """Names that the index leaves; None where it cannot tell."""
    may = may_hold(Organisation.id, words)
    return None if may is None else set(db.session.scalars(select(Organisation.name).where(may)))


@pytest.fixture
def indexed(make):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("other databases read the texts")
    for name in NAMES:
        make.organisation(name=name)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["kommune"], {"Ås kommune", "BÆRUM KOMMUNE"}),
        (["bærum", "kommune"], {"BÆRUM KOMMUNE"}),
        (["bærum", "ås kommune"], set()),
        (["rent"], {'100 % "rent"'}),
        (['"rent"'], {'100 % "rent"'}),
        (["šilju"], {"Deatnu Šilju"}),
        (["qqq"], set()),
        (["øy"], None),
        (["šil"], None),
        ([], None),
    ],
)
def test_only_rows_that_may_hold_every_word_are_left(indexed, words, left):
    assert candidates(*words) == left


def test_every_way_of_writing_keeps_it_in_step(indexed):
    db.session.execute(insert(Organisation).values(name="Rå innsetting", kind=Kind.STARTUP, department="", org_number="", municipality_number="", website=""))
    assert candidates("innsetting") == {"Rå innsetting"}
    db.session.execute(update(Organisation).where(Organisation.name == "Rå innsetting").values(name="Nytt navn"))
    assert candidates("innsetting") == set()
    assert candidates("nytt") == {"Nytt navn"}
    db.session.execute(delete(Organisation).where(Organisation.name == "Nytt navn"))
    assert candidates("nytt") == set()
    db.session.execute(text("INSERT INTO organisations_pieces(organisations_pieces) VALUES ('integrity-check')"))


def test_a_profile_that_goes_with_its_organisation_leaves_the_index(make):
    profile = make.profile(summary="Smørbukk")
    if (may := may_hold(Profile.id, ["smørbukk"])) is None:
        pytest.skip("other databases read the texts")
    assert db.session.scalar(select(func.count(Profile.id)).where(may)) == 1
    db.session.execute(delete(Organisation).where(Organisation.id == profile.organisation_id))
    assert db.session.scalar(text("SELECT count(*) FROM profiles_pieces WHERE profiles_pieces MATCH 'smø'")) == 0
