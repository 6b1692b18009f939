"""What `bin/start` runs: migrate, load the demo once, a worker beside the server, the address and the demo accounts on the screen."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import click
import waitress
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.cli import catalogues, demo
from matchmaker.core.database import db


@click.command("serve")
@click.option("--port", default=5000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets other machines in.")
@click.option("--empty", is_flag=True, help="No demo data.")
@with_appcontext
def serve(port: int, host: str, empty: bool) -> None:
    """Migrate, load the demo the first time, and serve with a worker beside."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask types its proxy as the app itself
    if "MATCHMAKER_BASE_URL" not in os.environ:
        app.config["MATCHMAKER_BASE_URL"] = os.environ["MATCHMAKER_BASE_URL"] = f"http://127.0.0.1:{port}"
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    catalogues.compile_changed()
    upgrade()
    if not empty:
        demo.load_if_empty()
    shown = db.session.scalar(select(User.id).where(User.is_demo).limit(1)) is not None
    app.config["MATCHMAKER_DEMO"] = app.config["MATCHMAKER_DEMO"] or shown
    accounts = demo.accounts_text() if shown else ""
    db.session.remove()
    try:
        server = waitress.create_server(app, host=host, port=port, threads=8, ident="")
    except OSError as error:
        raise click.ClickException(f"Port {port} cannot be used ({error.strerror}). Choose another one: bin/start --port {port + 1}") from None
    stop = _keep_worker()
    app.extensions["warm"]()
    click.echo(f"\nMatchmaker: http://127.0.0.1:{port}\n\n{accounts}\nStop with Ctrl-C.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    finally:
        stop()
        logging.shutdown()
    sys.stdout.flush()
    os._exit(0)  # a thread that still reads the model would quarrel with the closing interpreter over stderr, and lose loudly


def _keep_worker() -> Callable[[], None]:
    """Start the worker in a process of its own and start it anew if it dies; gives the function that ends it."""
    stopping = threading.Event()
    running: list[subprocess.Popen] = []
    command = [sys.executable, "-m", "flask", "--app", str(Path(__file__).parent.parent.parent / "wsgi.py"), "worker", "--beside"]

    def keep() -> None:
        while not stopping.is_set():
            running[:] = [subprocess.Popen(command, stdin=subprocess.PIPE)]
            running[0].wait()
            if not stopping.is_set():
                time.sleep(2)

    def stop() -> None:
        stopping.set()
        for process in running:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()

    threading.Thread(target=keep, daemon=True).start()
    return stop


commands = [serve]
