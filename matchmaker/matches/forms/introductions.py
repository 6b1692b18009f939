"""What people write when they introduce, answer, withdraw and converse."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from matchmaker.core.forms import PlainForm
from matchmaker.core.texts import clean

LONGEST = 5000
OTHER = "other"

REASONS = {
    "capacity": _l("Vi har ikke kapasitet nå"),
    "fit": _l("Behovet passer ikke det vi lager"),
    "maturity": _l("Løsningen er ikke moden nok for en pilot ennå"),
    "timing": _l("Tidsplanen passer ikke"),
    "place": _l("Vi kan ikke levere i dette området"),
    OTHER: _l("Noe annet"),
}

_required = DataRequired(_l("Skriv noe her."))
_short_enough = Length(max=LONGEST, message=_l("Teksten er for lang. Høyst %(max)d tegn."))


class IntroductionForm(PlainForm):
    message = TextAreaField(_l("Melding til virksomheten"), filters=[clean], validators=[_required, _short_enough])


class AcceptForm(PlainForm):
    """Accepting needs no words."""


class DeclineForm(PlainForm):
    """One of the common reasons, and words; the words are required where the reason is another."""

    cause = RadioField(_l("Hvorfor ikke nå?"), choices=list(REASONS.items()), validators=[InputRequired(_l("Velg en grunn."))])
    text = TextAreaField(_l("Mer om hvorfor"), filters=[clean], validators=[_short_enough])

    def validate_text(self, field) -> None:
        if self.cause.data == OTHER and not field.data:
            raise ValidationError(_("Skriv hvorfor."))

    @property
    def reason(self) -> str:
        """The reason in words, as the other side reads it."""
        chosen = "" if self.cause.data == OTHER else str(REASONS[self.cause.data]) + "."
        return "\n".join(filter(None, (chosen, self.text.data)))


class WithdrawForm(PlainForm):
    text = TextAreaField(_l("Hvorfor trekker dere den?"), filters=[clean], validators=[_required, _short_enough])


class MessageForm(PlainForm):
    text = TextAreaField(_l("Skriv en melding"), filters=[clean], validators=[_required, _short_enough])
