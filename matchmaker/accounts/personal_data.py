"""Everything stored about a person, gathered from the schema itself, so that a room added later is in it from its first day."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, select

from matchmaker.accounts.models import User
from matchmaker.core.clock import now
from matchmaker.core.database import Base, db

WROTE = {"user_id", "by_id", "created_by_id", "asked_by_id"}
ADDRESSED = {("letters", "recipient"), ("invitations", "email"), ("event_representatives", "email"), ("event_newcomers", "email")}
SECRET = {"password_hash", "token_hash"}


def gather(user: User) -> dict[str, Any]:
    """`{"made_at", "person", "stored": {table: [row]}}`, ready for JSON.

    Rows that are the person's own are whole. Where the person only decided or answered, the row holds somebody else's words as well, so
    only its number and the part played are told. Hashes of secrets are left out.
    """
    stored: dict[str, list[dict[str, Any]]] = {}
    for table, column in _mentions():
        whole = column.name in WROTE or (table.name, column.name) in ADDRESSED
        about = user.email if (table.name, column.name) in ADDRESSED else user.id
        for row in db.session.execute(select(table).where(column == about).order_by(*table.primary_key)).mappings():
            content = {"id": row.get("id"), "as": column.name, **(_plain(row) if whole else {})}
            stored.setdefault(table.name, []).append(content)
    person = db.session.execute(select(User.__table__).where(User.__table__.c.id == user.id)).mappings().one()
    return {"made_at": now().isoformat(), "person": _plain(person), "stored": stored}


def _mentions() -> Iterator[tuple[Table, Column]]:
    """Every column of the schema that names a person, by reference, by a bare number or by address."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            refers = any(key.column.table.name == "users" for key in column.foreign_keys)
            if refers or column.name == "user_id" or (table.name, column.name) in ADDRESSED:
                yield table, column


def _plain(row) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in row.items() if name not in SECRET}
