"""What browsers and search engines ask for by themselves."""

import re

from flask import url_for

from tests.world import World

FOUND_BY_SEARCH_ENGINES = {"web.start", "web.how", "web.about", "web.privacy", "web.accessibility", "challenges.index", "challenges.show", "profiles.index", "profiles.show", "static"}


def may_walk(robots: str, address: str) -> bool:
    """RFC 9309: the longest rule that fits decides, and of two as long the one that allows."""
    fitting = []
    for line in robots.splitlines():
        verb, _, rule = line.partition(": ")
        pattern = re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$")
        if verb in {"Allow", "Disallow"} and re.match(pattern, address):
            fitting.append((len(rule), verb == "Allow"))
    return max(fitting)[1] if fitting else True


def test_search_engines_find_the_public_pages_and_leave_the_rest(app, make, client):
    robots = client.get("/robots.txt")
    assert (robots.status_code, robots.mimetype) == (200, "text/plain")
    arguments = World.made(make).arguments | {"filename": "css/base.css", "token": "signed"}
    allowed = set()
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods and may_walk(robots.text, url_for(rule.endpoint, **{name: arguments[name] for name in rule.arguments})):
                allowed.add(rule.endpoint)
    assert allowed == FOUND_BY_SEARCH_ENGINES


def test_search_engines_page_through_the_lists_and_do_not_drown_in_filters(client):
    robots = client.get("/robots.txt").text
    walked = {address: may_walk(robots, address) for address in ("/utfordringer?page=2", "/losninger?page=9", "/losninger?theme=klima&page=2", "/sok?q=mat")}
    assert walked == {"/utfordringer?page=2": True, "/losninger?page=9": True, "/losninger?theme=klima&page=2": False, "/sok?q=mat": False}


def test_the_mark_is_there_for_browsers_that_do_not_read_the_page(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.data[:4]) == (200, b"\x00\x00\x01\x00")
    assert "max-age=86400" in answer.headers["Cache-Control"]
