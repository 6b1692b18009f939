"""Open registration: somebody asks to come in, a coordinator decides."""

from flask_babel import gettext as _
from sqlalchemy import delete, update

from matchmaker.accounts import passwords
from matchmaker.accounts.letters import write
from matchmaker.accounts.models import User
from matchmaker.accounts.queries import by_email
from matchmaker.accounts.services import Refused, ask_to_confirm, create_person, keep_language
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed
from matchmaker.organisations import queries
from matchmaker.organisations.models import Kind, Membership, Organisation, Registration, Role
from matchmaker.organisations.services.memberships import add_member
from matchmaker.organisations.services.organisations import create_organisation


def register(*, email: str, name: str, password: str, **asked) -> None:
    """A visitor asks to come in; `asked` as in `ask_to_join`.

    An address that has an account gets a letter saying so and nothing else happens; the work is the same, so that nobody can tell the two
    apart from outside. An address never confirmed starts over: the newest password counts, and only together with the newest letter.
    """
    user = by_email(email)
    if user is not None and user.email_confirmed_at is not None:
        passwords.hashed(password)
        write("accounts/letters/known_address", to=user.email, reader=user, about=user)
        return
    if user is None:
        user = create_person(email=email, name=name, password=password)
    else:
        user.name, user.password_hash = name, passwords.hashed(password)
    keep_language(user=user)
    _add(user, asked)
    ask_to_confirm(user=user)


def ask_to_join(
    *, user: User, kind: Kind, organisation_name: str, department: str = "", org_number: str = "", municipality_number: str = "", message: str = ""
) -> Registration:
    """Somebody who has signed in asks for a place; an earlier request still waiting is replaced."""
    asked = {
        "kind": kind,
        "organisation_name": organisation_name,
        "department": department,
        "org_number": org_number,
        "municipality_number": municipality_number,
    }
    made = _add(user, {**asked, "message": message})
    tell_coordinators(registration=made)
    return made


def _add(user: User, asked: dict) -> Registration:
    db.session.execute(delete(Registration).where(Registration.user_id == user.id, Registration.state == "waiting"))
    made = Registration(user=user, state="waiting", **asked)
    db.session.add(made)
    db.session.flush()
    audit.record("registration sent", by=user, subject=made)
    return made


def tell_coordinators(*, registration: Registration) -> None:
    """A letter to everybody who may decide."""
    for reader in queries.people_with(Role.COORDINATOR):
        write("organisations/letters/registration", to=reader.email, reader=reader, about=registration, registration=registration)


def approve(*, registration: Registration, organisation: Organisation | None, by) -> Membership:
    """Let the person in, to the organisation given or to a new one as described. Raises Refused when somebody has decided already."""
    _decide(registration, "approved", by)
    if organisation is None:
        name, department, kind = registration.organisation_name, registration.department, Kind(registration.kind)
        organisation = queries.called(name=name, department=department, kind=kind) or create_organisation(
            name=name,
            kind=kind,
            department=department,
            org_number=registration.org_number,
            municipality_number=registration.municipality_number,
            by=by,
        )
    role = Role.DEPARTMENT if organisation.kind == Kind.MUNICIPALITY else Role.COMPANY
    membership = add_member(user=registration.user, organisation=organisation, role=role, by=by)
    _answer("organisations/letters/approved", registration, organisation=organisation)
    return membership


def decline(*, registration: Registration, reason: str, by) -> None:
    """Say no, with the reason in the letter. Raises Refused when somebody has decided already."""
    _decide(registration, "declined", by)
    registration.reason = reason
    _answer("organisations/letters/declined", registration, reason=reason)


def _decide(registration: Registration, state: str, by) -> None:
    """One of two presses counts: the update names the state it was seen in, and the loser waits for it and meets no row."""
    step = update(Registration).where(Registration.id == registration.id, Registration.state == "waiting")
    if not rows_changed(step.values(state=state, decided_by_id=by.id, decided_at=now()), synchronize="fetch"):
        raise Refused(_("Noen har alt svart på denne."))
    audit.record(f"registration {state}", by=by, subject=registration)


def _answer(letter: str, registration: Registration, **values) -> None:
    reader = registration.user
    write(letter, to=reader.email, reader=reader, about=registration, name=reader.name, registration=registration, **values)
