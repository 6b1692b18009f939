"""Reading the outbox as the one who gets the letters would."""

import re

from sqlalchemy import select

from matchmaker.core.database import db
from matchmaker.core.mail import Letter

GOOD = "riktig hest batteri stift"
OTHER = "fire tilfeldige ord her"


def letters_to(address: str) -> list[Letter]:
    """Oldest first."""
    return list(db.session.scalars(select(Letter).where(Letter.recipient == address).order_by(Letter.id)))


def link_in(letter: Letter, word: str) -> str:
    """The path of the first address in the letter that holds the word."""
    return next(path for path in re.findall(r"http://[^/\s]+(/\S*)", letter.body) if word in path)
