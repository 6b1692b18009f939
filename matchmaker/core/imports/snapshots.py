"""What stood in a row's columns, as JSON, and putting it back."""

from datetime import date
from typing import Any

from sqlalchemy import Date, inspect


def changes(item, values: dict[str, Any]) -> dict[str, Any]:
    """The values that differ from what stands in the item. Lists count as sets."""
    return {name: value for name, value in values.items() if _comparable(getattr(item, name)) != _comparable(value)}


def _comparable(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | tuple | set) else value


def snapshot(item, names) -> dict[str, Any]:
    """The columns as JSON can hold them."""
    return {name: value.isoformat() if isinstance(value := getattr(item, name), date) else value for name in names}


def restore(item, saved: dict[str, Any]) -> None:
    """The reverse of `snapshot`."""
    columns = inspect(type(item)).columns
    for name, value in saved.items():
        setattr(item, name, date.fromisoformat(value) if isinstance(value, str) and isinstance(columns[name].type, Date) else value)
