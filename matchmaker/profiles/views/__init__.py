"""Pages of this room: the list, one profile, its form, and the single presses."""

from flask import Blueprint

blueprint = Blueprint("profiles", __name__)

from matchmaker.profiles.views import acts, editing, lists  # noqa: E402, F401 - they add their routes to the blueprint
