"""Pages that cross areas: start, search, board, imports, what is written about the service. A door: nothing imports it but the factory."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaker.web import exports, imports, log, machines, mine, navigation, pages, preferences, search, work  # noqa: F401 - the others add their routes to the pages' blueprint

    navigation.init_app(app)
    app.register_blueprint(pages.blueprint)
