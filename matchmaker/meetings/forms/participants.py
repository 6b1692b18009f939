"""One participant: how many meetings, when it cannot come, and who comes."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, ValidationError

from matchmaker.accounts.addresses import spelling, valid_address
from matchmaker.core.forms import Checks, PlainForm
from matchmaker.core.texts import clean_line
from matchmaker.meetings.forms.fields import count

PEOPLE = 3


class ParticipantForm(PlainForm):
    least = count(_l("Minst antall møter"))
    most = count(_l("Høyst antall møter"))
    away = Checks(_l("Kan ikke komme"), coerce=int, validate_choice=False)

    def validate_most(self, field) -> None:
        if field.data is not None and self.least.data is not None and field.data < self.least.data:
            raise ValidationError(_("Høyeste antall kan ikke være mindre enn laveste."))

    def people(self) -> list[tuple]:
        """The pairs of fields (name, address) of those who come."""
        return [(self[f"name{number}"], self[f"email{number}"]) for number in range(1, PEOPLE + 1)]

    @property
    def representatives(self) -> list[tuple[str, str]]:
        return [(name.data or "", email.data or "") for name, email in self.people()]


def _address_or_nothing(form, field) -> None:
    if field.data:
        valid_address(form, field)


for number in range(1, PEOPLE + 1):
    setattr(ParticipantForm, f"name{number}", StringField(_l("Navn"), filters=[clean_line], validators=[Length(max=120)]))
    setattr(ParticipantForm, f"email{number}", StringField(_l("E-postadresse"), filters=[spelling], validators=[_address_or_nothing]))
