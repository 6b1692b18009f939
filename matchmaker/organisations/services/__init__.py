"""What is done with organisations, memberships, registrations and invitations. Every verb runs inside the caller's transaction."""

from matchmaker.organisations.services.invitations import accept_invitation, invite, send_again, withdraw_invitation
from matchmaker.organisations.services.memberships import add_member, end_membership, leave_everything
from matchmaker.organisations.services.organisations import EDITABLE, change_organisation, create_organisation
from matchmaker.organisations.services.registrations import approve, ask_to_join, decline, register, tell_coordinators

__all__ = [
    "EDITABLE",
    "accept_invitation",
    "add_member",
    "approve",
    "ask_to_join",
    "change_organisation",
    "create_organisation",
    "decline",
    "end_membership",
    "invite",
    "leave_everything",
    "register",
    "send_again",
    "tell_coordinators",
    "withdraw_invitation",
]
