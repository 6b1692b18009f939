"""What this room holds on to, and what it lets go: who takes part is not taken away with an import, who leaves the service is erased here too."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from matchmaker.accounts.events import AccountDeleted
from matchmaker.core.database import db
from matchmaker.core.events import receives
from matchmaker.core.imports.importers import holds
from matchmaker.meetings.models import Newcomer, Participant, Representative


@holds("profiles")
def profiles_taking_part(ids: Sequence[int]) -> list[int]:
    return list(db.session.scalars(select(Participant.profile_id).where(Participant.profile_id.in_(ids))))


@holds("challenges")
def challenges_taking_part(ids: Sequence[int]) -> list[int]:
    return list(db.session.scalars(select(Participant.challenge_id).where(Participant.challenge_id.in_(ids))))


@receives(AccountDeleted)
def forget_who_comes(event: AccountDeleted) -> None:
    """Also one who has asked to take part and waits for an answer: a decision keeps no address."""
    db.session.execute(delete(Representative).where(Representative.email == event.email))
    db.session.execute(delete(Newcomer).where(Newcomer.email == event.email))
