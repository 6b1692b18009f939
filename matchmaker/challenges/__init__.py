"""Needs: a municipal department describes a challenge, publishes it, answers questions, and ends it with a reason.

Knows no profile and no match; announces what happens in `events.py`.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaker.challenges import importer, views  # noqa: F401 - the importer registers itself

    app.register_blueprint(views.blueprint)
