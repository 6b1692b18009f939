"""The verbs: create, edit, consent, confirm, verify."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm.attributes import flag_modified

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import after_commit, db
from matchmaker.core.events import announce
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.rules import belongs_to
from matchmaker.profiles import logos
from matchmaker.profiles.content import ProfileContent, ReferenceContent
from matchmaker.profiles.events import ProfileHidden, ProfileListed
from matchmaker.profiles.models import Profile, Reference


def create_profile(*, organisation: Organisation, content: ProfileContent, by, consent: bool = False) -> Profile:
    """Add the organisation's profile. Hidden until somebody consents; with `consent` it is listed at once and announced."""
    profile = Profile(organisation=organisation, version=1)
    _write(profile, content, by)
    db.session.add(profile)
    _log("profile_created", profile, by)
    if consent:
        give_consent(profile=profile, by=by)
    return profile


def edit_profile(*, profile: Profile, content: ProfileContent, by) -> None:
    """Replace what stands there. A listed one is announced again. Raises StaleDataError at flush when somebody saved in between."""
    _write(profile, content, by)
    _log("profile_edited", profile, by)
    if profile.listed:
        announce(ProfileListed(profile.id))


def give_consent(*, profile: Profile, by) -> None:
    """The owner lets the profile be seen, searched and suggested from now on."""
    profile.consent_at = profile.consent_at or now()
    _log("profile_consent_given", profile, by)
    if profile.listed:
        announce(ProfileListed(profile.id))


def withdraw_consent(*, profile: Profile, by) -> None:
    """Hidden at once: from lists, searches and suggestions. The text stays with its owner."""
    was_listed, profile.consent_at = profile.listed, None
    _log("profile_consent_withdrawn", profile, by)
    if was_listed:
        announce(ProfileHidden(profile.id))


def confirm_profile(*, profile: Profile, by) -> None:
    """Say that every word still holds today."""
    profile.confirmed_at, profile.reminded_at = now(), None
    _log("profile_confirmed", profile, by)


def note_reminder(*, profile: Profile, at: datetime) -> None:
    """The owners were asked whether it still holds. No edit: the version stands, so that nobody's open form is refused for it."""
    db.session.execute(update(Profile).where(Profile.id == profile.id).values(reminded_at=at).execution_options(synchronize_session=False))


def change_logo(*, profile: Profile, stored_name: str, by) -> None:
    """Show another picture, or none with ''. The old file goes when the change stands."""
    before, profile.logo = profile.logo, stored_name
    if before and before != stored_name:
        after_commit(lambda: logos.drop(before))
    _log("profile_logo_changed", profile, by)


def verify_reference(*, reference: Reference, by) -> None:
    """A coordinator has read the link and found what the reference says there."""
    reference.verified_at = now()
    _log("reference_verified", reference.profile, by, reference=reference.id, link=reference.link)
    _announce_facts(reference.profile)


def doubt_reference(*, reference: Reference, by) -> None:
    """Take the mark away again."""
    reference.verified_at = None
    _log("reference_doubted", reference.profile, by, reference=reference.id)
    _announce_facts(reference.profile)


def _write(profile: Profile, content: ProfileContent, by) -> None:
    for name, value in content.columns().items():
        setattr(profile, name, value)
    if [each.said for each in content.references] != [(each.customer, each.period, each.result, each.link) for each in profile.references]:
        write_references(profile, content.references)
    if belongs_to(by, profile.organisation):
        profile.confirmed_at, profile.reminded_at = now(), None


def write_references(profile: Profile, wanted: tuple[ReferenceContent, ...]) -> None:
    """Make the references these, in this order. A changed one loses its mark: what was checked is no longer what is said."""
    known: dict[int | None, Reference] = {each.id: each for each in profile.references if each.id is not None}
    kept = []
    for position, content in enumerate(wanted):
        reference = known.get(content.id) or Reference()
        if (reference.customer, reference.period, reference.result, reference.link) != content.said:
            reference.customer, reference.period, reference.result, reference.link = content.said
            reference.verified_at = None
        reference.position = position
        kept.append(reference)
    profile.references = kept
    if profile.id is not None:
        flag_modified(profile, "name")  # rows beside the profile do not move its version, and the lock must see them


def _announce_facts(profile: Profile) -> None:
    if profile.listed:
        announce(ProfileListed(profile.id))


def _log(action: str, profile: Profile, by, **detail) -> None:
    db.session.add(profile)
    behalf = None if by is None or belongs_to(by, profile.organisation) else profile.organisation_id
    audit.record(action, by=by, subject=profile, on_behalf_of=behalf, **detail)
