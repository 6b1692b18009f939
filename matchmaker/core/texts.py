"""What people type, made safe to keep: one normal form, no invisible or direction-turning characters, no NUL."""

import re
import unicodedata

from flask_babel import gettext as _
from wtforms import ValidationError

INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def clean(text: str | None) -> str:
    """NFC, line ends as \\n, invisible and bidirectional control characters out, outer blanks off. Emoji joiners go too; the emoji stay."""
    if not text:
        return ""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return INVISIBLE.sub("", text).strip()


def clean_line(text: str | None) -> str:
    """As `clean`, on one line."""
    return " ".join(clean(text).split())


def web_address(form, field) -> None:
    """WTForms validator: http(s) only, so that no `javascript:` link is ever kept."""
    if field.data and not re.match(r"https?://[^\s/$.?#][^\s]*$", field.data, re.IGNORECASE):
        raise ValidationError(_("Skriv hele adressen, med https:// foran."))
