"""The index from the command line: what it holds, and everything read anew."""

import click
from flask.cli import with_appcontext

from matchmaker.core.database import transaction
from matchmaker.core.queue import enqueue_once
from matchmaker.matches import bridge, mending


@click.group()
def index() -> None:
    """The index of texts that suggestions are made from."""


@index.command()
@with_appcontext
def status() -> None:
    """What the index holds, and how it differs from the database. Ends with 1 when it differs."""
    held = bridge.matcher().status()
    found = mending.differences()
    click.echo(f"needs {held.needs}, offers {held.offers}, generation {held.generation}, built {held.built_at or 'never'}")
    click.echo(f"model {held.model or 'none yet'}" + (" (another model is configured: run index rebuild)" if held.model_changed else ""))
    click.echo(
        f"to read: {len(found.needs)} needs, {len(found.offers)} offers; to remove: {len(found.surplus_needs)} needs, {len(found.surplus_offers)} offers"
    )
    if found:
        raise SystemExit(1)


@index.command()
@with_appcontext
def rebuild() -> None:
    """Read every open need and listed profile again, replace the index in one step, and have all suggestions renewed."""
    with click.progressbar(length=1, label="Reading") as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        with transaction():
            mending.mend(progress=progress, everything=True)
    with transaction():
        mending.mend()
        enqueue_once("matches.renew_all")
    held = bridge.matcher().status()
    click.echo(f"The index holds {held.needs} needs and {held.offers} offers. The worker renews the suggestions.")


commands = [index]
