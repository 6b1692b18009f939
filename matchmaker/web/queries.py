"""Figures for the start page."""

from dataclasses import dataclass

from sqlalchemy import func, select

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import OPEN
from matchmaker.core.database import db
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.profiles.models import Profile


@dataclass(frozen=True)
class Figures:
    """What is there now: `municipalities` are those with an open need."""

    needs: int
    municipalities: int
    profiles: int
    clusters: int


def figures() -> Figures:
    """Four counts in three queries."""
    place = func.coalesce(func.nullif(Organisation.municipality_number, ""), Organisation.name)
    needs, municipalities = db.session.execute(
        select(func.count(Challenge.id), func.count(place.distinct())).join(Challenge.organisation).where(Challenge.state.in_(OPEN))
    ).one()
    profiles = db.session.scalar(select(func.count(Profile.id)).where(Profile.consent_at.is_not(None), Profile.hidden_at.is_(None)))
    clusters = db.session.scalar(select(func.count(Organisation.id)).where(Organisation.kind == Kind.CLUSTER))
    return Figures(needs, municipalities, profiles or 0, clusters or 0)
