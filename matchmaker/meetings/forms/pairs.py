"""What a coordinator says of a pair, and what is done with a meeting."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from matchmaker.core.collation import alphabetical
from matchmaker.core.forms import PlainForm
from matchmaker.core.texts import clean_line
from matchmaker.meetings.brief import AnyParticipant
from matchmaker.meetings.states import Level, Side
from matchmaker.meetings.wording import Names
from matchmaker.organisations.models import Role
from matchmaker.organisations.queries import people_with

LEVELS = [(Level.MUST.value, _l("De må møtes")), (Level.NO.value, _l("De skal ikke møtes"))]


class PairForm(PlainForm):
    """Nobody is chosen beforehand: a word too many here keeps two apart."""

    need = SelectField(_l("Avdeling"), coerce=int, validators=[NumberRange(min=1, message=_l("Velg én."))])
    offer = SelectField(_l("Bedrift"), coerce=int, validators=[NumberRange(min=1, message=_l("Velg én."))])
    level = RadioField(_l("Hva gjelder det?"), choices=LEVELS, validators=[InputRequired(_l("Velg én."))])
    reason = StringField(_l("Hvorfor?"), filters=[clean_line], validators=[DataRequired(_l("Skriv kort hvorfor.")), Length(max=300)])

    companion = SelectField(_l("Koordinator sitter i"), coerce=int, default=0)

    def __init__(self, names: Names, **arguments) -> None:
        super().__init__(**arguments)
        nobody = (0, _("Velg"))
        self.need.choices, self.offer.choices = [nobody, *of_side(names, Side.NEED)], [nobody, *of_side(names, Side.OFFER)]  # type: ignore[assignment]  # pairs are what a select takes
        self.coordinators = {each.id: each for each in people_with(Role.COORDINATOR)}
        found = sorted(self.coordinators.values(), key=lambda each: each.name.casefold())
        self.companion.choices = [(0, _("Ingen")), *((each.id, each.name) for each in found)]  # type: ignore[assignment]


class MeetingForm(PlainForm):
    """A meeting put in by hand. `place` is "slot-table"."""

    need = SelectField(_l("Avdeling"), coerce=int)
    offer = SelectField(_l("Bedrift"), coerce=int)
    place = SelectField(_l("Tid og bord"))
    held = BooleanField(_l("Møtet holdes eller ble holdt da, selv om tidsluka har begynt"))

    def __init__(self, names: Names, free: list[tuple[str, str]], **arguments) -> None:
        super().__init__(**arguments)
        self.need.choices, self.offer.choices = of_side(names, Side.NEED), of_side(names, Side.OFFER)  # type: ignore[assignment]  # pairs are what a select takes
        self.place.choices = free  # type: ignore[assignment]  # pairs are what a select takes


def of_side(names: Names, side: Side) -> list[tuple[int, str]]:
    found: list[AnyParticipant] = [each for each in names.event.participants if each.side == side]
    return sorted(((each.id, names.told_apart(each)) for each in found), key=lambda each: alphabetical(each[1]))
