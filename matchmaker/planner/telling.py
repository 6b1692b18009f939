"""How a check's lines show what stands in a file: ids and values, whatever they are."""

from collections.abc import Iterable
from typing import Any

from matchmaker.planner.problem import Pair


def kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}
    return "nothing" if value is None else kinds.get(type(value), "that")


def shown(value: Any) -> str:
    """A value as a line can hold it: printable, and no longer than a line."""
    if isinstance(value, str):
        text = value if value.isprintable() and value.strip() else ascii(value)
        return text if len(text) <= 80 else text[:79] + "…"
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < 10**15 and not isinstance(value, bool)):
        return str(value)
    return kind(value)


def listed(ids: Iterable[str]) -> str:
    names = [shown(each) for each in ids]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def named(pair: Pair) -> str:
    return f"{shown(pair.need)} – {shown(pair.offer)}"


def listed_pairs(pairs: Iterable[Pair]) -> str:
    return " and ".join(named(pair) for pair in pairs)
