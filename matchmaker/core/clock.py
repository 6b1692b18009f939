"""One clock. Times are stored as aware UTC; people read them in Europe/Oslo."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

_fixed: datetime | None = None


def now() -> datetime:
    """The present, aware, in UTC."""
    return _fixed or datetime.now(UTC)


def fix(moment: datetime | None) -> None:
    """Hold the clock at `moment` (aware), or let it go with None. For tests and the demo's past."""
    global _fixed
    _fixed = moment


def today():
    """The date people in Norway see on the wall."""
    return now().astimezone(OSLO).date()
