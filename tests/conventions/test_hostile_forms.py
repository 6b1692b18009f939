"""Every form's address with bodies that no page of ours sends: answered, never an error of ours, and nothing hostile comes back as it went in."""

import re
from tempfile import TemporaryDirectory

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from matchmaker.app import create_app
from matchmaker.challenges.states import State
from matchmaker.core.database import db
from tests.conftest import settings
from tests.conventions.access_table import STATE, TABLE, somebody_allowed
from tests.world import HOSTILE, VISITOR

pytestmark = pytest.mark.one_database("postgresql")  # it takes fewer characters and smaller numbers than SQLite does

NAMES = (
    "title need situation effect affected contact_email version token act add remove organisation role email name password kind text reason message idea note "
    "account next state language theme locale q essential-0 nice-0 budget_from answers_due maturity themes sdgs references-0-customer consent"
).split()

NOT_TYPED = re.compile(r"away\d*-0|day")
"""Where a summary may lead although it is not on the page: boxes of times, which bear the times' own numbers, and the day of an event that has one."""


def posted() -> list[str]:
    """Every endpoint that something can be posted to, asked of an app that serves nobody."""
    with TemporaryDirectory() as folder:
        app = create_app(settings("sqlite://"), instance_path=folder)
        return sorted({rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods})


@pytest.fixture
def asked(app, monkeypatch) -> set[str]:
    """The names that have been looked for in what was posted; "" where all of it was gone through."""
    names: set[str] = set()

    class Noted(ImmutableMultiDict):
        def __getitem__(self, name):
            names.add(name)
            return super().__getitem__(name)

        def __contains__(self, name):
            names.add(name)
            return super().__contains__(name)

        def getlist(self, name, *more, **others):
            names.add(name)
            return super().getlist(name, *more, **others)

        def __iter__(self):
            names.add("")
            return super().__iter__()

        def items(self, *more, **others):
            names.add("")
            return super().items(*more, **others)

    monkeypatch.setattr(app.request_class, "parameter_storage_class", Noted)
    return names


@pytest.mark.parametrize("endpoint", posted())
def test_whatever_is_posted_is_answered(app, world, sign_in, asked, endpoint):
    """Every name that the code looks for holds it; where it looks for none, one kind stands for all."""
    there = world(STATE.get(endpoint, State.PUBLISHED))
    address = there.address(app, endpoint, "POST")
    role = VISITOR if VISITOR in TABLE[endpoint] else somebody_allowed(endpoint)  # whoever is signed in is led past the doors
    client = app.test_client() if role == VISITOR else sign_in(there.people[role])
    for words, body in HOSTILE.items():
        db.session.expunge_all()  # every request begins with nothing read, as in service
        learnt = asked - {*NAMES, ""}
        answer = client.post(address, data={**dict.fromkeys({*NAMES, *learnt}, body), "act": ""})
        assert answer.status_code < 500, (role, words, answer.status_code)
        page = answer.text if answer.mimetype == "text/html" else ""  # JSON is read by scripts, and never as a page
        assert "<script>alert(" not in page, (role, words)
        assert "<img src=x" not in page, (role, words)
        assert answer.headers.get("Set-Cookie", "").count("b=c") == 0, (role, words)
        here = set(re.findall(r'\bid="([^"]+)"', page))
        summary = re.search(r'class="ds-error-summary".*?</ul>', page, re.S)
        assert [place for place in (re.findall(r'href="#([^"]+)"', summary[0]) if summary else []) if place not in here and not NOT_TYPED.fullmatch(place)] == [], (role, words)
        if not asked - {"act", "csrf_token"}:
            break
