"""What was just said of somebody, which the pages of the day repeat with the undo."""

from datetime import UTC, datetime
from typing import Any

from flask import request

from matchmaker.core.access import row_number
from matchmaker.meetings import day_queries, day_words, queries
from matchmaker.meetings.models import Event


def just_said(event: Event) -> dict[str, Any]:
    """`?satt=` is who was reported gone, `?tilbake=` who is there again, and `?siden=` since when it was gone till then, with the plan of then.

    `gone_word`: what being gone is called of a participant, on the buttons and in the receipt.
    """
    since, version = gone_since(event, request.args.get("siden"), request.args.get("versjon")), published_number(event)
    named = {"missed": day_queries.missed(event, row_number("satt")), "returned": day_queries.returned(event, row_number("tilbake"))}
    return {**named, "since": since and since.isoformat(), "version": version, "gone_word": day_words.gone_word}


def published_number(event: Event) -> int:
    """The version that people have been told; 0 before any."""
    published = queries.published_plan(event)
    return published.number if published else 0


def gone_since(event: Event, text: str | None, version: str | None) -> datetime | None:
    """What an address or a form says, in UTC. None for anything but a moment with its time zone, for one before the first slot, and once another plan
    than `version` is published: an undo that has lain open does not call off what was told since."""
    try:
        said = datetime.fromisoformat(text or "")
        found = said.astimezone(UTC) if said.tzinfo else None
    except (ValueError, OverflowError):
        return None
    known = found is not None and any(each.starts_at <= found for each in event.slots)
    return found if known and version == str(published_number(event)) else None
