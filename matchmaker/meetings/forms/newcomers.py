"""Registering without an account, for an organisation that is not in the service yet."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from matchmaker.accounts.forms import NEEDED, address_field, name_field
from matchmaker.core.texts import clean
from matchmaker.organisations.forms import OrganisationFields
from matchmaker.organisations.models import Kind

SIDES = {
    Kind.MUNICIPALITY: _l("En kommunal avdeling som har et behov"),
    Kind.STARTUP: _l("En oppstartsbedrift som har en løsning"),
    Kind.CLUSTER_PARTNER: _l("En klyngepartner som har en løsning"),
}


class NewcomerForm(OrganisationFields):
    words = TextAreaField(
        _l("Hva trenger eller tilbyr dere?"), filters=[clean], validators=[NEEDED, Length(min=20, max=2000, message=_l("Skriv fra %(min)d til %(max)d tegn."))]
    )
    name = name_field(_l("Navnet ditt"))
    email = address_field(_l("E-postadresse"))

    def __init__(self, *positional, **arguments):
        super().__init__(*positional, **arguments)
        self.kind.choices = [(str(kind), label) for kind, label in SIDES.items()]

    def asked(self) -> dict:
        """As `ask_to_take_part` takes it."""
        return {**super().asked(), "words": self.words.data, "name": self.name.data, "email": self.email.data}
