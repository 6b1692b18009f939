"""How long pages take in the server at four concurrent users.

    MATCHMAKER_TIMING=1 bin/start --port 5000
    .venv/bin/python tests/benchmarks/pages.py http://127.0.0.1:5000 [--rounds 25] [--users 4] [--pause SECONDS] [--limit 150]

The address is a running Matchmaker on this machine with the demo loaded and whatever was imported into it. Signs in by the
demo buttons, and each user opens each role's pages in an order of their own. Two times are told of every page: the server's own,
from the request's arrival in the application until the page is written (its `Server-Timing` header), and the time to the last
byte, which holds the way over the loopback, what the server keeps waiting before it begins, and the load generator itself.

Without `--pause` nobody thinks: four users ask again at once, so four requests are always under way and share the machine with the
load generator. `{fresh}` in a path stands for four words nobody has searched for yet, `{need}` for a need of the department's. With `--pause 1` each waits 0.5 to 1.5 s between two pages, as quick readers do. Exits with 1 where the server's own
95th percentile of a page passes the limit.
"""

import argparse
import random
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

    def get(self, path: str) -> tuple[str, float | None]:
        """The page, and the milliseconds the server says it worked."""
        with self.opener.open(self.address + path, timeout=60) as answer:
            told = re.search(r"dur=([\d.]+)", answer.headers.get("Server-Timing", ""))
            return answer.read().decode(), float(told[1]) if told else None

    def sign_in(self, label: str) -> None:
        page, _ = self.get("/logg-inn")
        form = next(form for form in re.findall(r"<form.*?</form>", page, re.S) if label in form and 'name="account"' in form)
        fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form))
        action = re.search(r'action="([^"]+)"', form)[1]
        self.opener.open(self.address + action, urllib.parse.urlencode(fields).encode(), timeout=60).read()


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def people_for(jobs: list[tuple[str, str]], address: str) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for role in {role for role, _ in jobs}:
        people[role] = Person(address)
        if role:
            people[role].sign_in(role)
    return people


def found_need(department: Person | None) -> str:
    """The number of a need that the demo's department has published."""
    page = department.get("/mine-saker")[0] if department else ""
    found = re.search(r"/utfordringer/(\d+)/forslag", page)
    return found[1] if found else ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--users", type=int, default=4)
    parser.add_argument("--pause", type=float, default=0.0)
    parser.add_argument("--limit", type=float, default=150.0)
    parser.add_argument("--paths", nargs="*", help="as ROLE:PATH, for instance Koordinator:/tavle")
    arguments = parser.parse_args()
    if urllib.parse.urlparse(arguments.address).hostname not in {"127.0.0.1", "localhost", "::1"}:
        parser.error("only a server on this machine is measured")
    jobs = [tuple(each.split(":", 1)) for each in arguments.paths or DEFAULT]
    inside: dict[str, list[float]] = {f"{role}:{path}": [] for role, path in jobs}
    outside: dict[str, list[float]] = {f"{role}:{path}": [] for role, path in jobs}
    users = [people_for(jobs, arguments.address) for _ in range(arguments.users)]
    need = found_need(users[0].get(DEPARTMENT))
    for role, path in jobs:
        users[0][role].get(path.format(need=need, fresh="varm"))

    def visit(number: int) -> None:
        order = random.Random(number)
        for _ in range(arguments.rounds):
            for role, path in order.sample(jobs, len(jobs)):
                time.sleep(arguments.pause * order.uniform(0.5, 1.5))
                asked = path.format(need=need, fresh=urllib.parse.quote_plus(" ".join(order.sample(WORDS, 4))))
                begun = time.perf_counter()
                _, worked = users[number][role].get(asked)
                outside[f"{role}:{path}"].append((time.perf_counter() - begun) * 1000)
                if worked is not None:
                    inside[f"{role}:{path}"].append(worked)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(arguments.users)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    served = sum(map(len, outside.values())) / (time.perf_counter() - begun)
    print(f"{arguments.users} users, pause {arguments.pause:g} s, {served:.0f} pages a second")
    print(f"{'page':<55}{'server median':>15}{'p95':>6}{'whole median':>14}{'p95':>6}{'n':>6}")
    for name, whole in outside.items():
        own = inside[name] or whole
        print(
            f"{name:<55}{statistics.median(own):>15.0f}{percentile(own, 0.95):>6.0f}"
            f"{statistics.median(whole):>14.0f}{percentile(whole, 0.95):>6.0f}{len(whole):>6}"
        )
    if not any(inside.values()):
        print("the server does not tell its own time: start it with MATCHMAKER_TIMING=1")
    if over := [name for name, whole in outside.items() if percentile(inside[name] or whole, 0.95) > arguments.limit]:
        raise SystemExit(f"over {arguments.limit:g} ms: {', '.join(over)}")


DEPARTMENT = "Halden kommune, Oppvekst"
WORDS = "mat avfall barn eldre biler vann energi skole helse data kitchen waste school water energy mobility sensor health clinic robots".split()
DEFAULT = (
    ":/",
    ":/utfordringer",
    ":/utfordringer?page=40",
    ":/losninger",
    ":/losninger?page=100",
    ":/losninger?theme=helse-og-omsorg",
    ":/losninger/1",
    ":/utfordringer/1",
    ":/losninger/1/lignende",
    f"{DEPARTMENT}:/mine-saker",
    f"{DEPARTMENT}:/utfordringer/{{need}}/forslag",
    f"{DEPARTMENT}:/sok?q=matsvinn",
    f"{DEPARTMENT}:/sok?q={{fresh}}",
    "TotalCtrl:/mine-saker",
    "TotalCtrl:/behov-for-oss",
    "Koordinator:/mine-saker",
    "Koordinator:/tavle",
    "Koordinator:/virksomheter",
)

if __name__ == "__main__":
    main()
