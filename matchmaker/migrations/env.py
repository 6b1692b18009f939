"""Alembic's end of Flask-Migrate: the models' metadata against the configured database."""

from alembic import context
from flask import current_app

from matchmaker.core.database import db


def run_online() -> None:
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()


run_online()
