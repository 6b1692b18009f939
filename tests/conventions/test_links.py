"""No page leads its reader to a closed door: every link a role is shown can be opened by that role."""

import re
from html import unescape

import pytest

from matchmaker.core.database import db
from tests.world import COMPANY, COORDINATOR, DEPARTMENT, EVERYBODY, OTHER_COMPANY, STRANGER, VISITOR

pytestmark = pytest.mark.one_database("sqlite")

MOST = 80


def links(page: str) -> set[str]:
    """Addresses on this site that a page leads to, without the place on the page."""
    found = {unescape(link).split("#")[0] for link in re.findall(r'<a\b[^>]*\bhref="(/[^"]*)"', page)}
    return {link for link in found if not link.startswith("/static/")}


def walk(client, at: str = "/") -> dict[str, tuple[int, str]]:
    """Every address met from there, with how it answered and where it was met; each kind of page once."""
    seen, waiting, met = {}, [at], {at: ""}
    kinds: set[str] = set()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        db.session.remove()  # as between two requests of a browser
        answer = client.get(address)
        seen[address] = (answer.status_code, met[address])
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        for link in sorted(links(answer.text)):
            kind = re.sub(r"=[^&]*", "=", link)
            if kind not in kinds:
                kinds.add(kind)
                met[link] = address
                waiting.append(link)
    return seen


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_link_a_role_is_shown_opens(app, world, sign_in, role):
    there = world()
    client = app.test_client() if role == VISITOR else sign_in(there.people[role])
    seen = walk(client)
    assert len(seen) > 10
    assert {address: told for address, told in seen.items() if told[0] not in {200, 303}} == {}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (VISITOR, ["/utfordringer/ny", "/losninger/ny", "/tavle"]),
        (STRANGER, ["/utfordringer", "/losninger", "/slik-virker-det"]),
        (DEPARTMENT, ["/utfordringer/ny", "/losninger", "/slik-virker-det"]),
        (COMPANY, ["/utfordringer", "/behov-for-oss", "/slik-virker-det"]),
        (OTHER_COMPANY, ["/utfordringer", "/behov-for-oss", "/slik-virker-det"]),
        (COORDINATOR, ["/utfordringer/ny", "/losninger/ny", "/tavle"]),
    ],
)
def test_the_three_doors_lead_where_the_reader_can_go(app, world, sign_in, role, expected):
    there = world()
    client = app.test_client() if role == VISITOR else sign_in(there.people[role])
    doors = re.search(r'<section class="doors".*?</section>', client.get("/").text, re.S).group()
    assert re.findall(r'<a class="ds-button"[^>]*href="([^"]*)"', doors) == expected
