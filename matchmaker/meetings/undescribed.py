"""Who could be brought into an event and has nothing public to come with."""

from collections.abc import Collection

from sqlalchemy import or_, select

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import OPEN
from matchmaker.core.database import db
from matchmaker.core.letters import holds_text
from matchmaker.meetings.candidates import MOST_FOUND
from matchmaker.meetings.models import Event
from matchmaker.meetings.states import Side
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.profiles.models import Profile

OFFERING = (Kind.STARTUP, Kind.CLUSTER_PARTNER)


def undescribed(event: Event, side: Side, text: str = "") -> list[Organisation]:
    """Departments without a published challenge, or companies without a listed profile, that do not take part; by name, sixty at most."""
    there = [each.organisation.id for each in event.participants]
    if side == Side.NEED:
        shown = select(Challenge.organisation_id).where(Challenge.state.in_(OPEN))
    else:
        shown = select(Profile.organisation_id).where(Profile.consent_at.is_not(None), Profile.hidden_at.is_(None))
    found = select(Organisation).where(Organisation.id.not_in(shown), Organisation.id.not_in(there))
    found = found.where(Organisation.kind == Kind.MUNICIPALITY if side == Side.NEED else Organisation.kind.in_(OFFERING))
    if text:
        found = found.where(or_(holds_text(Organisation.name, text), holds_text(Organisation.department, text)))
    return list(db.session.scalars(found.order_by(Organisation.name, Organisation.department, Organisation.id).limit(MOST_FOUND)))


def numbered(numbers: Collection[int]) -> list[Organisation]:
    """Those of these that can be brought in at all."""
    found = select(Organisation).where(Organisation.id.in_(numbers), Organisation.kind.in_((Kind.MUNICIPALITY, *OFFERING)))
    return list(db.session.scalars(found.order_by(Organisation.name, Organisation.department, Organisation.id)))
