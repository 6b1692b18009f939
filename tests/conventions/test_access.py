"""Every role against every route, from the URL map, with another organisation's objects too."""

import pytest
from flask import url_for

from matchmaker.accounts.signing_in import open_session
from matchmaker.challenges.states import State
from matchmaker.core.database import db
from tests.conventions.access_table import HIDDEN_DRAFT, NEED, STATE, TABLE
from tests.world import EVERYBODY, VISITOR, World

pytestmark = [pytest.mark.one_database("sqlite"), pytest.mark.usefixtures("bare_refusals")]

METHODS = ("GET", "POST")


def routes(app) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            found.setdefault(rule.endpoint, set()).update(set(METHODS) & set(rule.methods))
    return found


def test_the_table_names_every_route_and_no_other(app):
    assert sorted(routes(app)) == sorted(TABLE)


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("state", sorted({State.PUBLISHED, *STATE.values()}))
def test_each_role_meets_what_the_table_says(app, world, nothing_lasts, state, role):
    endpoints = [endpoint for endpoint in sorted(TABLE) if STATE.get(endpoint, State.PUBLISHED) == state]
    assert opened(app, nothing_lasts, world(state), role, endpoints) == doors(app, [each for each in endpoints if role in TABLE[each]])


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_draft_is_hidden_from_everybody_but_its_owners(app, world, nothing_lasts, role):
    assert opened(app, nothing_lasts, world(State.DRAFT), role, HIDDEN_DRAFT) == doors(app, HIDDEN_DRAFT if role in NEED else ())


def test_an_object_that_is_not_there_is_not_found(app, make, sign_in):
    client = sign_in(make.administrator())
    for endpoint, methods in routes(app).items():
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        numbers = [name for name in rule.arguments if name.endswith("_id")]
        if not numbers:
            continue
        with app.test_request_context():
            address = url_for(endpoint, **{name: 987654 for name in numbers}, **{name: {"number": 1, "table": "plan"}.get(name, "csv") for name in rule.arguments - set(numbers)})
        for method in methods:
            assert client.open(address, method=method).status_code in {404, 303}, (endpoint, method)


@pytest.mark.parametrize("role", EVERYBODY)
def test_an_address_that_was_made_up_opens_for_nobody(app, world, nothing_lasts, role):
    there = world()
    held = sorted(there.tokens)
    assert held == sorted({rule.endpoint for rule in app.url_map.iter_rules() if "token" in rule.arguments})
    there.tokens = dict.fromkeys(held, "nonsense")
    assert opened(app, nothing_lasts, there, role, held) == set()


def doors(app, endpoints) -> set[tuple[str, str]]:
    return {(endpoint, method) for endpoint in endpoints for method in routes(app)[endpoint]}


def opened(app, nothing_lasts, world: World, role: str, endpoints) -> set[tuple[str, str]]:
    """The doors that open to a role, all tried on the same world: what a request changes is taken back before the next."""
    session = None if role == VISITOR else open_session(world.people[role], browser="test")
    db.session.commit()
    found = set()
    for endpoint, method in sorted(doors(app, endpoints)):
        address = world.address(app, endpoint, method)
        with nothing_lasts():
            answer = visit(app, session, address, method)
        assert answer.status_code < 500, (method, endpoint, answer.status_code)
        if was_let_in(answer, held=endpoint in world.tokens):
            found.add((endpoint, method))
    return found


def visit(app, session: str | None, address: str, method: str):
    client = app.test_client()
    if session:
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = session, True
    return client.open(address, method=method)


def was_let_in(answer, *, held: bool) -> bool:
    """Refused is 401, 403, or being sent to sign in; by an address that is `held`, that there is no such page either. Anything else got past the rule."""
    return answer.status_code not in {401, 403, *({404, 410} if held else ())} and not (answer.status_code == 303 and "/logg-inn?next=" in answer.location)
