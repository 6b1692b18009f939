"""Text that holds or begins with some letters, large or small, on every database."""

from sqlalchemy import ColumnElement, func


def holds_text(column, text: str) -> ColumnElement[bool]:
    """SQL: the column holds the text; "ås" finds "Ås" and "BÆRUM" finds "Bærum"."""
    return _small(column, text).contains(text.lower(), autoescape=True)


def begins_with_text(column, text: str) -> ColumnElement[bool]:
    """SQL: the column begins with the text, whichever way the letters stand."""
    return _small(column, text).startswith(text.lower(), autoescape=True)


def _small(column, text: str):
    """SQLite, and PostgreSQL in the locale C, make small letters of A-Z alone: the others that the text has are replaced one by one."""
    for letter in sorted({each for each in text.lower() if not each.isascii()}):
        if len(letter.upper()) == 1 and letter.upper() != letter:
            column = func.replace(column, letter.upper(), letter)
    return func.lower(column)
