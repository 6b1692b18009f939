"""What is filled in on the day itself."""

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from matchmaker.core.forms import PlainForm
from matchmaker.core.i18n import weekday
from matchmaker.meetings import rules
from matchmaker.meetings.forms.fields import Clock
from matchmaker.meetings.models import Event
from matchmaker.meetings.times import NoSuchTime, moment


class ClockForm(PlainForm):
    """A time on one of the event's days, as the wall there shows it; today where today is one of them."""

    at = Clock(_l("Klokkeslett"), validators=[Optional()])
    day = SelectField(_l("Dag"), coerce=date.fromisoformat, validators=[Optional()])

    def __init__(self, event: Event, **arguments) -> None:
        super().__init__(**arguments)
        self.zone = event.zone
        days = {each.starts_at.astimezone(event.zone).date() for each in event.slots} | {event.first_day, event.last_day}
        self.day.choices = [(each.isoformat(), weekday(each)) for each in sorted(days)]  # type: ignore[assignment]  # pairs are what a select takes
        if not any(self.day.raw_data or ()):
            self.day.data = min(max(rules.day_there(event), event.first_day), event.last_day)

    @property
    def several_days(self) -> bool:
        return len(self.day.choices or ()) > 1

    def moment(self) -> datetime | None:
        """In UTC; None where no time is written, or one that nobody sees on a wall there: then the error stands at its field."""
        if self.at.data is None or self.day.data is None:
            return None
        try:
            return moment(self.day.data, self.at.data, self.zone)
        except NoSuchTime:
            self.at.errors = [*self.at.errors, _("Klokka stilles fram denne natta, og dette klokkeslettet finnes ikke.")]
            return None
