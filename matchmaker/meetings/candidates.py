"""What can be brought to an event: published challenges and listed profiles that do not take part yet."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import lazyload

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import OPEN
from matchmaker.core.database import db
from matchmaker.core.letters import holds_text
from matchmaker.meetings.models import Event, Participant
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.rules import memberships
from matchmaker.profiles.models import Profile

MOST_FOUND = 60


def challenges_to_invite(found: Event, text: str) -> list[Challenge]:
    """Published challenges that do not take part yet, by title or municipality; sixty at most."""
    there = select(Participant.challenge_id).where(Participant.event_id == found.id, Participant.challenge_id.is_not(None))
    statement = select(Challenge).join(Challenge.organisation).where(Challenge.state.in_(OPEN), Challenge.id.not_in(there))
    if text:
        statement = statement.where(or_(holds_text(Challenge.title, text), holds_text(Organisation.name, text), holds_text(Organisation.department, text)))
    statement = statement.order_by(Organisation.name, Organisation.department, Challenge.id).limit(MOST_FOUND)
    return list(db.session.scalars(statement.options(lazyload(Challenge.requirements))).unique())


def profiles_to_invite(found: Event, text: str) -> list[Profile]:
    """Listed profiles that do not take part yet, by name; sixty at most."""
    there = select(Participant.profile_id).where(Participant.event_id == found.id, Participant.profile_id.is_not(None))
    statement = select(Profile).where(Profile.consent_at.is_not(None), Profile.hidden_at.is_(None), Profile.id.not_in(there))
    if text:
        statement = statement.where(holds_text(Profile.name, text))
    statement = statement.order_by(func.lower(Profile.name), Profile.id).limit(MOST_FOUND)
    return list(db.session.scalars(statement.options(lazyload(Profile.references))).unique())


class Owned(NamedTuple):
    """Something of one's own that can take part; `kind` is "challenge" or "profile"."""

    kind: str
    row: Challenge | Profile


def own_to_register(user, found: Event) -> list[Owned]:
    """The person's published challenges and listed profiles that do not take part yet."""
    mine = [each.organisation_id for each in memberships(user)]
    there = {(each.challenge_id, each.profile_id) for each in found.participants}
    needs = select(Challenge).where(Challenge.organisation_id.in_(mine), Challenge.state.in_(OPEN)).options(lazyload(Challenge.requirements))
    offers = select(Profile).where(Profile.organisation_id.in_(mine), Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))
    own = [Owned("challenge", each) for each in db.session.scalars(needs.order_by(Challenge.id)).unique() if (each.id, None) not in there]
    offered = db.session.scalars(offers.options(lazyload(Profile.references)).order_by(Profile.id)).unique()
    return own + [Owned("profile", each) for each in offered if (None, each.id) not in there]


def challenges_numbered(numbers: Collection[int]) -> list[Challenge]:
    """Those of these that are published."""
    return list(db.session.scalars(select(Challenge).where(Challenge.id.in_(numbers), Challenge.state.in_(OPEN)).order_by(Challenge.id)))


def profiles_numbered(numbers: Collection[int]) -> list[Profile]:
    """Those of these that are listed."""
    listed = (Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))
    return list(db.session.scalars(select(Profile).where(Profile.id.in_(numbers), *listed).order_by(Profile.id)).unique())
