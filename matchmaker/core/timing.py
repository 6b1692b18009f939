"""How long the server worked on an answer, told in its `Server-Timing` header where the configuration asks for it.

From the request's arrival in the application until its page is written; the way over the network is not in it.
"""

from time import perf_counter

from flask import Flask


class Timed:
    """WSGI around WSGI."""

    def __init__(self, application) -> None:
        self.application = application

    def __call__(self, environ, start_response):
        begun = perf_counter()

        def start(status, headers, *error):
            return start_response(status, [*headers, ("Server-Timing", f"app;dur={(perf_counter() - begun) * 1000:.1f}")], *error)

        return self.application(environ, start)


def init_app(app: Flask) -> None:
    if app.config["MATCHMAKER_TIMING"]:
        app.wsgi_app = Timed(app.wsgi_app)  # type: ignore[method-assign]  # Flask's documented place for middleware
