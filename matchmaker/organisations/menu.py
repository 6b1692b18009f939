"""What the layout shows of people and organisations: the account menu and the names of the demo accounts."""

from flask import Flask, current_app, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.local import LocalProxy

from matchmaker.accounts.models import User
from matchmaker.core.clock import now
from matchmaker.core.reference import place_name
from matchmaker.organisations import queries, rules
from matchmaker.organisations.acting import acting
from matchmaker.organisations.models import Role
from matchmaker.organisations.words import KINDS, ROLES


def account_links() -> list[tuple[str, str]]:
    """(address, label), in order, for the person signed in. Counted once a request, and only where a page shows it."""
    if not current_user.is_authenticated:
        return []
    if "account_links" not in g:
        g.account_links = _links()
    return g.account_links


def _links() -> list[tuple[str, str]]:
    mine, chosen = rules.memberships(current_user), acting()
    found = []
    if chosen is not None:
        found.append((url_for("organisations.show", organisation_id=chosen.organisation_id), _("Virksomheten vår")))
    else:
        found.append((url_for("organisations.standing"), _("Søknaden din")))
    if len(mine) > 1:
        found.append((url_for("organisations.roles"), _("Bytt rolle")))
    if rules.is_coordinator(current_user):
        waiting = queries.registrations_waiting()
        label = ngettext("Registreringer (%(num)s venter)", "Registreringer (%(num)s venter)", waiting) if waiting else _("Registreringer")
        found.append((url_for("organisations.registrations"), label))
        found.append((url_for("organisations.index"), _("Virksomheter")))
        if "web.imports" in current_app.view_functions:
            found.append((url_for("web.imports"), _("Import og eksport")))
    if rules.is_administrator(current_user):
        found.append((url_for("organisations.administration"), _("Administrasjon")))
    return [*found, (url_for("accounts.settings"), _("Kontoen din"))]


def demo_label(person) -> tuple[str, str]:
    """(whom one acts for, in which role) of a demo account: the organisation's name, or the role for those who act for everybody."""
    mine = rules.memberships(person)
    if not mine:
        return person.name, ""
    first = mine[0]
    if first.role in {Role.COORDINATOR, Role.ADMINISTRATOR}:
        return str(ROLES[Role(first.role)]), first.organisation.display_name
    return first.organisation.display_name, str(KINDS[first.organisation.kind])


def demo_order(people: list[User]) -> tuple[list[User], list[User]]:
    """The first person of each role, in the order of the roles, and the others."""
    firsts: dict[Role, User] = {}
    for person in people:
        mine = rules.memberships(person)
        if mine:
            firsts.setdefault(Role(mine[0].role), person)
    main = [firsts[role] for role in Role if role in firsts]
    return main, [person for person in people if person not in main]


def init_app(app: Flask) -> None:
    app.context_processor(
        lambda: {
            "account_links": LocalProxy(account_links),
            "demo_label": demo_label,
            "demo_order": demo_order,
            "kind_names": KINDS,
            "role_names": ROLES,
            "place_name": place_name,
            "now": now,
        }
    )
