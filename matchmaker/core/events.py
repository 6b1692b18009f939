"""News travels upward: an area announces a frozen dataclass in the past tense, areas above receive it in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

_receivers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def receives(kind: type):
    """Decorator: call the function for every announced event of exactly this type. Registered once, on import of `receivers.py`."""

    def register(function):
        if function not in _receivers[kind]:
            _receivers[kind].append(function)
        return function

    return register


def announce(event: Any) -> None:
    """Tell every receiver, in the order they registered; an error in one undoes the transaction."""
    for receiver in _receivers[type(event)]:
        receiver(event)
