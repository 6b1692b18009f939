"""Run the worker until it is told to stop. `MATCHMAKER_WORKERS` threads (2): one long import never keeps a letter waiting."""

import logging
import os

from matchmaker.app import create_app
from matchmaker.core import queue


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    app = create_app()
    with app.app_context():
        queue.take_up_lost()
    app.extensions["warm"]()
    workers = int(os.environ.get("MATCHMAKER_WORKERS", "2"))
    app.extensions["huey"].create_consumer(workers=workers, periodic=True, initial_delay=0.05, max_delay=0.5, scheduler_interval=5).run()


if __name__ == "__main__":
    main()
