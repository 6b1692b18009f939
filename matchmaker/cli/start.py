"""What `bin/start` runs: migrate, load the demo once, a worker beside the server, the address and the demo accounts on the screen."""

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
import time

import waitress
from flask_migrate import upgrade
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.app import create_app
from matchmaker.cli import catalogues, demo
from matchmaker.core.database import db


def main() -> None:
    arguments = _arguments()
    address = f"http://127.0.0.1:{arguments.port}"
    os.environ.setdefault("MATCHMAKER_BASE_URL", address)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    catalogues.compile_changed()
    app = create_app()
    with app.app_context():
        upgrade()
        if not arguments.empty:
            demo.load_if_empty()
        shown = db.session.scalar(select(User.id).where(User.is_demo).limit(1)) is not None
        if shown:
            app.config["MATCHMAKER_DEMO"] = True
    stop = _keep_worker()
    server = waitress.create_server(app, host=os.environ.get("MATCHMAKER_HOST", "127.0.0.1"), port=arguments.port, threads=8, ident="")
    app.extensions["warm"]()
    print(f"\nMatchmaker: {address}\n")
    if shown:
        print(demo.accounts_text())
    print("Stop with Ctrl-C.", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    finally:
        stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/start")
    parser.add_argument("--port", type=int, default=5000)
    parser.add_argument("--empty", action="store_true", help="no demo data")
    return parser.parse_args()


def _keep_worker():
    """Start the worker in a process of its own and start it anew if it dies; the function that ends it."""
    stopping = threading.Event()
    running: list[subprocess.Popen] = []

    def keep() -> None:
        while not stopping.is_set():
            running[:] = [subprocess.Popen([sys.executable, "-m", "matchmaker.jobs"])]
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


if __name__ == "__main__":
    main()
