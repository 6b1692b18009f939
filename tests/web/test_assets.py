"""Static files: addresses that change with the content, and how long browsers may keep them."""

import re

from matchmaker.core.assets import asset


def address(app, path):
    with app.test_request_context("/"):
        return asset(path)


def test_the_address_carries_the_content(app):
    first, second = address(app, "css/base.css"), address(app, "css/match.css")
    assert first.startswith("/static/css/base.css?v=")
    assert first.split("?v=")[1] != second.split("?v=")[1]
    assert len(first.split("?v=")[1]) == 10


def test_a_missing_file_has_a_bare_address(app):
    assert address(app, "vendor/not-built.css") == "/static/vendor/not-built.css"


def test_the_right_content_may_be_kept_for_a_year(app, client):
    assert client.get(address(app, "css/base.css")).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_anything_else_is_asked_for_again(client):
    assert client.get("/static/css/base.css").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/css/base.css?v=0123456789").headers["Cache-Control"] == "no-cache"


def test_every_style_and_script_the_layout_names_is_there(app, client):
    text = client.get("/om").get_data(as_text=True)
    named = re.findall(r'(?:href|src)="(/static/(?:css|js|img)/[^"]+)"', text)
    assert len(named) >= 15
    assert [path for path in named if client.get(path).status_code != 200] == []
