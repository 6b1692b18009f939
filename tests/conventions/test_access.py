"""Every role against every route, from the URL map, with another organisation's objects too."""

import pytest
from flask import url_for

from matchmaker.challenges.states import State
from tests.conftest import empty_database
from tests.conventions.access_table import HIDDEN_DRAFT, NEED, STATE, TABLE
from tests.world import EVERYBODY, VISITOR, World

METHODS = ("GET", "POST")


def routes(app) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            found.setdefault(rule.endpoint, set()).update(set(METHODS) & set(rule.methods))
    return found


def test_the_table_names_every_route_and_no_other(app):
    assert sorted(routes(app)) == sorted(TABLE)


@pytest.mark.parametrize("endpoint", sorted(TABLE))
def test_each_role_meets_what_the_table_says(app, make, sign_in, endpoint):
    refused_first = sorted(EVERYBODY, key=lambda role: role in TABLE[endpoint])
    world = None
    for method in sorted(routes(app)[endpoint]):
        for role in refused_first:
            world = world or World(make, state=STATE.get(endpoint, State.PUBLISHED))
            answer = visit(app, sign_in, world, role, method, endpoint)
            assert answer.status_code < 500, (method, role, answer.status_code)
            assert was_let_in(answer) == (role in TABLE[endpoint]), (method, role, answer.status_code, answer.location)
            if method == "POST" and role in TABLE[endpoint]:
                world = empty_database()


@pytest.mark.parametrize("endpoint", sorted(HIDDEN_DRAFT))
def test_a_draft_is_hidden_from_everybody_but_its_owners(app, make, sign_in, endpoint):
    for method in sorted(routes(app)[endpoint]):
        for role in EVERYBODY:
            world = World(make, state=State.DRAFT)
            answer = visit(app, sign_in, world, role, method, endpoint)
            assert was_let_in(answer) == (role in NEED), (method, role, answer.status_code)
            empty_database()


def test_an_object_that_is_not_there_is_not_found(app, make, sign_in):
    client = sign_in(make.administrator())
    for endpoint, methods in routes(app).items():
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        numbers = [name for name in rule.arguments if name.endswith("_id")]
        if not numbers:
            continue
        with app.test_request_context():
            address = url_for(endpoint, **{name: 987654 for name in numbers}, **{name: 1 if name == "number" else "csv" for name in rule.arguments - set(numbers)})
        for method in methods:
            assert client.open(address, method=method).status_code in {404, 303}, (endpoint, method)


def visit(app, sign_in, world: World, role: str, method: str, endpoint: str):
    person = world.people[role]
    client = app.test_client() if role == VISITOR else sign_in(person)
    return client.open(world.address(app, endpoint, method), method=method)


def was_let_in(answer) -> bool:
    """Refused is 401, 403, or being sent to sign in. Anything else got past the rule (a 400 or 404 is the view's own word)."""
    return answer.status_code not in {401, 403} and not (answer.status_code == 303 and "/logg-inn?next=" in answer.location)

