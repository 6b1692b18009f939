"""Commands that bring tables in and out: `flask import …` and `flask export …`."""

import threading
import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from matchmaker.challenges import transfer as challenges
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import PUBLIC
from matchmaker.core import queue
from matchmaker.core.database import db, transaction
from matchmaker.core.imports import Import, ImportRow, receiving, report
from matchmaker.core.imports.importers import importer_of
from matchmaker.core.imports.mapping import unused
from matchmaker.core.imports.problems import Unreadable
from matchmaker.core.imports.runner import start
from matchmaker.core.imports.undoing import start_undo
from matchmaker.core.imports.writing import as_csv, as_xlsx
from matchmaker.organisations.models import Kind
from matchmaker.profiles import queries as profiles
from matchmaker.profiles import transfer as profile_tables

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MAP = click.option("--map", "maps", multiple=True, metavar="COLUMN=FIELD", help="Name a column's field yourself; an empty FIELD leaves the column out.")
DRY = click.option("--dry-run", is_flag=True, help="Say what would happen, and do nothing.")
ENCODING = click.option("--encoding", default="", help="The file's character set, when the guess is wrong.")
LANGUAGE = click.option("--language", type=click.Choice(["nb", "nn", "en"]), default="nb", show_default=True, help="Of texts whose row does not say.")


import_ = AppGroup("import", help="Bring in profiles or challenges from CSV or XLSX, or take an import back.")
export = AppGroup("export", help="Write profiles or challenges to OUT, a .csv or .xlsx file that `import` reads back.")


@import_.command("profiles")
@click.argument("file", type=FILE)
@MAP
@DRY
@ENCODING
@LANGUAGE
@click.option("--kind", type=click.Choice([Kind.STARTUP.value, Kind.CLUSTER_PARTNER.value]), default=Kind.STARTUP.value, show_default=True)
@click.option("--consent", is_flag=True, help="You vouch that every company has agreed to be listed. Without it the profiles stay hidden.")
def import_profiles(file: Path, maps: tuple[str, ...], dry_run: bool, encoding: str, language: str, kind: str, consent: bool) -> None:
    """Companies and what they offer."""
    _carry_out("profiles", file, maps, dry_run, {"encoding": encoding, "language": language, "kind": kind, "consent": consent})


@import_.command("challenges")
@click.argument("file", type=FILE)
@MAP
@DRY
@ENCODING
@LANGUAGE
@click.option("--organisation", default="", help="Who has the needs that name nobody.")
@click.option("--department", default="", help="The department of that organisation.")
@click.option("--create-organisations", is_flag=True, help="Add owners that are not known here.")
@click.option("--publish", is_flag=True, help="Show them at once. Without it they come in as drafts.")
def import_challenges(
    file: Path,
    maps: tuple[str, ...],
    dry_run: bool,
    encoding: str,
    language: str,
    organisation: str,
    department: str,
    create_organisations: bool,
    publish: bool,
) -> None:
    """Needs."""
    owner = {"organisation_name": organisation, "organisation_department": department, "create_organisations": create_organisations}
    _carry_out("challenges", file, maps, dry_run, {"encoding": encoding, "language": language, "publish": publish, **owner})


@import_.command("undo")
@click.argument("number", type=int)
def undo(number: int) -> None:
    """Take import NUMBER back: what it created goes, what it changed is put back, what was worked on since is kept and named."""
    import_ = db.session.get(Import, number)
    if import_ is None or import_.state != "done":
        raise click.ClickException(f"there is no finished import {number}")
    with transaction():
        job = start_undo(import_)
    _watch(job.id, "undo")
    kept = db.session.scalars(select(ImportRow).where(ImportRow.import_id == number, ImportRow.outcome == "kept").order_by(ImportRow.line)).all()
    for row in kept:
        click.echo(f"line {row.line}: {row.name}: {'; '.join(why for _, why in report.told(import_, row))}")
    click.echo(f"import {number} is taken back, {len(kept)} kept")


def _carry_out(kind: str, file: Path, maps: tuple[str, ...], dry_run: bool, options: dict) -> None:
    try:
        with transaction(), file.open("rb") as stream:
            import_ = receiving.receive(stream, kind=kind, file_name=file.name, options=options)
            import_.mapping = _mapping(import_, maps)
            receiving.check_mapping(import_)
            job = start(import_, write=not dry_run)
    except Unreadable as error:
        raise click.ClickException(error.text) from None
    if left := unused(import_.header, import_.mapping):
        click.echo(f"columns without a field: {', '.join(left)}")
    _watch(job.id, "dry run" if dry_run else "import")
    db.session.expire_all()
    for row in db.session.scalars(select(ImportRow).where(ImportRow.import_id == import_.id, ImportRow.flawed).order_by(ImportRow.line)):
        for column, why in report.told(import_, row):
            click.echo(f"line {row.line}: {column + ': ' if column else ''}{why}")
    if import_.problem:
        click.echo(Unreadable(*import_.problem).text)
    made = f"{import_.created} created, {import_.updated} updated, {import_.unchanged} unchanged"
    done = f"{import_.rows} rows: {made}, {import_.refused} refused, {import_.remarked} with remarks"
    click.echo(f"{'would be ' if dry_run else f'import {import_.id}: '}{done}")
    if import_.problem:
        raise SystemExit(1)


def _mapping(import_: Import, maps: tuple[str, ...]) -> dict[str, str]:
    known = {field.name for field in importer_of(import_.kind).fields}
    mapping = dict(import_.mapping)
    for each in maps:
        column, _, field = each.rpartition("=")
        if column not in import_.header or (field and field not in known):
            raise click.BadParameter(f"{each!r}: columns are {', '.join(import_.header)}; fields are {', '.join(sorted(known))}")
        number = str(import_.header.index(column))
        mapping.pop(number, None)
        if field:
            mapping[number] = field
    return mapping


def _watch(number: int, label: str) -> None:
    """Do the job here, unless a worker was quicker, and show how far it has come."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask types its proxy as the app itself

    def work() -> None:
        with app.app_context():
            queue.run(number)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    with click.progressbar(length=100, label=label) as bar:
        while True:
            db.session.rollback()
            job = db.session.get_one(queue.Job, number, populate_existing=True)
            bar.update(100 * job.position // (job.total or 1) - bar.pos if job.total else 0)
            if job.ended and not worker.is_alive():
                break
            time.sleep(0.1)
    if job.state == "failed":
        raise click.ClickException(job.message)


@export.command("profiles")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export_profiles(out: Path) -> None:
    """Every listed profile."""
    found = db.session.scalars(profiles.listed().order_by(profiles.Profile.id)).unique().all()
    _write(out, profile_tables.written(found), len(found))


@export.command("challenges")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
def export_challenges(out: Path) -> None:
    """Every challenge that is or has been public."""
    found = db.session.scalars(select(Challenge).where(Challenge.state.in_(PUBLIC)).order_by(Challenge.id)).unique().all()
    _write(out, challenges.written(found), len(found))


def _write(out: Path, rows, count: int) -> None:
    if out.suffix.lower() == ".csv":
        with out.open("w", encoding="utf-8", newline="") as file:
            file.writelines(as_csv(rows))
    elif out.suffix.lower() == ".xlsx":
        with as_xlsx(rows, out.stem) as book:
            out.write_bytes(book.read())
    else:
        raise click.BadParameter("OUT must end in .csv or .xlsx")
    click.echo(f"{count} rows in {out}")


commands = [import_, export]
