"""Suggestions with reasons, and what people do with them: shortlist, dismiss, recommend, introduce, answer, show interest.

The only room that knows both needs and abilities; `bridge.py` is its only door to the engine.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaker.matches import bridge, clockwork, jobs, receivers, views  # noqa: F401  (receivers, jobs and clockwork register themselves)

    bridge.init_app(app)
    app.register_blueprint(views.blueprint)
