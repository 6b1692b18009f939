"""Forms about one's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, RadioField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from matchmaker.accounts import passwords
from matchmaker.accounts.addresses import spelling, valid_address
from matchmaker.core.forms import PlainForm
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.texts import clean_line

NEEDED = DataRequired(message=_l("Fyll ut dette feltet."))
ADDRESS_LENGTH = Length(max=254, message=_l("E-postadressen kan ha høyst %(max)d tegn."))
NAME_LENGTH = Length(max=120, message=_l("Navnet kan ha høyst %(max)d tegn."))
TYPED = [InputRequired(message=_l("Fyll ut dette feltet.")), Length(max=passwords.LONGEST, message=_l("Passordet kan ha høyst %(max)d tegn."))]


def strong(form, field) -> None:
    """WTForms validator for a new password; looks at the form's own address and name too."""
    email, name = (getattr(form, other).data if other in form else "" for other in ("email", "name"))
    found = passwords.weakness(field.data or "", email=email or getattr(form, "whose", ""), name=name or "")
    if found:
        raise ValidationError(found)


def address_field(label) -> StringField:
    return StringField(label, filters=[spelling], validators=[NEEDED, ADDRESS_LENGTH, valid_address])


def name_field(label) -> StringField:
    return StringField(label, filters=[clean_line], validators=[NEEDED, NAME_LENGTH])


def new_password_field(label) -> PasswordField:
    return PasswordField(label, validators=[InputRequired(message=_l("Fyll ut dette feltet.")), strong])


class SignInForm(PlainForm):
    email = StringField(_l("E-postadresse"), filters=[spelling], validators=[NEEDED])
    password = PasswordField(_l("Passord"), validators=TYPED)
    remember = BooleanField(_l("Hold meg innlogget på denne maskinen"))


class ConfirmForm(PlainForm):
    password = PasswordField(_l("Passordet du valgte"), validators=TYPED)


class ForgottenForm(PlainForm):
    email = address_field(_l("E-postadresse"))


class NewPasswordForm(PlainForm):
    password = new_password_field(_l("Nytt passord"))

    def __init__(self, *, email: str, **arguments):
        super().__init__(**arguments)
        self.whose = email


class ChangePasswordForm(NewPasswordForm):
    old = PasswordField(_l("Passordet du har nå"), validators=TYPED)


class ChangeAddressForm(PlainForm):
    email = address_field(_l("Ny e-postadresse"))
    password = PasswordField(_l("Passordet ditt"), validators=TYPED)


class PersonForm(PlainForm):
    name = name_field(_l("Navn"))
    locale = RadioField(_l("Språk"), choices=list(LANGUAGES.items()))
    theme = RadioField(_l("Utseende"), choices=[("light", _l("Lyst")), ("dark", _l("Mørkt")), ("auto", _l("Som på maskinen"))])


class DeleteForm(PlainForm):
    typed = StringField(_l("Skriv e-postadressen din for å bekrefte"), filters=[spelling], validators=[NEEDED])
    password = PasswordField(_l("Passordet ditt"), validators=TYPED)
