"""index status and index rebuild."""

import shutil

import pytest

from matchmaker.core.database import db
from matchmaker.matches import bridge
from matchmaker.matches.models import Suggestion


@pytest.fixture
def empty_index(app):
    shutil.rmtree(app.config["MATCHMAKER_INDEX_FOLDER"], ignore_errors=True)
    app.extensions["matcher"].opened = None
    yield
    shutil.rmtree(app.config["MATCHMAKER_INDEX_FOLDER"], ignore_errors=True)
    app.extensions["matcher"].opened = None


def test_status_says_what_is_unread_and_rebuild_reads_it(app, make, empty_index):
    make.profile()
    challenge = make.challenge()
    before = app.test_cli_runner().invoke(args=["index", "status"])
    assert before.exit_code == 1
    assert "to read: 1 needs, 1 offers" in before.output
    done = app.test_cli_runner().invoke(args=["index", "rebuild"])
    assert done.exit_code == 0, done.output
    assert "1 needs and 1 offers" in done.output
    after = app.test_cli_runner().invoke(args=["index", "status"])
    assert after.exit_code == 0, after.output
    assert bridge.matcher().status().offers == 1
    assert db.session.query(Suggestion).filter_by(challenge_id=challenge.id).count() == 1


def test_a_half_written_index_is_never_used(app, make, empty_index):
    make.profile()
    app.test_cli_runner().invoke(args=["index", "rebuild"])
    (bridge.door().folder / "manifest.json").write_text('{"model": "tw', encoding="utf-8")
    app.extensions["matcher"].opened = None
    assert bridge.matcher().status().offers == 0
    assert app.test_cli_runner().invoke(args=["index", "status"]).exit_code == 1
