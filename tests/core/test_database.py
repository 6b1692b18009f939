"""The session commits once at the edge; tags and moments survive every database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.challenges.models import Challenge
from matchmaker.core.database import after_commit, db, has_tag, transaction


def test_what_waits_for_the_commit_runs_after_it_and_never_after_a_rollback(app):
    ran = []
    with transaction():
        after_commit(lambda: ran.append("kept"))
        assert ran == []
    with pytest.raises(RuntimeError), transaction():
        after_commit(lambda: ran.append("lost"))
        raise RuntimeError
    with transaction():
        pass
    assert ran == ["kept"]


def test_what_fails_after_the_commit_neither_undoes_it_nor_stops_the_rest(app):
    ran = []
    with transaction():
        db.session.add(User(email="a@example.test", name="A"))
        after_commit(lambda: 1 / 0)
        after_commit(lambda: ran.append("kept"))
    assert ran == ["kept"]
    assert db.session.scalar(select(User)) is not None


def test_a_rollback_leaves_nothing(app):
    with pytest.raises(RuntimeError), transaction():
        db.session.add(User(email="a@example.test", name="A"))
        db.session.flush()
        raise RuntimeError
    assert db.session.scalar(select(User)) is None


def test_tags_are_kept_sorted_once_and_found_whole(make):
    wanted = make.challenge(themes=["b_b", "a", "a", " "])
    make.challenge(themes=["bxb", "aa"])
    db.session.expire_all()
    assert wanted.themes == ["a", "b_b"]
    assert list(db.session.scalars(select(Challenge).where(has_tag(Challenge.themes, "a")))) == [wanted]
    assert list(db.session.scalars(select(Challenge).where(has_tag(Challenge.themes, "b_b")))) == [wanted]


def test_moments_come_back_aware_and_the_same(make):
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    user = make.user(deleted_at=summer)
    db.session.expire_all()
    assert user.deleted_at == summer
    assert user.deleted_at.tzinfo == UTC


def test_a_moment_without_zone_is_refused(app):
    with pytest.raises(Exception, match="without a time zone"):
        db.session.add(User(email="a@example.test", name="A", deleted_at=datetime(2026, 1, 1)))
        db.session.flush()
    db.session.rollback()
