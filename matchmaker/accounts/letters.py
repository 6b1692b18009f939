"""Letters: a text file under templates/ whose first line is the subject, in the language of the one who reads it."""

from collections.abc import Sequence

from flask import current_app

from matchmaker.core import mail
from matchmaker.core.i18n import in_language_of


def write(template: str, *, to: str, reader=None, about=None, attached: Sequence[mail.Attachment] = (), **values) -> mail.Letter:
    """Put `templates/<template>.txt` in the outbox for the address `to`. `reader` is the person whose language counts; bokmål when None."""
    with in_language_of(reader):
        subject, _, body = current_app.jinja_env.get_template(f"{template}.txt").render(reader=reader, address=address_of, **values).strip().partition("\n")
    return mail.post(to=to, subject=subject, body=body.strip() + "\n", about=about, attached=attached)


def address_of(endpoint: str, **values) -> str:
    """The full address of a page as people outside reach it; needs no request."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return current_app.config["MATCHMAKER_BASE_URL"].rstrip("/") + path
