"""What is over is not kept."""

from datetime import timedelta

from sqlalchemy import select

from matchmaker.accounts import links
from matchmaker.accounts.jobs import forget_what_is_over
from matchmaker.accounts.models import OneTimeLink, User, UserSession
from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.organisations.models import Kind, Registration


def test_sessions_links_and_people_who_never_came_are_forgotten_after_a_month(make, sign_in):
    stays, never = make.user(), make.user(email_confirmed_at=None)
    db.session.add(Registration(user_id=never.id, kind=Kind.STARTUP, organisation_name="Aldri AS"))
    sign_in(stays)
    links.make(stays, "password")
    db.session.commit()
    kept = stays.id
    forget_what_is_over()
    assert [db.session.query(each).count() for each in (User, UserSession, OneTimeLink, Registration)] == [2, 1, 1, 1]
    clock.fix(clock.now() + timedelta(days=31))
    forget_what_is_over()
    assert [db.session.query(each).count() for each in (User, UserSession, OneTimeLink, Registration)] == [1, 0, 0, 0]
    assert list(db.session.scalars(select(User.id))) == [kept]


def test_deleted_people_keep_their_row(make):
    make.user(email_confirmed_at=None, deleted_at=clock.now())
    clock.fix(clock.now() + timedelta(days=400))
    forget_what_is_over()
    assert db.session.query(User).count() == 1
