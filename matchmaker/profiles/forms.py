"""The profile's form, and its rows of references."""

from contextlib import suppress

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from matchmaker.core.forms import EMPTY, Checks, PlainForm
from matchmaker.core.i18n import LANGUAGES as TEXT_LANGUAGES
from matchmaker.core.reference import MATURITY, counties, main_themes, sdgs
from matchmaker.core.texts import clean, clean_line, web_address, with_scheme
from matchmaker.profiles.content import LANGUAGES, MOST_KEYWORDS, MOST_LINKS, MOST_REFERENCES, TEXT_LIMIT, ProfileContent, ReferenceContent
from matchmaker.profiles.places import find_place, place_label, split_places


def language_name(code: str) -> str:
    return str(Locale.parse(str(get_locale() or "nb")).languages.get(code, code))


def language_title(code: str) -> str:
    """The name at the head of a line; «Northern Sami» keeps its second capital."""
    name = language_name(code)
    return name[:1].upper() + name[1:]


def _text(label, **extra) -> TextAreaField:
    return TextAreaField(label, filters=[clean], validators=[Optional(), Length(max=TEXT_LIMIT, message=_l("Høyst %(max)d tegn."))], **extra)


def _line(label, limit: int, *validators) -> StringField:
    return StringField(label, filters=[clean_line], validators=[*(validators or [Optional()]), Length(max=limit, message=_l("Høyst %(max)d tegn."))])


class ReferenceForm(Form):
    """One row. `reference_id` says which saved reference it is; empty for a new one."""

    reference_id = HiddenField()
    customer = _line(_l("Hvem har brukt det?"), 200)
    period = _line(_l("Når?"), 60)
    result = TextAreaField(_l("Hva ble resultatet?"), filters=[clean], validators=[Optional(), Length(max=2000, message=_l("Høyst %(max)d tegn."))])
    link = StringField(
        _l("Lenke til kilden"), filters=[clean_line, with_scheme], validators=[Optional(), Length(max=300, message=_l("Høyst %(max)d tegn.")), web_address]
    )

    def validate_customer(self, field) -> None:
        if not field.data and (self.period.data or self.result.data or self.link.data):
            raise ValidationError(_l("Skriv hvem som har brukt det, eller fjern referansen."))

    @property
    def content(self) -> ReferenceContent:
        number = self.reference_id.data or ""
        return ReferenceContent(
            self.customer.data, self.period.data, self.result.data, self.link.data, int(number) if number.isascii() and number.isdigit() else None
        )


class Count(IntegerField):
    """A whole number; what is none is left to the range to refuse, in our own words."""

    def process_formdata(self, valuelist) -> None:
        with suppress(ValueError):
            super().process_formdata(valuelist)


class ProfileForm(PlainForm):
    version = HiddenField()
    name = _line(_l("Navn"), 200, DataRequired(_l("Skriv navnet på løsningen eller virksomheten.")))
    summary = _text(_l("Hva gjør dere, og for hvem?"))
    problem = _text(_l("Hvilket problem løser dere?"))
    how = _text(_l("Hvordan virker det?"))
    references = FieldList(FormField(ReferenceForm), max_entries=MOST_REFERENCES)
    maturity = SelectField(_l("Hvor moden er løsningen?"), validators=[EMPTY])
    themes = Checks(_l("Tema"))
    sdgs = Checks(_l("Bærekraftsmål"))
    counties = Checks(_l("Fylker dere leverer i"))
    municipalities = StringField(_l("Enkelte kommuner"), filters=[clean], validators=[Optional(), Length(max=2000, message=_l("Høyst %(max)d tegn."))])
    languages = Checks(_l("Språk løsningen finnes på"))
    capacity = Count(_l("Nye piloter dere kan ta nå"), validators=[Optional(), NumberRange(0, 1000, _l("Skriv et helt tall fra 0 til 1000."))])
    links = TextAreaField(_l("Nettsider"), filters=[clean, with_scheme], validators=[Optional(), Length(max=1600, message=_l("Høyst %(max)d tegn."))])
    keywords = StringField(_l("Stikkord"), filters=[clean_line], validators=[Optional(), Length(max=1500, message=_l("Høyst %(max)d tegn."))])
    location = _line(_l("Sted dere holder til"), 500)
    language = SelectField(_l("Språket teksten er skrevet på"))
    logo = FileField(_l("Logo"))
    remove_logo = BooleanField(_l("Fjern logoen"))
    consent = BooleanField(_l("Ja, vis profilen vår for alle"))

    def __init__(self, *arguments, **values) -> None:
        super().__init__(*arguments, **values)
        self.maturity.choices = [("", _l("Ikke valgt")), *((str(level), f"{level} – {words}") for level, words in MATURITY.items())]
        self.themes.choices = sorted(((key, theme.name) for key, theme in main_themes().items()), key=lambda choice: choice[1])
        self.sdgs.choices = [(key, f"{key}. {goal.name}") for key, goal in sdgs().items()]
        self.counties.choices = list(counties().items())
        self.languages.choices = [(code, language_title(code)) for code in LANGUAGES]
        self.language.choices = list(TEXT_LANGUAGES.items())

    def validate_municipalities(self, field) -> None:
        unknown = [name for name in _split(field.data) if find_place(name) is None]
        if unknown:
            raise ValidationError(_("Vi kjenner ikke «%(name)s». Skriv navnet på kommunen.", name=unknown[0]))

    def validate_links(self, field) -> None:
        links = field.data.split()
        if len(links) > MOST_LINKS or any(len(link) > 300 for link in links):
            raise ValidationError(_l("Høyst fem nettsider, én på hver linje."))
        for link in links:
            web_address(self, _Holding(link))

    def validate_keywords(self, field) -> None:
        words = _split(field.data)
        if len(words) > MOST_KEYWORDS or any(len(word) > 60 for word in words):
            raise ValidationError(_l("Høyst 25 stikkord på 60 tegn, med komma mellom."))

    @property
    def content(self) -> ProfileContent:
        """What was written, ready for the services. Empty reference rows are left out."""
        places = [*(self.counties.data or []), *(find_place(name) or "" for name in _split(self.municipalities.data))]
        return ProfileContent(
            name=self.name.data,
            summary=self.summary.data,
            problem=self.problem.data,
            how=self.how.data,
            maturity=int(self.maturity.data) if self.maturity.data else None,
            themes=sorted(self.themes.data or []),
            sdgs=sorted(self.sdgs.data or []),
            places=sorted({place for place in places if place}),
            languages=sorted(self.languages.data or []),
            capacity=self.capacity.data,
            links=sorted({link.replace("|", "%7C") for link in (self.links.data or "").split()}),
            keywords=sorted({word.replace("|", "/") for word in _split(self.keywords.data)}),
            location=self.location.data,
            language=self.language.data,
            references=tuple(row.form.content for row in self.references if row.form.customer.data),
        )

    def fill(self, content: ProfileContent) -> None:
        """Show what is saved."""
        chosen_counties, chosen_municipalities = split_places(content.places)
        for name in ("name", "summary", "problem", "how", "themes", "sdgs", "languages", "capacity", "location", "language"):
            getattr(self, name).data = getattr(content, name)
        self.maturity.data = str(content.maturity or "")
        self.counties.data = chosen_counties
        self.municipalities.data = ", ".join(place_label(number) for number in chosen_municipalities)
        self.links.data = "\n".join(content.links)
        self.keywords.data = ", ".join(content.keywords)
        while self.references.entries:
            self.references.pop_entry()
        for each in content.references:
            self.references.append_entry(
                {"reference_id": str(each.id or ""), "customer": each.customer, "period": each.period, "result": each.result, "link": each.link}
            )

    def press(self, add: bool, remove: str | None) -> None:
        """A press on «Legg til» or «Fjern»: one empty row more, or the row of that number less; all words stay."""
        rows = [row.form.data for row in self.references]
        if remove is not None and remove.isascii() and remove.isdigit() and int(remove) < len(rows):
            rows.pop(int(remove))
        if add:
            rows.append({"reference_id": "", "customer": "", "period": "", "result": "", "link": ""})
        while self.references.entries:
            self.references.pop_entry()
        for row in rows[:MOST_REFERENCES]:
            self.references.append_entry(row)


class _Holding:
    """One link of many, in the shape a field validator reads."""

    def __init__(self, data: str) -> None:
        self.data = data


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").replace("\n", ",").replace(";", ",").split(",") if part.strip()]
