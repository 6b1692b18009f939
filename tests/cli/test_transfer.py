"""Import and export from the command line."""

import pytest

from matchmaker.core.database import db
from matchmaker.core.imports import Import
from matchmaker.profiles.models import Profile


@pytest.fixture
def flask(app):
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "fil.csv"
    path.write_text("navn,hva,tagline,nettsted\nA,x,Måler støv,a.test\n,y,z,b.test\n")
    return path


def test_a_dry_run_names_the_bad_rows_and_saves_none(flask, file):
    done = flask("import", "profiles", file, "--dry-run")
    assert "line 3: navn: Mangler." in done.output
    assert "would be 2 rows: 1 created, 0 updated, 0 unchanged, 1 refused" in done.output
    assert db.session.scalars(db.select(Profile)).all() == []


def test_columns_may_be_named_and_the_import_taken_back(flask, file):
    done = flask("import", "profiles", file, "--map", "hva=problem", "--map", "tagline=", "--consent")
    assert done.exit_code == 0, done.output
    profile = db.session.scalars(db.select(Profile)).one()
    assert (profile.problem, profile.summary, profile.listed) == ("x", "", True)
    assert "import 1 is taken back, 0 kept" in flask("import", "undo", 1).output
    db.session.expire_all()
    assert db.session.scalars(db.select(Profile)).all() == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_is_read_back_as_unchanged(flask, file, tmp_path, make, form):
    make.profile()
    make.challenge()
    for kind in ("profiles", "challenges"):
        assert "1 rows in" in flask("export", kind, tmp_path / f"ut.{form}").output
        assert "1 rows: 0 created, 0 updated, 1 unchanged" in flask("import", kind, tmp_path / f"ut.{form}").output


def test_mistakes_are_answered_with_words(flask, file, tmp_path):
    assert "fields are" in flask("import", "profiles", file, "--map", "finnes=ikke").output
    (tmp_path / "tom.csv").write_text("")
    assert "Fila er tom." in flask("import", "profiles", tmp_path / "tom.csv").output
    assert "must end in" in flask("export", "profiles", tmp_path / "ut.pdf").output
    assert "no finished import 9" in flask("import", "undo", 9).output
    assert db.session.scalars(db.select(Import)).all() == []
