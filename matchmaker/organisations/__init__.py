"""Municipal departments, companies and clusters; who belongs to them, and how one comes in.

Every right in the rooms above is a question about memberships, asked through `rules.py`.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaker.organisations import acting, menu, receivers, views  # noqa: F401  # the receivers register themselves

    acting.init_app(app)
    menu.init_app(app)
    app.register_blueprint(views.blueprint)
