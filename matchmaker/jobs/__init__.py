"""The worker's door: `python -m matchmaker.jobs` runs what the areas have put on the queue."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Every area registers its own handlers when the factory imports it; nothing else to wire."""
