"""The only door from the service to the engine."""

from flask import Flask


def init_app(app: Flask) -> None:
    app.extensions["matcher"] = None
