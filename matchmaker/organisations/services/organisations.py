"""Organisations come into being and change."""

from flask_babel import gettext as _

from matchmaker.accounts.services import Refused
from matchmaker.core import audit
from matchmaker.core.database import db
from matchmaker.core.reference import municipalities
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.organisations.queries import called

EDITABLE = ("name", "department", "org_number", "municipality_number", "website")


def create_organisation(
    *, name: str, kind: Kind, by=None, department: str = "", org_number: str = "", municipality_number: str = "", website: str = "", is_demo: bool = False
) -> Organisation:
    """A new organisation. Raises Refused when there is one with this name, department and kind."""
    if called(name=name, department=department, kind=kind):
        raise Refused(_("Virksomheten finnes fra før."))
    if municipality_number and municipality_number not in municipalities():
        raise ValueError(f"no municipality has the number {municipality_number!r}")
    values = {"department": department, "org_number": org_number, "municipality_number": municipality_number, "website": website, "is_demo": is_demo}
    made = Organisation(name=name, kind=kind, **values)
    db.session.add(made)
    db.session.flush()
    audit.record("organisation created", by=by, subject=made, name=made.display_name)
    return made


def change_organisation(*, organisation: Organisation, by, **values: str) -> dict[str, list[str]]:
    """Change some of EDITABLE; `{field: [before, after]}` of what became another, which also goes into the audit log."""
    changed = {key: [getattr(organisation, key), value] for key, value in values.items() if key in EDITABLE and getattr(organisation, key) != value}
    if not changed:
        return {}
    wanted = {key: values.get(key, getattr(organisation, key)) for key in ("name", "department")}
    other = called(**wanted, kind=organisation.kind)
    if other is not None and other is not organisation:
        raise Refused(_("En annen virksomhet heter det samme."))
    for key, (_before, after) in changed.items():
        setattr(organisation, key, after)
    audit.record("organisation changed", by=by, subject=organisation, on_behalf_of=organisation.id, changed=changed)
    return changed
