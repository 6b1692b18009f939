"""Static files by content: `asset('css/base.css')` is an address that changes when the file does, so browsers may keep it for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

YEAR = 365 * 24 * 60 * 60


def asset(path: str) -> str:
    """The address of static/`path` with `?v=` and the first ten hex digits of its SHA-256.

    A file that is not there (static/vendor/ before bin/assets/build has run) gets its bare address. The hash is
    computed once per file and change; while serving without debug a file is looked at once.
    """
    if current_app.debug:
        return _address(path)
    kept = current_app.extensions["assets"]
    key = request.script_root, path
    if key not in kept:
        kept[key] = _address(path)
    return kept[key]


def _address(path: str) -> str:
    version = _version(path)
    return url_for("static", filename=path, v=version) if version else url_for("static", filename=path)


def _version(path: str) -> str:
    file = Path(current_app.static_folder or "") / path
    if not current_app.debug:
        return _version_once(file)
    return _version_of(file, file.stat().st_mtime_ns) if file.is_file() else ""


@lru_cache(maxsize=256)
def _version_once(file: Path) -> str:
    return _version_of(file, file.stat().st_mtime_ns) if file.is_file() else ""


@lru_cache(maxsize=256)
def _version_of(file: Path, changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def init_app(app: Flask) -> None:
    app.extensions["assets"] = {}
    app.jinja_env.globals["asset"] = asset

    @app.after_request
    def keep_versioned_files(response: Response) -> Response:
        """A year for the very content that was asked for; anything else is asked for again each time."""
        if request.endpoint == "static" and response.status_code in (200, 304):
            asked = request.args.get("v")
            lasting = asked and asked == _version((request.view_args or {})["filename"])
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if lasting else "no-cache"
        return response
