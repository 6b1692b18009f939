"""Taking a whole import back, newest row first, in chunks like the import itself."""

from sqlalchemy import select, update

from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed, transaction
from matchmaker.core.imports.importers import importer_of
from matchmaker.core.imports.models import Import, ImportRow
from matchmaker.core.imports.runner import CHUNK
from matchmaker.core.queue import Job, enqueue, handles


def start_undo(import_: Import, *, by=None) -> Job:
    """Queue it in the running transaction."""
    import_.state = "undoing"
    job = enqueue("undo_import", by=by, import_id=import_.id)
    import_.job_id = job.id
    return job


@handles("undo_import")
def undo_import(job: Job, *, import_id: int) -> None:
    """Remove what was created and put back what was updated. A row that is done is marked, so a second run goes on from there."""
    import_ = db.session.get_one(Import, import_id)
    number, owner = job.id, job.owner
    waiting = (
        select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.outcome.in_(["created", "updated"])).order_by(ImportRow.line.desc()).limit(CHUNK)
    )
    with transaction():
        job.advance(job.position, import_.created + import_.updated)
    while rows := list(db.session.scalars(waiting)):
        with transaction():
            mine = update(Job).where(Job.id == number, Job.owner == owner).values(position=Job.position + len(rows), heartbeat_at=now())
            if rows_changed(mine) != 1:
                db.session.rollback()
                return
            importer_of(import_.kind).undo(rows, import_)
    with transaction():
        import_.state, import_.undone_at = "undone", now()
