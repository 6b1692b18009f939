"""One access rule per route. A view without one of these decorators fails a test; the rule also guards at run time."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1


def row_number(name: str) -> int | None:
    """`?name=` (or a field of that name) as the number of a row; None for what no row can have."""
    asked = request.values.get(name, type=int)
    return asked if asked is not None and 0 < asked <= LARGEST else None


class RowNumber(IntegerConverter):
    """`<int:…>` in a path: larger than any row can have is no address here (404), instead of an error from the database."""

    def __init__(self, map, fixed_digits=0, min=None, max=LARGEST, signed=False):
        super().__init__(map, fixed_digits, min, max, signed)


def public(view):
    """Anybody, signed in or not."""
    return _ruled(view, "public")


def signed_in(view):
    """Anybody who has signed in."""
    return _guarded(view, "signed_in", lambda user: True, None)


def requires(predicate: Callable[..., bool], find: Callable[..., Any] | None = None, *, anonymous: bool = False):
    """The predicate decides.

    Without `find`: `predicate(user)`. With `find`: `find(**url_arguments)` fetches the object (None gives 404), `predicate(user, object)`
    decides, and the view receives the object as its only argument. `anonymous=True` asks the predicate about visitors too instead of
    sending them to sign in.
    """

    def decorate(view):
        return _guarded(view, predicate.__name__, predicate, find, anonymous)

    return decorate


def _guarded(view, name: str, predicate, find, anonymous: bool = False):
    @wraps(view)
    def guarded(**arguments):
        if not current_user.is_authenticated and not anonymous:
            return _to_sign_in()
        if find is None:
            allowed, call = predicate(current_user), lambda: view(**arguments)
        else:
            found = find(**arguments)
            if found is None:
                abort(404)
            allowed, call = predicate(current_user, found), lambda: view(found)
        if not allowed:
            return _to_sign_in() if not current_user.is_authenticated else abort(403)
        return call()

    return _ruled(guarded, name)


def _ruled(view, name: str):
    view.access_rule = name
    return view


def _to_sign_in():
    if request.method == "GET" and not request.headers.get("X-Requested-With"):
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), code=303)
    return abort(401)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def every_route_has_a_rule() -> None:
        if request.endpoint is None or request.endpoint == "static":
            return
        view = current_app.view_functions[request.endpoint]
        if not hasattr(view, "access_rule"):
            abort(500, f"{request.endpoint} has no access rule")
        g.access_rule = view.access_rule
