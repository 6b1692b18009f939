"""Who may do what with a profile: predicates, usable on unsaved objects."""

from datetime import datetime, timedelta

from matchmaker.core.clock import now
from matchmaker.organisations.rules import is_company_member, is_coordinator, is_offering, may_speak_for
from matchmaker.profiles.models import Profile, Reference

CONFIRM_AFTER = timedelta(days=183)


def may_edit(user, profile: Profile) -> bool:
    return may_speak_for(user, profile.organisation)


def may_see(user, profile: Profile) -> bool:
    """Anybody sees what is listed; the rest is for those who may edit it."""
    return profile.listed or may_edit(user, profile)


def may_create(user) -> bool:
    return is_company_member(user) or is_coordinator(user)


def may_create_for(user, organisation) -> bool:
    return organisation is not None and is_offering(organisation) and may_speak_for(user, organisation)


def may_verify(user, reference: Reference) -> bool:
    """A coordinator who has looked at the link; without a link there is nothing to check."""
    return is_coordinator(user) and bool(reference.link)


def needs_confirmation(profile: Profile, *, at: datetime | None = None) -> bool:
    """Listed, and nobody has said for half a year that it is still right."""
    return profile.listed and (profile.confirmed_at or profile.created_at) < (at or now()) - CONFIRM_AFTER
