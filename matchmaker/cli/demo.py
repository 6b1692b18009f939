"""The demo: eighteen needs, sixty profiles, an account for each role, some weeks of life between them, a partner conference, and a smaller one that is over.

Everything invented says (demo) on its face. The texts lie in `data/demo`; this only carries them in.
"""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.cli import demo_conference, demo_facts, demo_gathering, demo_story
from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.organisations.models import Organisation


def load() -> bool:
    """Put the whole demo in, or nothing of it; False when there is a demo already.

    Times are counted back from now. What must be read and ranked waits in the queue for a worker.
    """
    if _any(Organisation.is_demo):
        return False
    start = clock.now()
    try:
        with transaction():
            made = demo_facts.Made(start)
            demo_facts.add_organisations(made)
            demo_facts.add_profiles(made)
            demo_facts.add_accounts(made)
            demo_facts.add_challenges(made)
            demo_story.play(made)
            demo_conference.hold(made)
            demo_gathering.hold(made)
            clock.fix(None)
    finally:
        clock.fix(None)
    return True


def load_if_empty() -> bool:
    """As `load`, but only into an installation that holds no organisation at all."""
    return not _any(Organisation.id.is_not(None)) and load()


def accounts_text() -> str:
    """The demo accounts as lines for a terminal; the password they share comes first."""
    people = db.session.scalars(select(User).where(User.is_demo, User.deleted_at.is_(None)).order_by(User.id)).all()
    about = {demo_facts.address(row["key"]): row["about"] for row in demo_facts.rows("accounts")}
    width = max((len(person.email) for person in people), default=0)
    lines = [f"  {person.email:<{width}}  {about.get(person.email, person.name)}" for person in people]
    return "\n".join([f"Demo-kontoer, alle med passordet {demo_facts.PASSWORD}", *lines, ""])


def _any(condition) -> bool:
    return db.session.scalar(select(Organisation.id).where(condition).limit(1)) is not None


@click.group()
def demo() -> None:
    """Load the demo and see who can sign in to it."""


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing when there are organisations already.")
@with_appcontext
def load_command(if_empty: bool) -> None:
    """Load the demo once; a second time changes nothing."""
    if load_if_empty() if if_empty else load():
        click.echo(accounts_text())
    else:
        click.echo("Nothing loaded: there is something here already.")


@demo.command("accounts")
@with_appcontext
def accounts_command() -> None:
    """Print the demo accounts and their password."""
    click.echo(accounts_text())


commands = [demo]
