"""Pages of this room."""

from flask import Blueprint

blueprint = Blueprint("profiles", __name__)
