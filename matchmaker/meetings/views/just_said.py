"""What was just said of somebody, which the pages of the day repeat with the undo."""

from typing import Any

from flask import request

from matchmaker.core.access import row_number
from matchmaker.meetings import day_queries
from matchmaker.meetings.models import Event


def just_said(event: Event) -> dict[str, Any]:
    """`?satt=` is who was reported gone, `?tilbake=` who is there again, and `?siden=` since when it was gone till then."""
    since = request.args.get("siden", "")
    return {"missed": day_queries.missed(event, row_number("satt")), "returned": day_queries.returned(event, row_number("tilbake")), "since": since}
