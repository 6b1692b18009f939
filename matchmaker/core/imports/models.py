"""An import and its rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.database import Base, Created, Identified, Moment


class Import(Identified, Created, Base):
    """States: uploaded -> checking -> checked -> running -> done -> undoing -> undone. A new mapping leads back to checking.

    `mapping` is column number (as text) -> field; `options` what the person chose for the whole file; `preview` the first rows as they
    would become; `problem` why the reading stopped, [code, value], or [].
    """

    __tablename__ = "imports"
    kind: Mapped[str] = mapped_column(String(20), index=True)
    user_id: Mapped[int | None]
    file_name: Mapped[str] = mapped_column(String(200))
    stored_name: Mapped[str] = mapped_column(String(100))
    header: Mapped[list[str]] = mapped_column(JSON, default=list)
    mapping: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    preview: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    problem: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(String(20), default="uploaded", index=True)
    rows: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    remarked: Mapped[int] = mapped_column(default=0, comment="rows that came in, but not with every cell")
    job_id: Mapped[int | None]
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


class ImportRow(Identified, Base):
    """What one row did: `created`, `updated` (with what stood there before), `unchanged` or `refused`. [field, code, value] for each problem.

    Undoing makes `created` into `removed`, `updated` into `restored`, and either into `kept` where somebody has worked on it since.
    `version` is the subject's version after the row. `warned`: codes, with commas between, of those problems that are only worth a look.
    """

    __tablename__ = "import_rows"
    __table_args__ = (
        Index("ix_import_rows_line", "import_id", "line", unique=True),
        Index("ix_import_rows_outcome", "import_id", "outcome"),
        Index("ix_import_rows_flawed", "import_id", "flawed"),
    )
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    line: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200), default="")
    subject_id: Mapped[int | None]
    version: Mapped[int | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    problems: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    flawed: Mapped[bool] = mapped_column(default=False, comment="there are problems to read")
    warned: Mapped[str] = mapped_column(String(60), default="", server_default="")
