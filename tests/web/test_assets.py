"""Static files: addresses that change with the content, and how long browsers may keep them."""

import json
import re
from pathlib import Path

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


def test_the_lock_names_no_address_and_every_package_has_its_checksum():
    lock = json.loads((Path(__file__).parents[2] / "bin" / "assets" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name and not package.get("inBundle")}
    assert packages
    assert [name for name, package in packages.items() if "resolved" in package or "integrity" not in package] == []


def test_what_was_built_is_what_the_lock_and_the_theme_say(app):
    built = Path(app.static_folder) / "vendor"
    css = (built / "designsystemet.css").read_text(encoding="utf-8")
    assert "--ds-color-accent-base-default: #0E5A54" in css
    named = re.findall(r"url\(files/([^?)]+)\?v=", css)
    assert sorted(named) == sorted(path.name for path in (built / "files").iterdir())
    assert "http" not in re.sub(r"http://www\.w3\.org|%2F%2Fwww\.w3\.org|http%3A", "", css)
