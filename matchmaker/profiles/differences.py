"""Two versions of a profile side by side, for the one who saves second."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from matchmaker.core.reference import place_name, sdgs, themes
from matchmaker.profiles.content import ProfileContent

NAMES = {
    "name": _l("Navn"),
    "summary": _l("Hva gjør dere, og for hvem?"),
    "problem": _l("Hvilket problem løser dere?"),
    "how": _l("Hvordan virker det?"),
    "references": _l("Referanser"),
    "maturity": _l("Hvor moden er løsningen?"),
    "themes": _l("Tema"),
    "sdgs": _l("Bærekraftsmål"),
    "places": _l("Steder dere leverer"),
    "languages": _l("Språk løsningen finnes på"),
    "capacity": _l("Nye piloter dere kan ta nå"),
    "links": _l("Nettsider"),
    "keywords": _l("Stikkord"),
    "location": _l("Sted dere holder til"),
    "language": _l("Språket teksten er skrevet på"),
}


@dataclass(frozen=True)
class Difference:
    label: str
    saved: str
    typed: str


def differences(saved: ProfileContent, typed: ProfileContent) -> list[Difference]:
    """Every field the two do not agree on, in the order of the form, as text."""
    pairs = ((name, label, _said(name, getattr(saved, name)), _said(name, getattr(typed, name))) for name, label in NAMES.items())
    return [Difference(label, before, after) for _, label, before, after in pairs if before != after]


def _said(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "references":
        return "\n\n".join("\n".join(part for part in each.said if part) for each in value)
    named = {"themes": lambda key: themes()[key].name, "sdgs": lambda key: f"{key}. {sdgs()[key].name}", "places": place_name}
    if isinstance(value, list):
        return ", ".join(str(named[name](each)) if name in named else each for each in sorted(value))
    return str(value)
