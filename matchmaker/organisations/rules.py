"""Who belongs where: predicates on a person's memberships, usable on unsaved objects."""

from matchmaker.organisations.models import Kind, Membership, Organisation, Role


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
    return any(each.organisation is organisation or (organisation.id is not None and each.organisation_id == organisation.id) for each in memberships(user))


def may_speak_for(user, organisation: Organisation | None) -> bool:
    """Members speak for their own organisation; a coordinator may act on anybody's behalf, and it is logged."""
    return organisation is not None and (belongs_to(user, organisation) or is_coordinator(user))


def is_offering(organisation: Organisation) -> bool:
    return organisation.kind in {Kind.STARTUP, Kind.CLUSTER_PARTNER}
