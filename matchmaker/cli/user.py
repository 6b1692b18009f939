"""People, from the command line."""

import click
from flask.cli import with_appcontext

from matchmaker.accounts import passwords, queries
from matchmaker.accounts import services as accounts
from matchmaker.accounts.addresses import spelling
from matchmaker.core.database import db, transaction
from matchmaker.organisations import services as organisations
from matchmaker.organisations.models import Kind, Organisation, Role
from matchmaker.organisations.rules import ROLES_OF

KIND_FOR = {Role.DEPARTMENT: Kind.MUNICIPALITY, Role.COMPANY: Kind.STARTUP, Role.COORDINATOR: Kind.CLUSTER, Role.ADMINISTRATOR: Kind.CLUSTER}


@click.group()
def user() -> None:
    """Make people and give them new passwords."""


@user.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--organisation", required=True, help='The organisation\'s name; "Halden kommune, Oppvekst" for a department. Made when there is none.')
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option("--password", help="Asked for when absent.")
@with_appcontext
def create(email: str, name: str, organisation: str, role: str, password: str | None) -> None:
    """Make a person and their place in an organisation. Somebody who exists already keeps name and password and gets the role."""
    email, wanted = spelling(email), Role(role)
    try:
        with transaction():
            found = queries.by_email(email)
            if found is None:
                found = accounts.create_person(email=email, name=name, password=_good(password, email, name), confirmed=True)
            organisations.add_member(user=found, organisation=_place(organisation, wanted), role=wanted)
    except accounts.Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{email} is {role} in {organisation}")


@user.command("password")
@click.option("--email", required=True)
@click.option("--password", help="Asked for when absent.")
@with_appcontext
def new_password(email: str, password: str | None) -> None:
    """Give a person a new password and sign them out everywhere."""
    found = queries.by_email(spelling(email))
    if found is None:
        raise click.ClickException(f"nobody has the address {email}")
    with transaction():
        accounts.change_password(user=found, password=_good(password, found.email, found.name))
    click.echo(f"{found.email} has a new password and is signed out everywhere")


def _good(password: str | None, email: str, name: str) -> str:
    password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    weak = passwords.weakness(password, email=email, name=name)
    if weak:
        raise click.ClickException(weak)
    return password


def _place(text: str, role: Role) -> Organisation:
    """The organisation called this; any kind that has the role will do. A new one gets the role's usual kind."""
    name, _, department = (part.strip() for part in text.partition(","))
    if role != Role.DEPARTMENT:
        name, department = text.strip(), ""
    same = db.select(Organisation).where(Organisation.name == name, Organisation.department == department)
    fitting = [each for each in db.session.scalars(same.order_by(Organisation.id)) if role in ROLES_OF[Kind(each.kind)]]
    return fitting[0] if fitting else organisations.create_organisation(name=name, department=department, kind=KIND_FOR[role])


commands = [user]
