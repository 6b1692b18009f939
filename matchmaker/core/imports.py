"""An import: one file, its column mapping, what became of every row, and how to take all of it back.

Knows no area: what a row means is told by the area's importer, registered under the import's kind.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.database import Base, Created, Identified, Moment


class Import(Identified, Created, Base):
    """States: uploaded -> mapped -> running -> done; undone."""

    __tablename__ = "imports"
    kind: Mapped[str] = mapped_column(String(20), index=True)
    user_id: Mapped[int | None]
    organisation_id: Mapped[int | None]
    file_name: Mapped[str] = mapped_column(String(200))
    stored_name: Mapped[str] = mapped_column(String(100))
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(20), default="uploaded", index=True)
    rows: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None]
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


class ImportRow(Identified, Base):
    """What one row did: `created`, `updated` (with what stood there before, for undo), `unchanged` or `refused` (with column and reason)."""

    __tablename__ = "import_rows"
    __table_args__ = (Index("ix_import_rows_line", "import_id", "line", unique=True),)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    line: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    column: Mapped[str] = mapped_column(String(100), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
