"""The idea sketch and the feedback on it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from matchmaker.core.forms import PlainForm
from matchmaker.core.texts import clean, clean_line

LONG, SHORT, LINE = 3000, 5000, 300

_required = DataRequired(_l("Skriv noe her."))


def _at_most(most: int) -> Length:
    return Length(max=most, message=_l("Teksten er for lang. Høyst %(max)d tegn."))


class SketchForm(PlainForm):
    """A draft may lack anything; what is sent may not: see `ready`."""

    idea = TextAreaField(_l("Ideen"), filters=[clean], validators=[Optional(), _at_most(LONG)])
    plan = TextAreaField(_l("Slik vil vi prøve den ut"), filters=[clean], validators=[Optional(), _at_most(LONG)])
    needs_from_municipality = TextAreaField(_l("Dette trenger vi fra kommunen"), filters=[clean], validators=[Optional(), _at_most(LONG)])
    price = StringField(_l("Prisramme for piloten"), filters=[clean_line], validators=[Optional(), _at_most(LINE)])
    version = HiddenField()

    def ready(self) -> bool:
        """Everything the department needs is there; marks what is missing."""
        valid = self.validate()
        for field in (self.idea, self.plan, self.needs_from_municipality):
            if not field.data:
                field.errors = [*field.errors, _("Skriv noe her før dere sender.")]
                valid = False
        return valid

    @property
    def sketch(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("idea", "plan", "needs_from_municipality", "price")}


class FeedbackForm(PlainForm):
    """Written feedback; required where it is a no."""

    feedback = TextAreaField(_l("Tilbakemelding til virksomheten"), filters=[clean], validators=[_required, _at_most(SHORT)])


class ChooseForm(PlainForm):
    feedback = TextAreaField(_l("Hilsen til virksomheten"), filters=[clean], validators=[Optional(), _at_most(SHORT)])
