"""The main menu: what each role sees, in order."""

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.organisations import rules


def navigation() -> list[tuple[str, str, bool]]:
    """(address, label, whether it is the present page); an entry whose page does not exist in this installation is left out."""
    entries = [(_("Utfordringer"), "challenges.index"), (_("Løsninger"), "profiles.index")]
    if rules.is_company_member(current_user):
        entries.append((_("Passer oss"), "matches.needs_for_us"))
    if rules.memberships(current_user):
        entries.append((_("Arrangementer"), "meetings.index"))
    if current_user.is_authenticated:
        entries.append((_("Mine saker"), "web.mine"))
    if rules.is_coordinator(current_user):
        entries.append((_("Tavle"), "matches.board"))
    return [(url_for(endpoint), label, request.endpoint == endpoint) for label, endpoint in entries if endpoint in current_app.view_functions]


def frame() -> dict:
    """What the layout needs on every page."""
    search = url_for("web.search") if "web.search" in current_app.view_functions else ""
    return {"navigation": navigation(), "search_url": search}


def init_app(app: Flask) -> None:
    app.context_processor(frame)
