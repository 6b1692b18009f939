"""Text that holds or begins with some letters, large or small, on every database."""

from functools import reduce

from sqlalchemy import ColumnElement, func


def holds_text(column, text: str) -> ColumnElement[bool]:
    """SQL: the column holds the text; "ås" finds "Ås" and "BÆRUM" finds "Bærum"."""
    return _small(column, text).contains(text.lower(), autoescape=True)


def one_below_another(*columns) -> ColumnElement[str]:
    """SQL: the columns as one text, a line each, so that a word is sought in all of them at once and never across two."""
    first, *others = columns
    return reduce(lambda whole, column: whole + "\n" + column, others, first)


def begins_with_text(column, text: str) -> ColumnElement[bool]:
    """SQL: the column begins with the text, whichever way the letters stand."""
    return _small(column, text).startswith(text.lower(), autoescape=True)


def _small(column, text: str):
    """SQLite, and PostgreSQL in the locale C, make small letters of A-Z alone: the others that the text has are replaced one by one."""
    for letter in sorted({each for each in text.lower() if not each.isascii()}):
        if len(letter.upper()) == 1 and letter.upper() != letter:
            column = func.replace(column, letter.upper(), letter)
    return func.lower(column)
