"""How long pages take in the server at four concurrent users.

    .venv/bin/python tests/benchmarks/pages.py ADDRESS [--rounds 25] [--users 4]

ADDRESS is a running Matchmaker on this machine with the demo loaded and whatever was imported into it. Signs in by the
demo buttons, opens each role's pages, and prints median and 95th percentile of the time to the last byte, which holds
the server's time and the way over the loopback.
"""

import argparse
import re
import statistics
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar


class Person:
    """One browser without pictures."""

    def __init__(self, address: str):
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=60) as answer:
            return answer.read().decode()

    def sign_in(self, label: str) -> None:
        page = self.get("/logg-inn")
        form = next(form for form in re.findall(r"<form.*?</form>", page, re.S) if label in form and 'name="account"' in form)
        fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form))
        action = re.search(r'action="([^"]+)"', form)[1]
        self.opener.open(self.address + action, urllib.parse.urlencode(fields).encode(), timeout=60).read()


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--users", type=int, default=4)
    parser.add_argument("--paths", nargs="*", help="as ROLE:PATH, for instance Koordinator:/tavle")
    arguments = parser.parse_args()
    if urllib.parse.urlparse(arguments.address).hostname not in {"127.0.0.1", "localhost", "::1"}:
        parser.error("only a server on this machine is measured")
    jobs = [tuple(each.split(":", 1)) for each in arguments.paths or DEFAULT]
    times: dict[str, list[float]] = {path: [] for _, path in jobs}

    def visit() -> None:
        people: dict[str, Person] = {}
        for role in {role for role, _ in jobs}:
            people[role] = Person(arguments.address)
            if role:
                people[role].sign_in(role)
        for _ in range(arguments.rounds):
            for role, path in jobs:
                begun = time.perf_counter()
                people[role].get(path)
                times[path].append((time.perf_counter() - begun) * 1000)

    threads = [threading.Thread(target=visit) for _ in range(arguments.users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{'page':<60}{'median ms':>10}{'p95 ms':>10}{'n':>6}")
    for path, values in times.items():
        print(f"{path:<60}{statistics.median(values):>10.0f}{percentile(values, 0.95):>10.0f}{len(values):>6}")


DEFAULT = (
    ":/",
    ":/utfordringer",
    ":/utfordringer?side=10",
    ":/losninger",
    ":/losninger?tema=helse-og-omsorg",
    ":/sok?q=matsvinn",
    "Halden kommune, Oppvekst:/mine-saker",
    "Koordinator:/tavle",
)

if __name__ == "__main__":
    main()
