"""Whatever stands behind the question mark, every page answers: with itself, with what was not found, never with an error of ours."""

import re
from dataclasses import fields
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from flask import request
from werkzeug.datastructures import ImmutableMultiDict

from matchmaker.core.database import db
from matchmaker.web.log_queries import Wanted
from tests.conventions.access_table import somebody_allowed
from tests.world import EVERYBODY, HOSTILE, VISITOR

pytestmark = pytest.mark.one_database("postgresql")  # it takes fewer characters and smaller numbers than SQLite does

SOURCES = Path(__file__).parent.parent.parent / "matchmaker"
READ = re.compile(r'(?:\bargs|\bvalues|\barguments|\basked)\.get(?:list)?\("(\w+)"|row_number\("(\w+)"|def page_number\(name: str = "(\w+)"')

SHOWS_NOTHING = {"accounts.sign_in", "organisations.welcome", "matches.introduce", "profiles.logo", "challenges.version"}
"""Pages that the world has nothing for: they lead on who has signed in or has introduced already, or there is no logo and no earlier version."""


def asked_for() -> list[str]:
    """Every name that the code reads from an address."""
    found = {name for path in SOURCES.rglob("*.py") for pair in READ.findall(path.read_text()) for name in pair if name}
    assert {"q", "page", "organisation"} <= found
    return sorted(found | {field.name for field in fields(Wanted)})


@pytest.mark.timeout(300)
def test_no_address_breaks_a_page(app, world, sign_in, monkeypatch):
    """A page that reads nothing of its address meets one kind, the others all of them."""
    there, names, broken, read, opened = world(), asked_for(), [], set(), set()

    class Noted(ImmutableMultiDict):
        def __getattribute__(self, name):
            read.add(request.endpoint)
            return super().__getattribute__(name)

        def __getitem__(self, name):
            read.add(request.endpoint)
            return super().__getitem__(name)

    monkeypatch.setattr(app.request_class, "parameter_storage_class", Noted)
    queries = {kind: "&".join(f"{name}={quote_from_bytes(text[:3000])}" for name in names for _ in range(2)) for kind, text in HOSTILE.items()}
    clients = {role: app.test_client() if role == VISITOR else sign_in(there.people[role]) for role in EVERYBODY}
    pages = sorted(rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.endpoint != "static")
    for endpoint in pages:
        address, client = there.address(app, endpoint, "GET"), clients[somebody_allowed(endpoint)]
        for number, (kind, query) in enumerate(queries.items()):
            db.session.expunge_all()  # every request begins with nothing read, as in service
            if number == 0 or endpoint in read:
                told = client.get(f"{address}?{query}").status_code
                broken += [(endpoint, kind)] if told >= 500 else []
                opened |= {endpoint} if told in {200, 422} else set()
    assert broken == []
    assert set(pages) - opened == SHOWS_NOTHING
    assert {"challenges.index", "profiles.index", "web.search", "meetings.plan"} <= read < set(pages)
