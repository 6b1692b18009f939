"""Facts from public registers: municipalities (Kartverket), Los themes (Digdir), the 17 Sustainable Development Goals, maturity levels."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Municipality:
    number: str
    name: str
    county_number: str
    county: str


@dataclass(frozen=True)
class Named:
    """Something with a name in each language. `broader` is the id of a wider theme, or ''."""

    id: str
    nb: str
    nn: str
    en: str
    broader: str = ""

    @property
    def name(self) -> str:
        return getattr(self, str(get_locale() or "nb"), self.nb)


@cache
def municipalities() -> dict[str, Municipality]:
    """The 357 municipalities by number (four digits), as of 2024."""
    return {row["number"]: Municipality(**row) for row in _rows("municipalities.csv")}


@cache
def counties() -> dict[str, str]:
    """County number -> name, in the order of the names. The Norwegian name stands first where there are several."""
    found = {each.county_number: each.county.split(" - ")[0] for each in municipalities().values()}
    return dict(sorted(found.items(), key=lambda item: item[1]))


@cache
def themes() -> dict[str, Named]:
    """Every Los theme by id."""
    return {row["id"]: Named(**row) for row in _rows("themes.csv")}


@cache
def main_themes() -> dict[str, Named]:
    """The Los themes that have no broader theme: the ones people choose from."""
    return {key: theme for key, theme in themes().items() if not theme.broader}


@cache
def sdgs() -> dict[str, Named]:
    """The 17 goals by number as text."""
    return {row["goal"]: Named(row["goal"], row["nb"], row["nn"], row["en"]) for row in _rows("sdgs.csv")}


def place_name(number: str) -> str:
    """Name of a county (two digits) or municipality (four digits); the number itself when unknown."""
    if number in counties():
        return counties()[number]
    found = municipalities().get(number)
    return found.name if found else number


MATURITY = {
    1: _l("Idé"),
    2: _l("Beskrevet konsept"),
    3: _l("Utprøvd i det små"),
    4: _l("Prototype i laboratorium"),
    5: _l("Prototype hos brukere"),
    6: _l("Demonstrert hos brukere"),
    7: _l("Prøvd i full drift"),
    8: _l("Ferdig og kvalitetssikret"),
    9: _l("I drift hos kunder"),
}
"""Technology readiness levels 1-9 (ISO 16290) in plain words."""


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
