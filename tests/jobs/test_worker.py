"""The worker beside a server ends with it, also when the server was killed and could tell nobody."""

import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WORKER = "import sys, time; from matchmaker.jobs import end_with; end_with(sys.stdin.buffer); print('up', flush=True); time.sleep(600)"
SERVER = f"""
import subprocess, sys, time
worker = subprocess.Popen([sys.executable, "-c", {WORKER!r}], stdin=subprocess.PIPE)
print(worker.pid, flush=True)
time.sleep(100)
"""


def test_a_worker_beside_ends_when_its_server_is_killed():
    server = subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    lines = [server.stdout.readline().strip(), server.stdout.readline().strip()]
    assert "up" in lines
    server.send_signal(signal.SIGKILL)
    # the worker holds the other end of standard output: it closes when the worker is gone
    assert server.stdout.read() == ""
    assert server.wait() == -signal.SIGKILL


def test_a_worker_that_ends_first_ends_quietly():
    ends = WORKER.replace("time.sleep(600)", "time.sleep(0.2)")
    with subprocess.Popen([sys.executable, "-c", ends], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stdout.readline() == "up\n"
        assert worker.wait() == 0  # while its server still holds the other end
        assert worker.stderr.read() == ""
