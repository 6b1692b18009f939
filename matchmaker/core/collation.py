"""Names in the order of a Norwegian telephone book."""

import unicodedata

LAST = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
"""The three signs that follow z, for the three letters that do."""


def alphabetical(name: str) -> str:
    """What to sort a name by: æ, ø and å last, case and other accents aside."""
    ours = unicodedata.normalize("NFC", name).casefold().translate(LAST)
    return "".join(sign for sign in unicodedata.normalize("NFKD", ours) if not unicodedata.combining(sign))
