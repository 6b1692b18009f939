"""The filters of suggestions: read from the address, offered as choices, shown as chips."""

from flask_babel import gettext as _

from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.paging import url_with
from matchmaker.core.reference import MATURITY, counties, main_themes
from matchmaker.matches.states import Band
from matchmaker.matches.suggestion_queries import Filters
from matchmaker.organisations.models import Kind

LEVELS = (3, 5, 7, 9)


def filters_from(arguments) -> Filters:
    """Unknown values count as none."""

    def known(name: str, values) -> str:
        value = arguments.get(name, "")
        return value if value in values else ""

    maturity = arguments.get("maturity", type=int)
    return Filters(
        theme=known("theme", main_themes()),
        kind=known("kind", {Kind.STARTUP, Kind.CLUSTER_PARTNER}),
        maturity=maturity if maturity in MATURITY else None,
        county=known("county", counties()),
        language=known("language", LANGUAGES),
        band=known("band", {Band.STRONG, Band.POSSIBLE, Band.STRETCH}),
        dismissed=arguments.get("dismissed") == "1",
    )


def kinds() -> dict[str, str]:
    return {Kind.STARTUP: _("Oppstartsbedrift"), Kind.CLUSTER_PARTNER: _("Klyngepartner")}


def bands() -> dict[str, str]:
    return {Band.STRONG: _("Sterk match"), Band.POSSIBLE: _("Mulig match"), Band.STRETCH: _("Svak match")}


def choices() -> dict[str, list[tuple[str, str]]]:
    """Filter name → (value, words), the first one meaning all."""
    themes = sorted(((theme.id, theme.name) for theme in main_themes().values()), key=lambda item: item[1])
    return {
        "band": [("", _("Alle")), *bands().items()],
        "theme": [("", _("Alle temaer")), *themes],
        "kind": [("", _("Alle")), *kinds().items()],
        "maturity": [("", _("Alle")), *((str(level), _("Minst: %(level)s", level=MATURITY[level])) for level in LEVELS)],
        "county": [("", _("Hele landet")), *counties().items()],
        "language": [("", _("Alle språk")), *LANGUAGES.items()],
    }


def in_use(filters: Filters) -> list[tuple[str, str]]:
    """(words, the address without it) for each filter in use."""
    words = {
        "band": bands().get(filters.band),
        "theme": main_themes()[filters.theme].name if filters.theme else None,
        "kind": kinds().get(filters.kind),
        "maturity": _("Minst: %(level)s", level=MATURITY[filters.maturity]) if filters.maturity else None,
        "county": counties().get(filters.county),
        "language": LANGUAGES.get(filters.language),
    }
    return [(text, url_with(**{name: None, "page": None})) for name, text in words.items() if text]
