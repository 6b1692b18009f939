"""Fields that complain in our own words."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, TimeField
from wtforms.validators import InputRequired, NumberRange

NEEDED = InputRequired(_l("Fyll ut dette."))
MOST = 40


class Day(DateField):
    """A date as the browser's picker or a Norwegian hand writes it."""

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, validators, format=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)

    def process_formdata(self, valuelist) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Skriv datoen slik: 24.12.2026.")) from None


class Clock(TimeField):
    """A time of day as the browser's picker or a Norwegian hand writes it."""

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, validators, format=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)

    def process_formdata(self, valuelist) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Skriv klokkeslettet slik: 09.30.")) from None


class Count(IntegerField):
    """A whole number; what is none is left to the range to refuse, in our own words."""

    def process_formdata(self, valuelist) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None


def count(label, least: int = 0, most: int = MOST) -> Count:
    return Count(label, validators=[NumberRange(least, most, _l("Skriv et helt tall fra %(min)d til %(max)d."))])
