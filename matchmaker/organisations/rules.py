"""Who belongs where: predicates on a person's memberships, usable on unsaved objects."""

from matchmaker.organisations.models import Invitation, Kind, Membership, Organisation, Registration, Role


def memberships(user) -> list[Membership]:
    """The memberships that have not ended; none for a visitor."""
    return [each for each in getattr(user, "memberships", ()) if each.ended_at is None]


def roles(user) -> set[Role]:
    return {Role(each.role) for each in memberships(user)}


def is_coordinator(user) -> bool:
    """Coordinators see and help everybody; administrators may do what coordinators may."""
    return bool(roles(user) & {Role.COORDINATOR, Role.ADMINISTRATOR})


def is_administrator(user) -> bool:
    return Role.ADMINISTRATOR in roles(user)


def is_department_member(user) -> bool:
    return Role.DEPARTMENT in roles(user)


def is_company_member(user) -> bool:
    return Role.COMPANY in roles(user)


def belongs_to(user, organisation: Organisation | None) -> bool:
    """The person is a member of the organisation, in any role."""
    if organisation is None:
        return False
    return any(is_in(each, organisation) for each in memberships(user))


def is_in(membership: Membership, organisation: Organisation) -> bool:
    """The membership is one in this organisation; numbers are compared only once there are any."""
    return membership.organisation is organisation or (organisation.id is not None and membership.organisation_id == organisation.id)


def may_speak_for(user, organisation: Organisation | None) -> bool:
    """Members speak for their own organisation; a coordinator may act on anybody's behalf, and it is logged."""
    return organisation is not None and (belongs_to(user, organisation) or is_coordinator(user))


def is_offering(organisation: Organisation) -> bool:
    return organisation.kind in {Kind.STARTUP, Kind.CLUSTER_PARTNER}


ROLES_OF = {
    Kind.MUNICIPALITY: (Role.DEPARTMENT,),
    Kind.STARTUP: (Role.COMPANY,),
    Kind.CLUSTER_PARTNER: (Role.COMPANY,),
    Kind.CLUSTER: (Role.COORDINATOR, Role.ADMINISTRATOR),
}
"""The roles one can have in each kind of organisation."""


def roles_to_give(user, organisation: Organisation) -> list[Role]:
    """Members bring in others to their own role; coordinators to any role but administrator, which only administrators give."""
    fitting = ROLES_OF[Kind(organisation.kind)]
    if is_administrator(user):
        return list(fitting)
    if is_coordinator(user):
        return [role for role in fitting if role != Role.ADMINISTRATOR]
    own = {Role(each.role) for each in memberships(user) if is_in(each, organisation)}
    return [role for role in fitting if role in own]


def may_invite(user, organisation: Organisation) -> bool:
    return bool(roles_to_give(user, organisation))


def may_handle_invitation(user, invitation: Invitation) -> bool:
    """Withdraw it or send it again: whoever could have sent it."""
    return Role(invitation.role) in roles_to_give(user, invitation.organisation)


def may_see_organisation(user, organisation: Organisation) -> bool:
    """Everybody who belongs somewhere; people who wait for approval do not."""
    return bool(memberships(user))


def may_edit_organisation(user, organisation: Organisation) -> bool:
    return may_speak_for(user, organisation)


def may_see_members(user, organisation: Organisation) -> bool:
    return may_speak_for(user, organisation)


def may_end_membership(user, membership: Membership) -> bool:
    """One's own, a colleague's in the same role, or anybody's for coordinators; an administrator's only for administrators."""
    return membership.ended_at is None and may_press_end(user, membership)


def may_press_end(user, membership: Membership) -> bool:
    """As `may_end_membership`, but whoever presses once more when it has ended is told the same again."""
    return membership in getattr(user, "memberships", ()) or Role(membership.role) in roles_to_give(user, membership.organisation)


def may_act_as(user, membership: Membership) -> bool:
    return membership in memberships(user)


def may_decide_registration(user, registration: Registration) -> bool:
    """Coordinators, about people whose address is known to be their own."""
    return is_coordinator(user) and registration.user.email_confirmed_at is not None


def may_administer_person(user, person) -> bool:
    return is_administrator(user) and person.deleted_at is None


def may_see_letter(user, letter) -> bool:
    return is_administrator(user)
