"""Reads about organisations and who belongs to them."""

from typing import Protocol

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaker.accounts.models import User
from matchmaker.core.audit import AuditEntry
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.letters import begins_with_text, holds_text
from matchmaker.organisations.models import Invitation, Kind, Membership, Organisation, Registration, Role


def organisation(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def person(user_id: int) -> User | None:
    return db.session.get(User, user_id)


def membership(membership_id: int) -> Membership | None:
    return db.session.get(Membership, membership_id)


def registration(registration_id: int) -> Registration | None:
    return db.session.get(Registration, registration_id)


def invitation(invitation_id: int) -> Invitation | None:
    return db.session.get(Invitation, invitation_id)


def called(*, name: str, department: str, kind: Kind) -> Organisation | None:
    """The organisation with exactly this name, department and kind."""
    return db.session.scalar(select(Organisation).where(Organisation.name == name, Organisation.department == department, Organisation.kind == kind))


def members(found: Organisation) -> list[Membership]:
    """Present memberships with their people, by name."""
    statement = select(Membership).join(Membership.user).options(contains_eager(Membership.user))
    statement = statement.where(Membership.organisation_id == found.id, Membership.ended_at.is_(None), User.deleted_at.is_(None))
    return list(db.session.scalars(statement.order_by(User.stored_name, Membership.id)))


def open_invitations(found: Organisation) -> list[Invitation]:
    """Sent and neither accepted nor withdrawn; those that ran out are there too, to be sent again."""
    statement = select(Invitation).where(Invitation.organisation_id == found.id, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    return list(db.session.scalars(statement.order_by(Invitation.created_at.desc(), Invitation.id.desc())))


def invitation_behind(token_hash: str) -> Invitation | None:
    """The invitation when its link still works."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == token_hash))
    return found if found and not found.accepted_at and not found.withdrawn_at and found.expires_at > now() else None


def sister_departments(found: Organisation) -> list[Organisation]:
    """Other departments of the same municipality, by name."""
    if not found.municipality_number or found.kind != Kind.MUNICIPALITY:
        return []
    same = select(Organisation).where(Organisation.kind == Kind.MUNICIPALITY, Organisation.municipality_number == found.municipality_number)
    return list(db.session.scalars(same.where(Organisation.id != found.id).order_by(Organisation.department, Organisation.id)))


def registrations(state: str) -> Select:
    """Requests from people whose address is confirmed; waiting ones oldest first, decided ones newest first."""
    order = (Registration.created_at, Registration.id) if state == "waiting" else (Registration.decided_at.desc(), Registration.id.desc())
    statement = select(Registration).join(Registration.user).options(contains_eager(Registration.user))
    return statement.where(Registration.state == state, User.email_confirmed_at.is_not(None)).order_by(*order)


def registrations_waiting() -> int:
    waiting = registrations("waiting").order_by(None).with_only_columns(func.count(Registration.id), maintain_column_froms=True)
    return db.session.scalar(waiting) or 0


def registrations_of(user: User) -> list[Registration]:
    """What the person has asked for, newest first."""
    return list(db.session.scalars(select(Registration).where(Registration.user_id == user.id).order_by(Registration.id.desc())))


class Described(Protocol):
    """An organisation as somebody describes it who asks to come in."""

    @property
    def kind(self) -> Kind: ...
    @property
    def organisation_name(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def org_number(self) -> str: ...
    @property
    def municipality_number(self) -> str: ...


def known(asked: Described) -> Organisation | None:
    """The organisation that is meant beyond doubt: a company by its number, a department by its name; departments of one municipality share a number."""
    if asked.kind == Kind.MUNICIPALITY:
        return called(name=asked.organisation_name, department=asked.department, kind=Kind.MUNICIPALITY)
    if not asked.org_number:
        return None
    offering = Organisation.kind.in_([Kind.STARTUP, Kind.CLUSTER_PARTNER])
    return db.session.scalar(select(Organisation).where(Organisation.org_number == asked.org_number, offering).order_by(Organisation.id).limit(1))


def look_alikes(asked: Described) -> list[Organisation]:
    """Organisations this registration may mean: the same number, the same municipality, or a name that begins alike. At most ten."""
    word = (asked.organisation_name.split() or [""])[0]
    alike = [begins_with_text(Organisation.name, word)] if len(word) > 2 else []
    if asked.org_number:
        alike.append(Organisation.org_number == asked.org_number)
    if asked.municipality_number and asked.kind == Kind.MUNICIPALITY:
        alike.append(Organisation.municipality_number == asked.municipality_number)
    if not alike:
        return []
    same_side = Organisation.kind == Kind.MUNICIPALITY if asked.kind == Kind.MUNICIPALITY else Organisation.kind.in_([Kind.STARTUP, Kind.CLUSTER_PARTNER])
    return list(db.session.scalars(select(Organisation).where(same_side, or_(*alike)).order_by(Organisation.name, Organisation.department).limit(10)))


def people_with(*roles: Role) -> list[User]:
    """People who hold one of the roles now."""
    statement = select(User).join(Membership, Membership.user_id == User.id).where(Membership.role.in_(roles), Membership.ended_at.is_(None))
    return list(db.session.scalars(statement.where(User.deleted_at.is_(None)).order_by(User.id).distinct()))


def administrators() -> int:
    """How many people are administrators now."""
    return len(people_with(Role.ADMINISTRATOR))


def directory(*, text: str = "", kind: str = "") -> Select:
    """Organisations by name, those whose name, department or number holds the text."""
    statement = select(Organisation).order_by(Organisation.name, Organisation.department, Organisation.id)
    if kind:
        statement = statement.where(Organisation.kind == kind)
    if text:
        columns = (Organisation.name, Organisation.department, Organisation.org_number)
        statement = statement.where(or_(*(holds_text(column, text) for column in columns)))
    return statement


def member_counts(found: list[Organisation]) -> dict[int, int]:
    """Organisation id -> present members, in one query."""
    statement = select(Membership.organisation_id, func.count(Membership.user_id.distinct())).where(Membership.ended_at.is_(None))
    statement = statement.where(Membership.organisation_id.in_([each.id for each in found])).group_by(Membership.organisation_id)
    return {number: count for number, count in db.session.execute(statement)}


def people(*, text: str = "") -> Select:
    """People by name, with their memberships, those whose name or address holds the text."""
    statement = select(User).where(User.deleted_at.is_(None)).order_by(User.stored_name, User.id)
    if text:
        statement = statement.where(or_(holds_text(User.stored_name, text), holds_text(User.email, text)))
    return statement


def invitations_to(email: str) -> list[Invitation]:
    """Open invitations to an address."""
    statement = select(Invitation).where(
        Invitation.email == email, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > now()
    )
    return list(db.session.scalars(statement.options(joinedload(Invitation.organisation))))


def changes(found: Organisation) -> list[AuditEntry]:
    """The last ten changes of the organisation's facts, newest first."""
    statement = select(AuditEntry).where(
        AuditEntry.subject_kind == "organisation", AuditEntry.subject_id == found.id, AuditEntry.action == "organisation changed"
    )
    return list(db.session.scalars(statement.order_by(AuditEntry.id.desc()).limit(10)))
