"""What a challenge says, as plain values: the fields a form fills in, a snapshot to keep, and what differs between two."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from matchmaker.challenges.models import Challenge, Requirement

TEXTS = ("title", "need", "situation", "effect", "affected", "test_places", "contribution", "contact_name", "contact_email")
DATES = ("test_from", "test_to", "questions_due", "answers_due")
FIELDS = (
    "title", "need", "situation", "effect", "affected", "requirements", "test_places", "test_from", "test_to", "contribution",
    "themes", "sdgs", "maturity_wanted", "budget_from", "budget_to", "questions_due", "answers_due", "contact_name", "contact_email", "language",
)  # fmt: skip
"""Every field people write, in the order of the page."""


def fill(challenge: Challenge, content: Mapping[str, Any]) -> None:
    """Write the given fields. `requirements` is a list of (text, essential). Raises KeyError for a field that is not one of FIELDS."""
    for name, value in content.items():
        if name not in FIELDS:
            raise KeyError(name)
        if name == "requirements":
            _fill_requirements(challenge, value)
        elif getattr(challenge, name) != value:
            setattr(challenge, name, value)


def _fill_requirements(challenge: Challenge, wanted: list[tuple[str, bool]]) -> None:
    wanted = [(text, bool(essential)) for text, essential in wanted if text]
    wanted.sort(key=lambda pair: not pair[1])
    if [(each.text, each.essential) for each in challenge.requirements] != wanted:
        challenge.requirements[:] = [Requirement(position=number, text=text, essential=essential) for number, (text, essential) in enumerate(wanted)]


def values(challenge: Challenge) -> dict[str, Any]:
    """Every field with its value; the same shape as `fill` takes."""
    kept: dict[str, Any] = {name: getattr(challenge, name) for name in FIELDS if name != "requirements"}
    kept["requirements"] = [(each.text, each.essential) for each in challenge.requirements]
    return {name: kept[name] for name in FIELDS}


def snapshot(content: Mapping[str, Any]) -> dict[str, Any]:
    """The values as JSON holds them: dates as ISO text, pairs as lists, tags sorted."""
    return {name: _plain(name, content[name]) for name in FIELDS if name in content}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields that two snapshots do not agree on, in the order of the page. A field missing from one counts as empty there."""
    return [name for name in FIELDS if (before.get(name) or "") != (after.get(name) or "")]


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if name == "requirements":
        return [[text, bool(essential)] for text, essential in value if text]
    if name in {"themes", "sdgs"}:
        return sorted({str(each) for each in value or ()})
    return value
