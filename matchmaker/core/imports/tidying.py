"""Files of imports are kept for as long as somebody may want to look again, and no longer."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from matchmaker.core import uploads
from matchmaker.core.clock import now
from matchmaker.core.database import db, transaction
from matchmaker.core.imports.models import Import
from matchmaker.core.queue import every

KEPT = timedelta(days=30)


@every(minutes=24 * 60)
def drop_old_files() -> None:
    """Delete the files of imports older than 30 days. What became of each row, and undoing it, needs no file."""
    with transaction():
        for import_ in db.session.scalars(
            select(Import)
            .where(Import.created_at < now() - KEPT, Import.stored_name != "", Import.state.in_(["uploaded", "checked", "done", "undone"]))
            .limit(500)
        ):
            uploads.drop("imports", import_.stored_name)
            import_.stored_name = ""
    drop_stray_files(older_than=timedelta(days=1))


def drop_stray_files(*, older_than: timedelta) -> None:
    """Delete files that no import names: whoever handed them in was cut off between the file and its row."""
    known = set(db.session.scalars(select(Import.stored_name).where(Import.stored_name != "")))
    for file in uploads.folder("imports").iterdir():
        if file.name not in known and datetime.fromtimestamp(file.stat().st_mtime, UTC) <= now() - older_than:
            file.unlink(missing_ok=True)
