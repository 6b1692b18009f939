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
from matchmaker.meetings.running import Running
from matchmaker.meetings.times import NoSuchTime, moment
from matchmaker.meetings.wording import Names


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


class ClosingForm(PlainForm):
    """A table that is open, and from when it is not: a slot to come, or now, when one runs."""

    table = SelectField(_l("Hvilket bord?"), coerce=int)
    since = SelectField(_l("Stengt fra og med"))

    def __init__(self, names: Names, at: Running, **arguments) -> None:
        super().__init__(**arguments)
        self._names, self._at = names, at
        coming = [(str(each.id), names.time(each)) for each in names.event.slots if each.id not in at.begun]
        self.table.choices = [(each.id, each.name) for each in names.event.tables if each.closed_from is None]  # type: ignore[assignment]
        self.since.choices = [("now", _("Nå; møtet som går, får bli ferdig"))] * (at.slot is not None) + coming  # type: ignore[assignment]

    def moment(self) -> datetime:
        chosen = self._names.slots.get(int(self.since.data)) if self.since.data != "now" else None
        return chosen.starts_at if chosen else self._at.at
