"""Which column is which field: a guess from the header, in any of our languages or in the words others use."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import force_locale

from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.texts import normal


@dataclass(frozen=True)
class Field:
    """`label` is the header an export writes. `also` are headers that mean the same elsewhere. `many`: several columns may flow into it.

    `instead` names a field that gets this one's column when nothing else does: a lone description is what people read first.
    """

    name: str
    label: object
    also: tuple[str, ...] = ()
    required: bool = False
    many: bool = False
    instead: str = ""


def plain(header: str) -> str:
    """Letters and digits only, in one case, without accents that differ between spellings."""
    return "".join(letter for letter in normal(header, "NFKC").casefold() if letter.isalnum())


def names_of(field: Field) -> set[str]:
    """Every spelling of the field's header, plain."""
    found = {plain(field.name), *map(plain, field.also)}
    for language in LANGUAGES:
        with force_locale(language):
            found.add(plain(str(field.label)))
    return found


def guess(header: Iterable[str], fields: Iterable[Field]) -> dict[str, str]:
    """Column number (as text) -> field. The first column of a name wins, unless the field takes many."""
    fields = tuple(fields)
    known = {name: field for field in reversed(fields) for name in names_of(field)}
    found: dict[str, str] = {}
    for number, title in enumerate(header):
        field = known.get(plain(title))
        if field and (field.many or field.name not in found.values()):
            found[str(number)] = field.name
    for field in fields:
        if field.instead and field.name in found.values() and field.instead not in found.values():
            found = {number: field.instead if name == field.name else name for number, name in found.items()}
    return found


def unused(header: list[str], mapping: dict[str, str]) -> list[str]:
    """Titles of the columns that go nowhere."""
    return [title or f"({number + 1})" for number, title in enumerate(header) if str(number) not in mapping]


def values_of(cells: list[str], mapping: dict[str, str]) -> dict[str, str]:
    """Field -> cell, with several columns of one field joined by semicolons. Only mapped fields are there."""
    found: dict[str, str] = {}
    for number, name in mapping.items():
        cell = cells[int(number)] if int(number) < len(cells) else ""
        found[name] = f"{found[name]}; {cell}" if found.get(name) and cell else found.get(name) or cell
    return found
