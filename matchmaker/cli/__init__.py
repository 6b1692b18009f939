"""Commands for the people who run the service. A door: thin, every verb lives in its area."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaker.cli import demo, index, start, transfer, user
    from matchmaker.cli.engine import engine
    from matchmaker.cli.planner import planner

    for command in (engine, planner, *index.commands, *transfer.commands, *demo.commands, *user.commands, *start.commands):
        app.cli.add_command(command)
