"""Where to go next: only to a path on this site, so that no link can use ours to lead people elsewhere."""

from urllib.parse import urlsplit

from flask import url_for


def inside(wanted: str | None, otherwise: str) -> str:
    """`wanted` when it is a path here, else the address of the endpoint `otherwise`."""
    text = wanted or ""
    plain = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text and all(ord(sign) > 31 for sign in text)
    try:
        parts = urlsplit(text)
    except ValueError:
        plain = False
    return text if plain and not parts.scheme and not parts.netloc else url_for(otherwise)
