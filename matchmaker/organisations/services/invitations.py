"""Invitations: a letter with a link that lets one address into one organisation."""

import secrets
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update

from matchmaker.accounts import passwords
from matchmaker.accounts.letters import write
from matchmaker.accounts.models import User
from matchmaker.accounts.queries import by_email
from matchmaker.accounts.services import Refused, create_person, end_sessions, keep_language
from matchmaker.accounts.signing_in import digest
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed
from matchmaker.organisations import queries
from matchmaker.organisations.models import Invitation, Membership, Organisation, Role
from matchmaker.organisations.rules import roles_to_give
from matchmaker.organisations.services.memberships import add_member

LASTS = timedelta(days=14)


def invite(*, organisation: Organisation, email: str, role: Role, by: User) -> Invitation:
    """Send a link. One that is already open to the same address and role is sent again instead. Raises Refused for a role that is not theirs to give."""
    if role not in roles_to_give(by, organisation):
        raise Refused(_("Du kan ikke gi bort den rollen."))
    if any(each.user.email == email and each.role == role for each in queries.members(organisation)):
        raise Refused(_("Personen er med fra før."))
    for found in queries.open_invitations(organisation):
        if found.email == email and found.role == role:
            return send_again(invitation=found, by=by)
    made = Invitation(email=email, organisation=organisation, role=role, invited_by_id=by.id)
    db.session.add(made)
    _send(made, by)
    audit.record("invitation sent", by=by, subject=made, on_behalf_of=organisation.id, role=str(role))
    return made


def send_again(*, invitation: Invitation, by: User) -> Invitation:
    """A new letter with a new link and fourteen new days; the old link stops working. Raises Refused when it is over."""
    _must_be_open(invitation)
    _send(invitation, by)
    audit.record("invitation sent again", by=by, subject=invitation, on_behalf_of=invitation.organisation_id)
    return invitation


def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    _must_be_open(invitation)
    invitation.withdrawn_at = now()
    audit.record("invitation withdrawn", by=by, subject=invitation, on_behalf_of=invitation.organisation_id)


def accept_invitation(*, invitation: Invitation, user: User | None = None, name: str = "", password: str = "") -> Membership:
    """Come in: `user` is the one signed in with the invited address, or None for a newcomer with a name and a password.

    The link shows whose the address is; an account that never confirmed it is therefore taken over, and whoever waits in it put out.
    Raises Refused when the link was used a moment ago or the address is not the invited one.
    """
    if user is not None and user.email != invitation.email:
        raise Refused(_("Invitasjonen gjelder en annen e-postadresse."))
    if user is None:
        user = _newcomer(invitation.email, name, password)
    used = (
        update(Invitation).where(Invitation.id == invitation.id, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)).values(accepted_at=now())
    )
    if rows_changed(used, synchronize="fetch") != 1:
        raise Refused(_("Invitasjonen er brukt eller trukket tilbake."))
    audit.record("invitation accepted", by=user, subject=invitation, on_behalf_of=invitation.organisation_id)
    return add_member(user=user, organisation=invitation.organisation, role=Role(invitation.role), by=user)


def _newcomer(email: str, name: str, password: str) -> User:
    user = by_email(email)
    if user is None:
        user = create_person(email=email, name=name, password=password, confirmed=True)
    elif user.email_confirmed_at is not None:
        raise Refused(_("Det finnes alt en konto med den e-postadressen. Logg inn først."))
    else:
        user.name, user.password_hash, user.email_confirmed_at = name, passwords.hashed(password), now()
        end_sessions(user=user)
    keep_language(user=user)
    return user


def _must_be_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise Refused(_("Invitasjonen er brukt eller trukket tilbake."))


def _send(invitation: Invitation, by: User) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = digest(token), now() + LASTS
    db.session.flush()
    reader = by_email(invitation.email) or by
    values: dict[str, Any] = {"organisation": invitation.organisation, "by": by, "until": invitation.expires_at}
    write("organisations/letters/invitation", to=invitation.email, reader=reader, about=invitation, token=token, **values)
