"""What people type about a challenge, made safe and checked. Words for people are the form's; what a rule means is in `rules`."""

from contextlib import suppress
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import DateField, FieldList, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional, Regexp, ValidationError

from matchmaker.core.forms import Checks, PlainForm
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.reference import MATURITY, main_themes, sdgs
from matchmaker.core.texts import clean, clean_line

LONGEST_TITLE, LONGEST_TEXT, LONGEST_REQUIREMENT, MOST_REQUIREMENTS = 200, 10_000, 500, 40

NOT_CONTENT = {"token", "version", "organisation", "essential", "nice", "csrf_token"}
ADDRESS = r"[^@\s<>\"']+@[^@\s<>\"'.]+(\.[^@\s<>\"'.]+)+$"
"""Looser than for an account: a contact may be at a name that only the municipality's own net knows."""


class AtMost:
    """As WTForms' Length, without the maxlength attribute: a browser would cut what is pasted and say nothing."""

    def __init__(self, most: int):
        self.most = most

    def __call__(self, form, field) -> None:
        if len(field.data or "") > self.most:
            raise ValidationError(ngettext("Skriv høyst %(num)d tegn.", "Skriv høyst %(num)d tegn.", self.most))


class Kroner(IntegerField):
    """A whole amount; blanks between the thousands and «kr» are let through. What is no number is left to the range to refuse, in our own words."""

    def process_formdata(self, valuelist) -> None:
        self.data = None
        if valuelist and (typed := "".join(valuelist[0].lower().removesuffix("kr").removeprefix("kr").split())):
            with suppress(ValueError):
                super().process_formdata([typed.removesuffix(",-")])


class Day(DateField):
    """A date as the browser's picker or a Norwegian hand writes it."""

    def __init__(self, label=None, validators=None, **kwargs):
        super().__init__(label, [Optional(), *(validators or []), _sensible], format=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"], **kwargs)

    def process_formdata(self, valuelist) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Skriv datoen slik: 31.12.2026.")) from None


def _sensible(form, field) -> None:
    if field.data is not None and not date(2000, 1, 1) <= field.data <= date(2100, 1, 1):
        raise ValidationError(_("Sjekk årstallet."))


def _number(value):
    return int(value) if str(value or "").isdigit() else None


def _text(label, **more):
    return TextAreaField(label, [AtMost(LONGEST_TEXT)], filters=[clean], **more)


def _amount(label):
    rules = [Optional(), NumberRange(0, 1_000_000_000, _l("Skriv et beløp mellom 0 og 1 000 000 000 kroner."))]
    return Kroner(label, rules)


def _lines(label):
    return FieldList(StringField(_l("Krav"), [AtMost(LONGEST_REQUIREMENT)], filters=[clean_line]), label=label, max_entries=MOST_REQUIREMENTS)


class ChallengeForm(PlainForm):
    """A challenge. Title and need are required to save a draft; `rules.missing_for_publishing` says what publishing takes."""

    token = HiddenField(filters=[clean_line])
    version = HiddenField()
    organisation = SelectField(_l("Avdeling"), coerce=int)
    title = StringField(_l("Tittel"), [DataRequired(_l("Skriv en tittel.")), AtMost(LONGEST_TITLE)], filters=[clean_line])
    need = TextAreaField(_l("Behovet"), [DataRequired(_l("Skriv hva dere trenger hjelp med.")), AtMost(LONGEST_TEXT)], filters=[clean])
    situation = _text(_l("Slik er det i dag"))
    affected = _text(_l("Hvem det gjelder"))
    effect = _text(_l("Hva dere vil oppnå"))
    essential = _lines(_l("Må ha"))
    nice = _lines(_l("Bør ha"))
    test_places = _text(_l("Hvor det kan prøves ut"))
    test_from = Day(_l("Prøveperioden begynner"))
    test_to = Day(_l("Prøveperioden slutter"))
    contribution = _text(_l("Hva dere stiller med"))
    maturity_wanted = SelectField(_l("Hvor ferdig løsningen må være"), coerce=_number)
    budget_from = _amount(_l("Fra kroner"))
    budget_to = _amount(_l("Til kroner"))
    themes = Checks(_l("Tema"))
    sdgs = Checks(_l("Bærekraftsmål"))
    questions_due = Day(_l("Frist for spørsmål"))
    answers_due = Day(_l("Svarfrist"))
    contact_name = StringField(_l("Kontaktperson eller funksjon"), [AtMost(120)], filters=[clean_line])
    contact_email = StringField(
        _l("E-post"), [Optional(), AtMost(254), Regexp(ADDRESS, message=_l("Skriv hele e-postadressen, for eksempel post@kommunen.no."))], filters=[clean_line]
    )
    language = SelectField(_l("Språket dere skriver på"), choices=list(LANGUAGES.items()), default="nb")

    def __init__(self, *args, organisations=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation.choices = [(each.id, each.display_name) for each in organisations]
        self.themes.choices = sorted(((key, theme.name) for key, theme in main_themes().items()), key=lambda pair: pair[1])
        self.sdgs.choices = [(key, f"{key}. {goal.name}") for key, goal in sdgs().items()]
        self.maturity_wanted.choices = [("", _l("Spiller ingen rolle"))] + [(level, f"{level}. {words}") for level, words in MATURITY.items()]
        for rows in (self.essential, self.nice):
            if not rows.entries:
                rows.append_entry()

    def validate_questions_due(self, field) -> None:
        if field.data and self.answers_due.data and field.data > self.answers_due.data:
            raise ValidationError(_("Fristen for spørsmål må være før svarfristen."))

    def validate_test_to(self, field) -> None:
        if field.data and self.test_from.data and field.data < self.test_from.data:
            raise ValidationError(_("Perioden slutter før den begynner."))

    def validate_budget_to(self, field) -> None:
        if field.data is not None and self.budget_from.data is not None and field.data < self.budget_from.data:
            raise ValidationError(_("Det høyeste beløpet er mindre enn det laveste."))

    def rows(self, name: str):
        return {"essential": self.essential, "nice": self.nice}[name]

    def content(self, *, without: frozenset[str] = frozenset()) -> dict:
        """The values as `challenges.content` takes them. `without`: fields to leave as they are."""
        plain = {name: field.data for name, field in self._fields.items() if name not in NOT_CONTENT}
        if not {"essential", "nice"} & without:
            plain["requirements"] = [(text, True) for text in self.essential.data if text] + [(text, False) for text in self.nice.data if text]
        return {name: value for name, value in plain.items() if name not in without}


class ReasonForm(PlainForm):
    """Why a challenge ends."""

    reason = TextAreaField(_l("Begrunnelse"), [DataRequired(_l("Skriv hvorfor. De som følger utfordringen, får lese det.")), AtMost(2000)], filters=[clean])


class ChoiceForm(PlainForm):
    """Words about the choice; may be left out."""

    reason = TextAreaField(_l("Begrunnelse"), [AtMost(2000)], filters=[clean])


class QuestionForm(PlainForm):
    text = TextAreaField(_l("Spørsmålet"), [DataRequired(_l("Skriv spørsmålet.")), AtMost(2000)], filters=[clean])


class AnswerForm(PlainForm):
    text = TextAreaField(_l("Svaret"), [DataRequired(_l("Skriv svaret.")), AtMost(5000)], filters=[clean])
