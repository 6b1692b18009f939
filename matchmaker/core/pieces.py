"""Long texts searched without reading them all: which rows hold a word's pieces of three letters, answered by an index.

SQLite keeps the pieces in an FTS5 table beside the searched one, in step by triggers, so that no way of writing can forget them.
It only narrows: whoever asks still says in SQL what a hit is. PostgreSQL reads the texts themselves.
"""

import re
from collections.abc import Iterable
from functools import cache

from sqlalchemy import DDL, ColumnElement, Table, TextClause, and_, bindparam, event, text

from matchmaker.core.database import Base, db

_SURE = re.compile("[\u0020-\u007eà-öø-þ]{3}")
"""Letters of which SQLite and Python agree what is large and small; a piece with another is not asked for."""
MOST = 16
"""Pieces of one word that are asked for: more of them tell hardly more."""


def keep_pieces(model: type[Base], *columns: str) -> None:
    """Where the models make the schema, the index is made with the table; a migration writes the same out, and a test compares the two."""
    searched = model.__table__
    assert isinstance(searched, Table)
    for statement in _statements(searched.name, *columns):
        event.listen(searched, "after_create", DDL(statement).execute_if(dialect="sqlite"))
    event.listen(searched, "before_drop", DDL(f"DROP TABLE IF EXISTS {searched.name}_pieces").execute_if(dialect="sqlite"))


def _statements(name: str, *columns: str) -> list[str]:
    """DDL for SQLite: the index over the columns of the table `name`, whose key is `id`, filled, and the triggers that keep it."""
    kept, own = f"{name}_pieces", ", ".join(columns)
    new, old = (", ".join(f"{row}.{each}" for each in columns) for row in ("new", "old"))
    put = f"INSERT INTO {kept}(rowid, {own}) VALUES (new.id, {new});"  # noqa: S608  # the names are our own
    take = f"INSERT INTO {kept}({kept}, rowid, {own}) VALUES ('delete', old.id, {old});"  # noqa: S608  # the names are our own
    return [
        f"CREATE VIRTUAL TABLE {kept} USING fts5({own}, content='{name}', content_rowid='id', tokenize='trigram', detail=none)",
        f"INSERT INTO {kept}({kept}) VALUES ('rebuild')",  # noqa: S608  # the names are our own
        f"CREATE TRIGGER {kept}_put AFTER INSERT ON {name} BEGIN {put} END",
        f"CREATE TRIGGER {kept}_taken AFTER DELETE ON {name} BEGIN {take} END",
        f"CREATE TRIGGER {kept}_changed AFTER UPDATE OF {own} ON {name} BEGIN {take} {put} END",
    ]


def may_hold(key, words: Iterable[str]) -> ColumnElement[bool] | None:
    """SQL: the row of this `id` column may hold all the words, and a row that it leaves out does not; None where an index cannot tell."""
    pieces = {word[at : at + 3] for word in words for at in range(min(len(word) - 2, MOST)) if _SURE.fullmatch(word[at : at + 3])}
    if not pieces or db.engine.dialect.name != "sqlite":
        return None
    asked = " ".join('"' + piece.replace('"', '""') + '"' for piece in sorted(pieces))
    return and_(_left(key.class_.__table__.name).bindparams(bindparam("asked", asked, unique=True)))


@cache
def _left(name: str) -> TextClause:
    # as text, since every search builds one a word: what SQLAlchemy would compose takes longer than SQLite does to answer
    return text(f"{name}.id IN (SELECT rowid FROM {name}_pieces WHERE {name}_pieces MATCH :asked)")  # noqa: S608  # the names are our own


def described(name: str | None, kind: str, _parents) -> bool:
    """For Alembic's comparison: no model describes such an index, nor the tables in which SQLite keeps it."""
    return kind != "table" or not re.search("_pieces(_[a-z]+)?$", name or "")
