"""People: who they are, how they sign in, what they chose and consented to.

Knows no organisation: what a person may do follows from memberships, one room up.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaker.accounts import jobs, signing_in, views  # noqa: F401  # the job registers itself

    signing_in.init_app(app)
    app.register_blueprint(views.blueprint)
