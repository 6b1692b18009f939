"""How far a letter has come, in words people understand."""

from flask_babel import gettext as _

from matchmaker.core.i18n import moment
from matchmaker.core.mail import Letter


def delivery(letter: Letter) -> str:
    """Sendt …, Venter, Ikke levert – vi prøver igjen …, Ikke levert, or Ligger i utboksen."""
    if letter.state == "sent":
        return _("Sendt %(when)s", when=moment(letter.sent_at))
    if letter.state == "failed":
        return _("Ikke levert. Vi har gitt opp å prøve.")
    if letter.state == "kept":
        return _("Ligger i utboksen")
    if letter.attempts and letter.next_try_at:
        return _("Ikke levert – vi prøver igjen %(when)s", when=moment(letter.next_try_at))
    return _("Venter")
