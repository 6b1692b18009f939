"""Pages of this room."""

from flask import Blueprint

blueprint = Blueprint("organisations", __name__)
