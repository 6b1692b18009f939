"""Pages of this room: one blueprint, one module a subject."""

from flask import Blueprint

blueprint = Blueprint("matches", __name__)

from matchmaker.matches.views import board, choosing, comparing, interests, introductions, needs_for_us, received, similar, suggestions  # noqa: E402, F401  (each adds its pages to the blueprint)
