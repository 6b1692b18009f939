"""Errors as people meet them: a page that helps, in their language, and never a stack trace."""

import logging
from uuid import uuid4

from flask import Flask, current_app, jsonify, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from matchmaker.core.database import db

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException):
        return _page(error.code or 500, response=error.get_response())

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError):
        return _page(400, expired=True)

    @app.errorhandler(StaleDataError)
    def stale(error: StaleDataError):
        db.session.rollback()
        return _page(409)

    @app.errorhandler(Exception)
    def unexpected(error: Exception):
        db.session.rollback()
        reference = uuid4().hex[:8]
        log.exception("error %s at %s", reference, request.path)
        return _page(InternalServerError.code, reference=reference)


def _page(code: int, *, expired: bool = False, reference: str = "", response=None):
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=code, reference=reference), code
    page = render_template("web/error.html", code=code, expired=expired, reference=reference, nearest=_nearest() if code == 405 else None)
    headers = {name: value for name, value in (response.headers if response is not None else []) if name in {"Retry-After", "Allow"}}
    return page, code, headers


def _nearest() -> str | None:
    """The address nearest above the one asked for that can be opened; None where that is the front page."""
    routes, path = current_app.create_url_adapter(request), request.path
    while routes is not None and path.strip("/"):
        try:
            endpoint, values = routes.match(path, method="GET")
            return url_for(endpoint, **values)
        except HTTPException:
            path = path.rpartition("/")[0]
    return None
