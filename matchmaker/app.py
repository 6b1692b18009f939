"""The application factory: a table of contents."""

from typing import Any

from flask import Flask
from flask_migrate import Migrate

from matchmaker import accounts, challenges, cli, config, jobs, matches, meetings, organisations, profiles, web
from matchmaker.core import access, assets, errors, i18n, memory, queue, security, timing
from matchmaker.core.database import db
from matchmaker.core.pieces import described


def create_app(overrides: dict[str, Any] | None = None, *, instance_path: str | None = None) -> Flask:
    """Build the application. `overrides` win over every other configuration; `instance_path` moves what the installation knows."""
    app = Flask("matchmaker", template_folder="../templates", static_folder="../static", instance_relative_config=True, instance_path=instance_path)
    config.configure(app, overrides)

    db.init_app(app)
    Migrate(app, db, directory=f"{app.root_path}/migrations", compare_type=True, render_as_batch=True, include_name=described)
    security.init_app(app)
    timing.init_app(app)
    queue.init_app(app)
    i18n.init_app(app)
    assets.init_app(app)
    access.init_app(app)
    errors.init_app(app)

    accounts.init_app(app)
    organisations.init_app(app)
    challenges.init_app(app)
    profiles.init_app(app)
    matches.init_app(app)
    meetings.init_app(app)

    web.init_app(app)
    jobs.init_app(app)
    cli.init_app(app)
    memory.settle()
    return app
