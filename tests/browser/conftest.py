"""A served Matchmaker with the demo in it, and a real Chromium."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from matchmaker.app import create_app
from matchmaker.cli import demo
from matchmaker.core.database import db

ROOT = Path(__file__).parent.parent.parent
AXE = (ROOT / ".venv" / "assets" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


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


@pytest.fixture(scope="session")
def visitors(chromium, site) -> Iterator[BrowserContext]:
    """Where Norwegian visitors with JavaScript come from: what they have fetched of scripts and styles is kept from one to the next."""
    context = chromium.new_context(base_url=site.address, locale="nb-NO")
    yield context
    context.close()


@pytest.fixture
def page(visitors) -> Iterator[Page]:
    """A fresh visitor; a script error on any page fails the test."""
    visitors.clear_cookies()
    page = visitors.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    page.close()
    assert errors == []


def sign_in(page: Page, label: str) -> None:
    """Press the demo button of the account whose card says `label`."""
    page.goto("/logg-inn")
    page.locator("form", has_text=label).get_by_role("button").first.click()
    page.wait_for_load_state()
    assert "/logg-inn" not in page.url


@pytest.fixture(scope="session")
def entered() -> Callable[[Page, str], None]:
    """`entered(page, label)`: the visitor goes on as that account. Its demo button is pressed by the first who asks, and everybody after has the same session."""
    known: dict[str, list] = {}

    def enter(page: Page, label: str) -> None:
        if label not in known:
            sign_in(page, label)
            known[label] = page.context.cookies()
        page.context.add_cookies(known[label])

    return enter


def faults(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {node['target']}" for each in found["violations"] for node in each["nodes"]]
