"""Processes of their own, to be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FORKING = """
import json, os, signal, sys
from tempfile import TemporaryDirectory
from matchmaker.app import create_app
with TemporaryDirectory() as folder:
    create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://", "SECRET_KEY": "tests only", "MATCHMAKER_MODEL": "twin"}, instance_path=folder)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    code, sys.argv[1:] = json.loads(line)
    number = os.fork()
    if number == 0:
        exec(code, {})
        os._exit(0)
    print(number, flush=True)
"""


class Fork:
    """A running process, by its number."""

    def __init__(self, number: int):
        self.running = Path(f"/proc/{number}")
        self.number = number

    def wait(self) -> None:
        while self.running.exists():
            time.sleep(0.01)

    def kill(self) -> None:
        """By SIGKILL; one that is not there any more is let be."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)
        self.wait()


@pytest.fixture(scope="session")
def fork() -> Iterator[Callable[..., Fork]]:
    """`fork(code, argument, …)` runs Python in a process of its own: the fork of one that has read all the code already, which takes seconds."""
    with subprocess.Popen([sys.executable, "-c", FORKING], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def run(code: str, *arguments: str) -> Fork:
            process.stdin.write(json.dumps([code, arguments]) + "\n")
            process.stdin.flush()
            return Fork(int(process.stdout.readline()))

        yield run
        process.stdin.close()
