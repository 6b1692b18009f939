"""Pages about organisations: coming in, whom one acts for, members, and the coordinator's and administrator's desks."""

from flask import Blueprint

blueprint = Blueprint("organisations", __name__)

from matchmaker.organisations.views import administration, directory, invitations, registering, registrations, roles, show  # noqa: E402, F401  # they hang their routes on the blueprint
