"""Bringing in whoever is in the service: also a department without a published challenge, and a company without a listed profile."""

from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.challenges.services import create_challenge
from matchmaker.core.database import db, take_turns
from matchmaker.meetings.models import Event, Participant
from matchmaker.meetings.services.taking_part import add_participants
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.profiles.content import ProfileContent
from matchmaker.profiles.models import Profile
from matchmaker.profiles.services import create_profile


def bring_in(*, event: Event, organisations: Iterable[Organisation], by) -> list[Participant]:
    """A department takes part with a draft of a challenge that it may write itself, a company with the profile it has, or an empty one.

    Neither is public until its owner says so. Until then no suggestions know of them, and they wish by looking through the others. Who takes part
    already stays as it is. Gives the new ones.
    """
    take_turns(f"event {event.id}")
    db.session.refresh(event, ["participants"])
    there = {each.organisation.id for each in event.participants}
    challenges, profiles = [], []
    for each in organisations:
        if each.id in there:
            continue
        if each.kind == Kind.MUNICIPALITY:
            challenges.append(create_challenge(organisation=each, by=by, content={"title": untitled(event), "language": event.language}))
        else:
            own = db.session.scalar(select(Profile).where(Profile.organisation_id == each.id))
            profiles.append(own or create_profile(organisation=each, content=ProfileContent(name=each.name, language=event.language), by=by))
    db.session.flush()
    return add_participants(event=event, challenges=challenges, profiles=profiles, by=by)


def untitled(event: Event) -> str:
    """What a draft is called until somebody gives it a title."""
    with force_locale(event.language):
        return _("Behov som ikke er beskrevet ennå")
