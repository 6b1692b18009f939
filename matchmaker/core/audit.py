"""Who did what, when, on whose behalf. Entries are only ever added."""

from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.database import Base, Created, Identified, db


class AuditEntry(Identified, Created, Base):
    __tablename__ = "audit_entries"
    user_id: Mapped[int | None] = mapped_column(index=True)
    on_behalf_of: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject_kind: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    __table_args__ = (Index("ix_audit_entries_newest", "created_at", "id"),)


def record(action: str, *, by=None, subject=None, on_behalf_of: int | None = None, **detail) -> AuditEntry:
    """Add an entry to the running transaction. `subject` is a saved model; `on_behalf_of` an organisation's id."""
    if subject is not None and subject.id is None:
        db.session.flush()
    entry = AuditEntry(
        user_id=getattr(by, "id", None),
        on_behalf_of=on_behalf_of,
        action=action,
        subject_kind=type(subject).__name__.lower() if subject is not None else "",
        subject_id=getattr(subject, "id", None),
        detail=detail,
    )
    db.session.add(entry)
    return entry
