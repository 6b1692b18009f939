"""Every form's address with bodies that no page of ours sends: answered, never an error of ours, and nothing hostile comes back as it went in."""

import re

import pytest
from flask import url_for

from matchmaker.challenges.states import State
from tests.conventions.access_table import STATE, TABLE
from tests.conventions.test_access import routes
from tests.world import VISITOR, World

NAMES = (
    "title need situation effect affected contact_email version token act add remove organisation role email name password kind text reason message idea note "
    "account next state language theme locale q essential-0 nice-0 budget_from answers_due maturity themes sdgs references-0-customer consent"
).split()
BODIES = {
    "html": "<script>alert(1)</script>\"><img src=x onerror=alert(1)>",
    "other digits": "²³",
    "null and half a letter": "a\x00b\u202e\u200b\ufeff",
    "a number beyond any": "9" * 40,
    "lines": "a\r\nSet-Cookie: b=c\r\n\r\n",
    "long": "x" * 100_000,
}


@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_whatever_is_posted_is_answered(app, make, sign_in, endpoint):
    if "POST" not in routes(app)[endpoint]:
        return  # nothing can be posted there
    world = World(make, state=STATE.get(endpoint, State.PUBLISHED))
    role = next(role for role in sorted(TABLE[endpoint], reverse=True) if role != VISITOR or len(TABLE[endpoint]) > 7)
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint and "POST" in rule.methods)
    with app.test_request_context():
        address = url_for(endpoint, **{name: world.arguments[name] for name in rule.arguments})
    client = app.test_client() if role == VISITOR else sign_in(world.people[role])
    for words, body in BODIES.items():
        answer = client.post(address, data={**dict.fromkeys(NAMES, body), "act": ""})
        assert answer.status_code < 500, (role, words, answer.status_code)
        page = answer.text if answer.mimetype == "text/html" else ""  # JSON is read by scripts, and never as a page
        assert "<script>alert(" not in page, (role, words)
        assert "<img src=x" not in page, (role, words)
        assert answer.headers.get("Set-Cookie", "").count("b=c") == 0, (role, words)
        here = set(re.findall(r'\bid="([^"]+)"', page))
        summary = re.search(r'class="ds-error-summary".*?</ul>', page, re.S)
        assert set(re.findall(r'href="#([^"]+)"', summary[0]) if summary else []) <= here, (role, words)
