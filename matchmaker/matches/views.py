"""Pages of this room."""

from flask import Blueprint

blueprint = Blueprint("matches", __name__)
