"""Carrying an import out: chunk by chunk, each chunk one transaction that holds its rows and how far the job has come.

A worker that dies loses its last chunk alone; the next one reads the file again from the top, remembers the keys it passes, and goes
on from `job.position`.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete, insert, update

from matchmaker.core import uploads
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed, transaction
from matchmaker.core.imports.importers import Importer, Outcome, Record, importer_of
from matchmaker.core.imports.mapping import values_of
from matchmaker.core.imports.models import Import, ImportRow
from matchmaker.core.imports.problems import Problem, Unreadable
from matchmaker.core.imports.reader import Table, open_table
from matchmaker.core.queue import Job, enqueue, handles, try_again

CHUNK = 500
PREVIEWED = 10
MOST_PROBLEMS = 50
"""Told of one row: one cell can hold a hundred thousand unknown words."""


def start(import_: Import, *, write: bool, by=None) -> Job:
    """Queue the dry run (`write=False`) or the import itself, in the running transaction. Forgets what an earlier dry run found."""
    db.session.flush()
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_.id).execution_options(synchronize_session=False))
    import_.rows = import_.created = import_.updated = import_.unchanged = import_.refused = import_.remarked = 0
    import_.preview, import_.problem = [], []
    import_.state = "running" if write else "checking"
    job = enqueue("import", by=by, import_id=import_.id, write=write)
    import_.job_id = job.id
    return job


def take_up_again(import_: Import) -> None:
    """Send a job that failed to a worker once more, in the running transaction; it goes on from where it stood."""
    job = db.session.get(Job, import_.job_id) if import_.job_id else None
    if job is not None:
        try_again(job)


def path_of(import_: Import) -> Path:
    """Raises Unreadable when the file is no longer kept."""
    path = uploads.path_of("imports", import_.stored_name)
    if path is None:
        raise Unreadable("file_gone")
    return path


def table_of(import_: Import) -> Table:
    return open_table(path_of(import_), encoding=import_.options.get("encoding", ""), delimiter=import_.options.get("delimiter", ""))


@handles("import")
def run_import(job: Job, *, import_id: int, write: bool) -> None:
    """Do every row once, however often it is begun. What stops the reading is noted; what stood before it stays."""
    import_ = db.session.get_one(Import, import_id)
    if import_.state != ("running" if write else "checking") or import_.job_id != job.id:
        return
    number, owner, passed = job.id, job.owner, job.position
    try:
        table = table_of(import_)
        with transaction():
            job.advance(passed, max(table.rows_about, passed))
        for position, outcomes, preview in _chunks(import_, table, passed, write):
            if not _keep(import_, number, owner, position, outcomes, preview):
                return
    except Unreadable as error:
        with transaction():
            import_.problem = [error.code, error.value]
    with transaction():
        import_.state = "done" if write else "checked"
        import_.finished_at = now() if write else None
        job.advance(job.position, job.position)


def _chunks(import_: Import, table: Table, passed: int, write: bool) -> Iterator[tuple[int, list[Outcome], list]]:
    """(rows read so far, what became of the last chunk, its first rows as they would become). The caller commits between."""
    importer, options, mapping = importer_of(import_.kind), dict(import_.options), dict(import_.mapping)
    seen: dict[str, int] = {}
    good: list[Record] = []
    bad: list[Outcome] = []
    position = 0
    for position, row in enumerate(table.rows(), start=1):
        record, problems = importer.read(row.line, values_of(row.cells, mapping), options)
        if row.problem:
            problems = [row.problem]
        elif not problems and seen.setdefault(record.key, row.line) != row.line:
            problems = [Problem("", "duplicate", str(seen[record.key]))]
        if position <= passed:
            continue
        if problems:
            bad.append(Outcome(row.line, "refused", record.name, problems=problems))
        else:
            good.append(record)
        if position % CHUNK == 0:
            yield position, *_done(importer, import_, good, bad, position <= CHUNK, write)
            good, bad = [], []
    if good or bad:
        yield position, *_done(importer, import_, good, bad, position <= CHUNK, write)


def _done(importer: Importer, import_: Import, good: list[Record], bad: list[Outcome], first: bool, write: bool) -> tuple[list[Outcome], list]:
    outcomes = importer.store(good, import_, write=write) if good else []
    for record, outcome in zip(good, outcomes, strict=True):
        outcome.problems = outcome.problems + record.remarks
    preview = []
    if first and not write:
        told = {outcome.line: outcome.outcome for outcome in outcomes}
        preview = [{"line": record.line, "outcome": told[record.line], "values": importer.show(record)} for record in good[:PREVIEWED]]
    return outcomes + bad, preview


def _keep(import_: Import, number: int, owner: str, position: int, outcomes: list[Outcome], preview: list) -> bool:
    """Commit one chunk; False, with nothing committed, when another worker has taken the job."""
    with transaction():
        mine = update(Job).where(Job.id == number, Job.owner == owner).values(position=position, heartbeat_at=now())
        if rows_changed(mine) != 1:
            db.session.rollback()
            return False
        db.session.execute(insert(ImportRow), [_row(import_.id, outcome) for outcome in outcomes])
        import_.remarked += sum(bool(outcome.problems) and outcome.outcome != "refused" for outcome in outcomes)
        for name in ("created", "updated", "unchanged", "refused"):
            setattr(import_, name, getattr(import_, name) + sum(outcome.outcome == name for outcome in outcomes))
        import_.rows = import_.created + import_.updated + import_.unchanged + import_.refused
        if preview:
            import_.preview = preview
    return True


def _row(import_id: int, outcome: Outcome) -> dict:
    return {
        "import_id": import_id,
        "line": outcome.line,
        "outcome": outcome.outcome,
        "name": outcome.name[:200],
        "subject_id": outcome.subject_id,
        "version": outcome.version,
        "before": outcome.before,
        "problems": [problem.kept for problem in (*outcome.problems[:MOST_PROBLEMS], *outcome.warnings)],
        "flawed": bool(outcome.problems),
        "warned": ",".join(warning.code for warning in outcome.warnings),
    }
