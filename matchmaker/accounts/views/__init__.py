"""Pages about oneself: coming in and going out, settings, one's own data."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from matchmaker.accounts.views import forgotten, own_data, settings, signing  # noqa: E402, F401  # they hang their routes on the blueprint
