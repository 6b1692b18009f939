"""Places by what people write: a number, a name, or a name with its county where two municipalities share it."""

import re
from functools import cache

from matchmaker.core.reference import counties, municipalities, place_name


def find_place(written: str) -> str | None:
    """The number of what is meant by `3101`, `Halden`, `Halden kommune`, `3101 Halden`, `Herøy (Nordland)` or `Østfold`.

    None when it is unknown, or when two municipalities share the name and no county tells them apart.
    """
    words = " ".join(written.casefold().split())
    number = re.match(r"(\d{4}|\d{2})\b", words)
    if number:
        return number[1] if number[1] in municipalities() or number[1] in counties() else None
    return _by_name().get(words) or _by_name().get(re.sub(r" (fylkes)?kommune?$", "", words))


def place_label(number: str) -> str:
    """What `find_place` understands again: the name, with the county where another municipality has the same."""
    name = place_name(number)
    if find_place(name) == number or number not in municipalities():
        return name
    return f"{name} ({counties()[number[:2]]})"


def split_places(numbers: list[str]) -> tuple[list[str], list[str]]:
    """County numbers, municipality numbers."""
    return [each for each in numbers if len(each) == 2], [each for each in numbers if len(each) == 4]


@cache
def _by_name() -> dict[str, str]:
    """Folded name -> number. A county wins over a municipality of its name (Oslo is both; the county reaches further)."""
    found: dict[str, str | None] = {}
    for municipality in municipalities().values():
        county = counties()[municipality.county_number].casefold()
        for name in {part.strip().casefold() for part in [municipality.name, *municipality.name.split(" - ")]}:
            found[name] = None if name in found else municipality.number
            found[f"{name} ({county})"] = municipality.number
    found.update({name.casefold(): number for number, name in counties().items()})
    return {name: number for name, number in found.items() if number}
