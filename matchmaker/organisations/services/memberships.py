"""Who belongs where."""

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.accounts.letters import write
from matchmaker.accounts.models import User
from matchmaker.accounts.services import Refused
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.organisations import queries
from matchmaker.organisations.models import Kind, Membership, Organisation, Role
from matchmaker.organisations.rules import ROLES_OF


def add_member(*, user: User, organisation: Organisation, role: Role, by=None) -> Membership:
    """Give the person the role; one that had ended begins anew, one that stands stays as it is. Raises Refused when the role does not fit the kind."""
    if role not in ROLES_OF[Kind(organisation.kind)]:
        raise Refused(_("Den rollen finnes ikke i en slik virksomhet."))
    same = select(Membership).where(Membership.user_id == user.id, Membership.organisation_id == organisation.id, Membership.role == role)
    found = db.session.scalar(same)
    if found is not None and found.ended_at is None:
        return found
    if found is None:
        found = Membership(user=user, organisation=organisation, role=role)
        db.session.add(found)
    found.ended_at = None
    db.session.flush()
    audit.record("membership began", by=by or user, subject=found, on_behalf_of=organisation.id, person=user.id, role=str(role))
    return found


def end_membership(*, membership: Membership, by) -> None:
    """End it and tell the person, unless they left by themselves. Raises Refused for the last administrator: nobody could let another in."""
    if membership.role == Role.ADMINISTRATOR and membership.ended_at is None and queries.administrators() < 2:
        raise Refused(_("Den siste administratoren kan ikke gå ut. Gjør noen andre til administrator først."))
    if membership.ended_at is not None:
        return
    membership.ended_at = now()
    detail = {"person": membership.user_id, "role": str(membership.role)}
    audit.record("membership ended", by=by, subject=membership, on_behalf_of=membership.organisation_id, **detail)
    if membership.user_id != by.id:
        reader = membership.user
        write("organisations/letters/removed", to=reader.email, reader=reader, about=membership, organisation=membership.organisation, name=reader.name)


def leave_everything(*, user: User) -> None:
    """End every membership of the person, as when the account is deleted."""
    for each in list(user.memberships):  # type: ignore[attr-defined]  # the room below does not know what this one adds to its User
        if each.ended_at is None:
            end_membership(membership=each, by=user)
