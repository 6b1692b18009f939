"""E-mail addresses: one spelling for each, so that one person has one account."""

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import gettext as _
from wtforms import ValidationError

from matchmaker.core.texts import clean_line


def spelling(text: str | None) -> str:
    """The address as it is kept and compared: no blanks, lower case. Says nothing about whether it could exist."""
    return clean_line(text).replace(" ", "").lower()[:254]


def valid_address(form, field) -> None:
    """WTForms validator: an address letters could be sent to. Nothing is asked of the network."""
    try:
        validate_email(field.data or "", check_deliverability=False, test_environment=current_app.testing)
    except EmailNotValidError:
        raise ValidationError(_("Skriv en gyldig e-postadresse, for eksempel navn@kommune.no.")) from None
