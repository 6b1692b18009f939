"""Abilities: what a startup or cluster partner does, for whom, and what it can prove.

Knows no challenge and no match; announces what happens in `events.py`.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaker.profiles import importer, jobs, views  # noqa: F401 - importer and jobs register themselves

    app.register_blueprint(views.blueprint)
