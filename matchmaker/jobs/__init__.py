"""The worker's door: `flask --app wsgi worker` runs what the areas have put on the queue.

Every area registers its own handlers when the factory imports it.
"""

import logging
import os
import signal
import sys
import threading
from typing import BinaryIO

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from matchmaker.core import queue


@click.command("worker")
@click.option("--threads", default=4, show_default=True, help="With four, an import and the reading of a whole index keep no plan waiting.")
@click.option("--beside", is_flag=True, help="End when standard input closes, so that a server that dies leaves no worker behind.")
@with_appcontext
def worker(threads: int, beside: bool) -> None:
    """Work until told to stop: read, rank, import, send letters."""
    if beside:
        end_with(sys.stdin.buffer)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    queue.take_up_lost()
    current_app.extensions["huey"].create_consumer(workers=threads, periodic=True, initial_delay=0.05, max_delay=0.5, scheduler_interval=5).run()


def end_with(stream: BinaryIO) -> None:
    """Ask this process to end as soon as ``stream`` does: whoever held its other end is gone, however it went."""

    def wait() -> None:
        while os.read(stream.fileno(), 4096):  # not by the stream, whose lock a closing interpreter would wait for in vain
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="end-with-server", daemon=True).start()


def init_app(app: Flask) -> None:
    app.cli.add_command(worker)
