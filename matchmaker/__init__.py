"""Matchmaker: from a municipality's need to a pilot that lasts.

Rooms import only rooms below them; `setup.cfg` holds the order and import-linter keeps it.
"""

__version__ = "0.1.0"
