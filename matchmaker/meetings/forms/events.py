"""An event, its slots and its tables."""

from datetime import date, time
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from matchmaker.core.clock import today
from matchmaker.core.forms import PlainForm
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.texts import clean, clean_line
from matchmaker.meetings.forms.fields import NEEDED, Clock, Count, Day, count
from matchmaker.meetings.models import Event
from matchmaker.meetings.services.arranging import FIELDS, MORE
from matchmaker.meetings.states import Side
from matchmaker.meetings.times import NoPause, NoSuchTime, Span, generated, pauses_in, span

LONGEST_EVENT = 5
MOST_TABLES = 40
WHOLE = _l("Skriv et helt tall fra %(min)d til %(max)d.")
STAYING = [(Side.NEED.value, _l("Avdelingene; bedriftene går rundt")), (Side.OFFER.value, _l("Bedriftene; avdelingene går rundt"))]


class EventForm(PlainForm):
    title = StringField(_l("Navn på arrangementet"), filters=[clean_line], validators=[DataRequired(_l("Skriv et navn.")), Length(max=200)])
    place = StringField(_l("Sted"), filters=[clean_line], validators=[Length(max=200)])
    first_day = Day(_l("Første dag"), validators=[NEEDED])
    last_day = Day(_l("Siste dag"), validators=[Optional()])
    wishes_due = Day(_l("Siste dag for møteønsker"), validators=[NEEDED])
    need_least = count(_l("Avdelinger: minst"))
    need_most = count(_l("Avdelinger: høyst"), 1)
    offer_least = count(_l("Bedrifter: minst"))
    offer_most = count(_l("Bedrifter: høyst"), 1)
    registration_due = Day(_l("Siste dag for påmelding"), validators=[Optional()])
    capacity = Count(_l("Plass til"), validators=[Optional(), NumberRange(1, 2000, WHOLE)])
    language = SelectField(_l("Språk"), choices=list(LANGUAGES.items()), default="nb")
    staying = SelectField(_l("Hvem blir sittende?"), choices=STAYING, default=Side.NEED.value)
    unexpected_most = Count(_l("Uventede møter, høyst"), default=0, validators=[Optional(), NumberRange(0, 3, WHOLE)])
    token = HiddenField()

    def validate_last_day(self, field) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("Siste dag kan ikke komme før første dag."))
        if field.data and self.first_day.data and (field.data - self.first_day.data).days >= LONGEST_EVENT:
            raise ValidationError(_("Et arrangement kan vare i høyst %(days)s dager.", days=LONGEST_EVENT))

    def validate_wishes_due(self, field) -> None:
        if field.data and self.first_day.data and field.data > self.first_day.data:
            raise ValidationError(_("Fristen må være senest den første dagen."))
        begun = self.first_day.data is None or self.first_day.data < today()
        if field.data and field.data < today() and field.data != field.object_data and not begun:
            raise ValidationError(_("Den dagen har vært. Da er det ingen som får gitt ønsker."))

    def validate_registration_due(self, field) -> None:
        last = self.last_day.data or self.first_day.data
        if field.data and last and field.data > last:
            raise ValidationError(_("Påmeldingen må være over senest den siste dagen."))

    def validate_need_most(self, field) -> None:
        _no_less(field, self.need_least)

    def validate_offer_most(self, field) -> None:
        _no_less(field, self.offer_least)

    @property
    def more(self) -> list:
        """The fields that are folded until one of them says something out of the ordinary."""
        return [self[name] for name in MORE]

    @property
    def unusual(self) -> bool:
        filled = self.registration_due.data or self.capacity.data or self.language.data != "nb" or self.staying.data != Side.NEED or self.unexpected_most.data
        return bool(filled or any(field.errors for field in self.more))

    def content(self) -> dict:
        """As `create_event` takes it: an event without a last day lasts one."""
        found = {name: getattr(self, name).data for name in (*FIELDS, *MORE)}
        return found | {"last_day": found["last_day"] or found["first_day"], "unexpected_most": found["unexpected_most"] or 0}


def _no_less(field, least) -> None:
    if field.data is not None and least.data is not None and field.data < least.data:
        raise ValidationError(_("Høyeste antall kan ikke være mindre enn laveste."))


class _OfADay(PlainForm):
    """A form about one of the event's days. `choices`: (ISO date, words)."""

    day = SelectField(_l("Dag"), coerce=date.fromisoformat)

    def __init__(self, choices: list[tuple[str, str]], **arguments) -> None:
        super().__init__(**arguments)
        self.day.choices = choices  # type: ignore[assignment]  # pairs are what a select takes

    def between(self, start, end, zone: ZoneInfo) -> Span | None:
        """What lies between two times of the chosen day; None, with the error at its field, where that is nothing."""
        try:
            found = span(self.day.data, start.data, end.data, zone)
        except NoSuchTime:
            end.errors = [*end.errors, _("Klokka stilles fram denne natta, og dette klokkeslettet finnes ikke.")]
            return None
        if found.starts_at >= found.ends_at:
            end.errors = [*end.errors, _("Slutten må komme etter starten.")]
            return None
        return found


class SlotForm(_OfADay):
    start = Clock(_l("Fra"), validators=[NEEDED])
    end = Clock(_l("Til"), validators=[NEEDED])

    def spans(self, event: Event) -> list[Span]:
        found = self.between(self.start, self.end, event.zone)
        return [found] if found else []


class SlotsForm(_OfADay):
    """The generator."""

    start = Clock(_l("Første møte begynner"), validators=[NEEDED], default=time(9))
    end = Clock(_l("Siste møte slutter senest"), validators=[NEEDED], default=time(15))
    minutes = count(_l("Minutter i hvert møte"), 5, 240)
    gap = count(_l("Minutter mellom møtene"), 0, 120)
    pauses = TextAreaField(_l("Pauser"), filters=[clean], validators=[Length(max=500)])

    def spans(self, event: Event) -> list[Span]:
        """Empty, with the error at its field, where nothing comes of it."""
        whole = self.between(self.start, self.end, event.zone)
        if whole is None:
            return []
        try:
            pauses = [span(self.day.data, *each, event.zone) for each in pauses_in(self.pauses.data)]
        except NoSuchTime:
            self.pauses.errors = [_("Klokka stilles fram denne natta, og dette klokkeslettet finnes ikke.")]
            return []
        except NoPause:
            self.pauses.errors = [_("Skriv pausene slik: 11.30–12.15. Én på hver linje.")]
            return []
        found = generated(whole, minutes=self.minutes.data or 0, gap=self.gap.data or 0, pauses=pauses)
        if not found:
            self.end.errors = [_("Det er ikke plass til et eneste møte mellom disse klokkeslettene.")]
        return found


class TablesForm(PlainForm):
    names = TextAreaField(_l("Bord, ett på hver linje"), filters=[clean])

    def validate_names(self, field) -> None:
        lines = self.lines
        if not lines:
            raise ValidationError(_("Skriv minst ett bord."))
        if len(lines) > MOST_TABLES:
            raise ValidationError(_("Høyst %(most)s bord.", most=MOST_TABLES))
        if any(len(line) > 80 for line in lines):
            raise ValidationError(_("Et navn kan ha høyst 80 tegn."))
        if len(set(lines)) < len(lines):
            raise ValidationError(_("To bord kan ikke hete det samme."))

    @property
    def lines(self) -> list[str]:
        return [line for line in (clean_line(each) for each in (self.names.data or "").splitlines()) if line]
