"""What people type, made safe to keep: one normal form, no invisible or direction-turning characters, no NUL."""

import re
import unicodedata
from functools import cache
from itertools import groupby
from typing import Literal

from flask_babel import gettext as _
from wtforms import ValidationError

INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
MOST_MARKS = 30
"""Accents on one letter, as in Unicode's stream-safe text: no language has more."""
WITHOUT_SCHEME = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d+)?(?:[/?#]\S*)?")
"""`example.no`, with a port and a path: no scheme before it, and no person's name."""


def normal(text: str, form: Literal["NFC", "NFKC"] = "NFC") -> str:
    """One normal form. Of a pile of accents on one letter only the first 30 are kept: putting n of them in order takes n² steps."""
    if text.isascii():
        return text
    return _piles().sub(r"\1", unicodedata.normalize(form, _piles().sub(r"\1", text)))


@cache
def _piles() -> re.Pattern[str]:
    """More than 30 signs in a row that a normal form puts in order, or turns into such signs."""
    ordered = [code for code in range(0x300, 0x20000) if unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[0])]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])]
    signs = "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)
    return re.compile(f"([{signs}]{{{MOST_MARKS}}})[{signs}]+")


def clean(text: str | None) -> str:
    """NFC, line ends as \\n, invisible and bidirectional control characters out, outer blanks off. Emoji joiners go too; the emoji stay."""
    if not text:
        return ""
    return normal(INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def clean_line(text: str | None) -> str:
    """As `clean`, on one line."""
    return " ".join(clean(text).split())


def with_scheme(text: str) -> str:
    """`text` with https:// before each word that is a web address without a scheme; everything else as it stands."""
    return re.sub(r"\S+", lambda word: f"https://{word[0]}" if WITHOUT_SCHEME.fullmatch(word[0]) else word[0], text)


def web_address(form, field) -> None:
    """WTForms validator: http(s) only, so that no `javascript:` link is ever kept."""
    if field.data and not re.match(r"https?://[^\s/$.?#][^\s]*$", field.data, re.IGNORECASE):
        raise ValidationError(_("Skriv hele adressen, med https:// foran."))
