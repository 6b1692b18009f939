"""Pages of this room."""

from flask import Blueprint

blueprint = Blueprint("challenges", __name__)
