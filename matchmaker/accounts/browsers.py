"""A browser's name for people: enough to recognise one's own machine in a list, no more is kept."""

import re

BROWSERS = (
    ("Edg", "Edge"),
    ("HeadlessChrome", "Chrome"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def readable(user_agent: str | None) -> str:
    """'Firefox, Linux'; '' when the browser does not say."""
    text = user_agent or ""
    browser = next((name for mark, name in BROWSERS if re.search(rf"\b{mark}\w*/", text)), "")
    system = next((name for mark, name in SYSTEMS if mark in text), "")
    return ", ".join(part for part in (browser, system) if part)
