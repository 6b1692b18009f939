"""Which pairs know each other already: what an unexpected meeting must not be."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db
from matchmaker.matches.models import Introduction
from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.models import Meeting, Participant, Plan
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.states import PlanState, Side
from matchmaker.profiles.models import Profile


def acquainted(event: AnyEvent) -> set[Pair]:
    """The pairs whose organisations were introduced, or met at another event. Two queries."""
    asking = {each.id: each.organisation.id for each in event.participants if each.side == Side.NEED}
    offering = {each.id: each.organisation.id for each in event.participants if each.side == Side.OFFER}
    owners = (Challenge.organisation_id.in_(set(asking.values())), Profile.organisation_id.in_(set(offering.values())))
    columns = (Challenge.organisation_id, Profile.organisation_id)
    introduced = select(*columns).select_from(Introduction).join(Challenge, Challenge.id == Introduction.challenge_id)
    introduced = introduced.join(Profile, Profile.id == Introduction.profile_id).where(*owners)
    need, offer = aliased(Participant), aliased(Participant)
    met = select(*columns).select_from(Meeting).join(Plan, Plan.id == Meeting.plan_id).join(need, need.id == Meeting.need_id)
    met = met.join(offer, offer.id == Meeting.offer_id).join(Challenge, Challenge.id == need.challenge_id).join(Profile, Profile.id == offer.profile_id)
    met = met.where(*owners, Plan.state == PlanState.PUBLISHED, Plan.event_id != event.id)
    known = {tuple(row) for statement in (introduced, met) for row in db.session.execute(statement.distinct())}
    return {Pair(one, two) for one, asks in asking.items() for two, offers in offering.items() if (asks, offers) in known}
