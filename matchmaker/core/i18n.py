"""Language: bokmål first, nynorsk and English complete. Message ids are the bokmål text itself, so bokmål needs no catalogue."""

from datetime import date, datetime, tzinfo
from decimal import Decimal

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext
from flask_login import current_user

from matchmaker.core.clock import OSLO, now, today

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
ACCEPTED = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en", "da": "nb", "sv": "nb"}
babel = Babel()


def choose_locale() -> str:
    """The signed-in person's choice, then the cookie, then the browser's wish (`no` means bokmål), then bokmål."""
    if not has_request_context():
        return g.get("locale", "nb")
    chosen = getattr(current_user, "locale", None) or request.cookies.get("language")
    if chosen in LANGUAGES:
        return chosen
    for wish, _ in request.accept_languages:
        found = ACCEPTED.get(wish.split("-")[0].lower())
        if found:
            return found
    return "nb"


def choose_theme() -> str:
    """`light`, `dark` or `auto`."""
    chosen = getattr(current_user, "theme", None) or request.cookies.get("theme")
    return chosen if chosen in {"light", "dark"} else "auto"


def in_language_of(person):
    """Context manager: words in the language this person reads, for letters written in somebody else's request."""
    return force_locale(getattr(person, "locale", None) or "nb")


def _calendar() -> str:
    """Whose way of writing dates: English is the British one."""
    language = str(get_locale())
    return "en_GB" if language == "en" else language


def day(value: date | datetime | None, length: str = "long") -> str:
    """11. mars 2026; '' for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(OSLO).date()
    return format_date(value, format=length, locale=_calendar())


def short_day(value: date | datetime | None) -> str:
    """11. mars, with the year only when it is another one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(OSLO).date()
    form = "d MMM" if _calendar() == "en_GB" else "d. MMM"
    return format_date(value, format=form if value.year == today().year else f"{form} y", locale=_calendar())


def weekday(value: date) -> str:
    """onsdag 11. mars, with the year only when it is another one."""
    form = "EEEE d MMMM" if _calendar() == "en_GB" else "EEEE d. MMMM"
    return format_date(value, format=form if value.year == today().year else f"{form} y", locale=_calendar())


def hour(value: datetime, zone: tzinfo = OSLO) -> str:
    """09.25, with a colon in English."""
    return format_datetime(value.astimezone(zone), "HH:mm" if _calendar() == "en_GB" else "HH.mm", locale=_calendar())


def moment(value: datetime | None) -> str:
    """11. mars 2026, 09.25"""
    return "" if value is None else f"{day(value)}, {hour(value)}"


def ago(value: datetime | None) -> str:
    """for to måneder siden"""
    if value is None:
        return ""
    gone = value - now()
    if abs(gone.total_seconds()) < 60:
        return gettext("nå nettopp")
    return format_timedelta(gone, add_direction=True, locale=get_locale())


def number(value: int | float | Decimal | None) -> str:
    """12 345,6 the way the language writes it."""
    return "" if value is None else format_decimal(value, locale=get_locale())


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=choose_locale)
    app.jinja_env.filters.update(day=day, short_day=short_day, moment=moment, weekday=weekday, ago=ago, number=number)
    app.context_processor(lambda: {"locale": str(get_locale()), "theme": choose_theme(), "languages": LANGUAGES})
