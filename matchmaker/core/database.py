"""The database: one session a request, committed once at the edge by `transaction()`."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Integer, MetaData, String, Text, TypeDecorator, event, func, select, text
from sqlalchemy.engine import CursorResult, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.sql.dml import UpdateBase

from matchmaker.core.clock import now

log = logging.getLogger(__name__)

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time on every database; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Tags(TypeDecorator[list[str]]):
    """A sorted set of short words stored as `|a|b|`, so that one LIKE finds a word on every database: `has_tag(column, "a")`."""

    impl = String(2000)
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect) -> str:
        words = sorted({str(word).strip() for word in value or () if str(word).strip()})
        return f"|{'|'.join(words)}|" if words else ""

    def process_result_value(self, value: str | None, dialect) -> list[str]:
        return [word for word in (value or "").split("|") if word]


def has_tag(column, word: str):
    """SQL: the `Tags` column holds `word`."""
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return column.cast(Text).like(f"%|{escaped}|%", escape="\\")


class Identified:
    id: Mapped[int] = mapped_column(primary_key=True)


class Versioned:
    """Optimistic lock: a form carries the number it was opened with; saving on another number raises StaleDataError at flush."""

    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)


class Created:
    created_at: Mapped[datetime] = mapped_column(Moment, default=now, nullable=False)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit once at the edge; roll back on any error. What waits in `after_commit` runs only when the commit stood.

    An error in that is logged and no more: the work is kept, and to say otherwise would have people do it twice.
    """
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        db.session.info.pop("after_commit", None)
        raise
    run_after_commit()


def run_after_commit() -> None:
    """What waited for the commit that now stands, each for itself."""
    for action in db.session.info.pop("after_commit", []):
        try:
            action()
        except Exception:
            db.session.rollback()
            log.exception("after the commit")


def take_turns(what: str) -> None:
    """Until the running transaction ends, whoever else asks for the same waits here; then they read what it wrote. Ask before reading."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))
    else:
        # changes nothing, yet makes SQLite's one writer of this transaction
        db.session.execute(text("UPDATE jobs SET id = id WHERE id IS NULL"))


def rows_changed(statement: UpdateBase, *, synchronize: Literal[False, "auto", "fetch"] = False) -> int:
    """Run an UPDATE or DELETE; how many rows it met. What the session has read stays as it was unless `synchronize` says how to follow."""
    result = db.session.execute(statement.execution_options(synchronize_session=synchronize))
    assert isinstance(result, CursorResult)
    return result.rowcount


def after_commit(action) -> None:
    """Run `action()` once the surrounding `transaction()` has committed; forgotten if it rolls back."""
    db.session.info.setdefault("after_commit", []).append(action)


@event.listens_for(Engine, "connect")
def _sqlite_pragmas(connection, record) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
