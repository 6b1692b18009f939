"""A served Matchmaker with the demo in it, and a real Chromium."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, Page, sync_playwright

from matchmaker.app import create_app
from matchmaker.cli import demo
from matchmaker.core.database import db

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / ".venv" / "assets" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass
class Site:
    """`address` answers; `app` is the application behind it, for looking up what to open."""

    address: str
    app: object


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'site.sqlite'}",
            "SECRET_KEY": "tests only",
            "QUEUE_IMMEDIATE": True,
            "MATCHMAKER_MODEL": "twin",
            "MATCHMAKER_DEMO": True,
            "RATELIMIT_ENABLED": False,
        },
        instance_path=str(folder),
    )
    with app.app_context():
        db.create_all()
        demo.load()
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", app)
    server.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Its absence is an error, not a skip: what people see is part of what must hold."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium on this machine: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, site) -> Iterator[Page]:
    """A fresh visitor in Norwegian; a script error on any page fails the test."""
    context = chromium.new_context(base_url=site.address, locale="nb-NO")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    context.close()
    assert errors == []


def sign_in(page: Page, label: str) -> None:
    """Press the demo button of the account whose card says `label`."""
    page.goto("/logg-inn")
    page.locator("form", has_text=label).get_by_role("button").first.click()
    page.wait_for_load_state()
    assert "/logg-inn" not in page.url


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {node['target']}" for each in found["violations"] for node in each["nodes"]]
