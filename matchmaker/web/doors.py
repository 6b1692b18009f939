"""Where the start page leads: each reader to what that reader may open, and visitors to what they would do first, by way of sign-in."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from matchmaker.challenges.rules import may_create as may_describe
from matchmaker.organisations.rules import is_company_member, is_coordinator
from matchmaker.profiles.rules import may_create as may_offer

Way = tuple[str, str]
"""(address, what stands on the button)."""


@dataclass(frozen=True)
class Doors:
    """`first` is the one big button; the others stand in the doors of the municipality, the company and the coordinator."""

    first: Way
    need: Way
    offer: Way
    board: Way


def doors(user) -> Doors:
    """Never an address that answers 403 to this reader."""
    visitor = not user.is_authenticated
    describe, offer = (url_for("challenges.create"), _("Beskriv et behov")), (url_for("profiles.create"), _("Lag profil"))
    fitting, open_needs = (url_for("matches.needs_for_us"), _("Se hva som passer oss")), (url_for("challenges.index"), _("Se alle åpne utfordringer"))
    company = fitting if is_company_member(user) else offer if visitor or may_offer(user) else (url_for("profiles.index"), _("Vis alle løsninger"))
    need = describe if visitor or may_describe(user) else open_needs
    return Doors(
        first=company if is_company_member(user) and not may_describe(user) else need,
        need=need,
        offer=company,
        board=(url_for("matches.board"), _("Åpne tavla")) if visitor or is_coordinator(user) else (url_for("web.how"), _("Slik virker det")),
    )
