"""Partner conferences: events with slots and tables, who takes part, what they wish, and plans of one-to-one meetings.

Stands above `matches`, whose suggestions fill in where nobody wishes; `bridge.py` is its only door to the planner.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaker.meetings import jobs, receivers, views  # noqa: F401  (receivers and jobs register themselves)

    app.register_blueprint(views.blueprint)
