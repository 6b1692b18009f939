"""Once a day: ask the owners of profiles nobody has confirmed for half a year whether every word still holds."""

from datetime import timedelta

from matchmaker.accounts.letters import write
from matchmaker.core.clock import now
from matchmaker.core.database import transaction
from matchmaker.core.queue import every
from matchmaker.profiles import queries, services
from matchmaker.profiles.rules import CONFIRM_AFTER

AGAIN_AFTER = timedelta(days=90)
AT_ONCE = 200


@every(minutes=24 * 60)
def remind_owners() -> None:
    """A letter to each member of the organisation, in their language; nobody is asked again within three months."""
    with transaction():
        moment = now()
        for profile in queries.unconfirmed_since(moment - CONFIRM_AFTER, reminded_before=moment - AGAIN_AFTER, limit=AT_ONCE):
            services.note_reminder(profile=profile, at=moment)
            for membership in profile.organisation.memberships:
                if membership.ended_at is None and membership.user.is_active:
                    write("profiles/letters/still_right", to=membership.user.email, reader=membership.user, about=profile, profile=profile)
