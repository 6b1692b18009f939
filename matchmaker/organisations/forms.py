"""Forms about organisations and who belongs to them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from stdnum.no import orgnr
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from matchmaker.accounts.forms import NEEDED, address_field, name_field, new_password_field
from matchmaker.core.forms import EMPTY, PlainForm
from matchmaker.core.reference import municipalities
from matchmaker.core.texts import clean, clean_line, web_address, with_scheme
from matchmaker.organisations.models import Kind
from matchmaker.organisations.words import KINDS, ROLES

ASKED_FOR = (Kind.MUNICIPALITY, Kind.STARTUP, Kind.CLUSTER_PARTNER)


def compact(text: str | None) -> str:
    """An organisation number without blanks, dots and country."""
    return orgnr.compact(clean_line(text)).upper().removeprefix("NO").removesuffix("MVA").strip()


def organisation_number(form, field) -> None:
    """WTForms validator: nine digits, the last one checks the others (MOD 11)."""
    if field.data and not orgnr.is_valid(field.data):
        raise ValidationError(_("Det er ikke et gyldig organisasjonsnummer. Det har ni sifre."))


def municipality_choices() -> list[tuple[str, str]]:
    """Every municipality by name; the county stands beside names that two share."""
    names = [each.name for each in municipalities().values()]
    said = ((each.number, f"{each.name} ({each.county})" if names.count(each.name) > 1 else each.name) for each in municipalities().values())
    return [("", _("Velg kommune")), *sorted(said, key=lambda item: item[1])]


def longest(number: int) -> Length:
    return Length(max=number, message=_l("Høyst %(max)d tegn."))


class OrganisationFields(PlainForm):
    """What one says about an organisation. A municipal department needs its municipality and a department name; the others a name."""

    kind = RadioField(
        _l("Hva representerer du?"),
        choices=[(str(kind), KINDS[kind]) for kind in ASKED_FOR],
        validators=[DataRequired(message=_l("Velg ett av alternativene."))],
    )
    municipality_number = SelectField(_l("Kommune"), validators=[EMPTY])
    department = StringField(_l("Avdeling"), filters=[clean_line], validators=[Optional(), longest(120)])
    organisation_name = StringField(_l("Navnet på virksomheten"), filters=[clean_line], validators=[Optional(), longest(200)])
    org_number = StringField(_l("Organisasjonsnummer"), filters=[compact], validators=[Optional(), longest(20), organisation_number])

    def __init__(self, *positional, **arguments):
        super().__init__(*positional, **arguments)
        self.municipality_number.choices = municipality_choices()

    def validate(self, extra_validators=None) -> bool:
        good = super().validate(extra_validators)
        for field in self._needed():
            if not field.data and not field.errors:
                field.errors = [_("Fyll ut dette feltet.")]
                good = False
        return good

    def _needed(self) -> list[Field]:
        """Nothing before a kind is chosen: what one kind needs contradicts what another does."""
        if not self.kind.data:
            return []
        return [self.municipality_number, self.department] if self.kind.data == Kind.MUNICIPALITY else [self.organisation_name]

    def asked(self) -> dict:
        """The values, ready for the services; the municipality names its own departments."""
        municipal = self.kind.data == Kind.MUNICIPALITY
        place = self.municipality_number.data or ""
        name = f"{municipalities()[place].name} kommune" if municipal else self.organisation_name.data
        said = {"kind": Kind(self.kind.data), "organisation_name": name, "department": self.department.data if municipal else ""}
        return {**said, "org_number": self.org_number.data or "", "municipality_number": place}


class JoinForm(OrganisationFields):
    message = TextAreaField(_l("Melding til koordinatoren"), filters=[clean], validators=[Optional(), longest(2000)])

    def asked(self) -> dict:
        return {**super().asked(), "message": self.message.data or ""}


class RegisterForm(JoinForm):
    name = name_field(_l("Navnet ditt"))
    email = address_field(_l("E-postadresse"))
    password = new_password_field(_l("Passord"))


class NewOrganisationForm(OrganisationFields):
    """A coordinator adds an organisation; a cluster too."""

    website = StringField(_l("Nettsted"), filters=[clean_line, with_scheme], validators=[Optional(), longest(300), web_address])

    def __init__(self, *positional, **arguments):
        super().__init__(*positional, **arguments)
        self.kind.choices = [(str(kind), label) for kind, label in KINDS.items()]


class EditOrganisationForm(PlainForm):
    name = StringField(_l("Navn"), filters=[clean_line], validators=[NEEDED, longest(200)])
    department = StringField(_l("Avdeling"), filters=[clean_line], validators=[Optional(), longest(120)])
    org_number = StringField(_l("Organisasjonsnummer"), filters=[compact], validators=[Optional(), longest(20), organisation_number])
    municipality_number = SelectField(_l("Kommune"), validators=[EMPTY])
    website = StringField(_l("Nettsted"), filters=[clean_line, with_scheme], validators=[Optional(), longest(300), web_address])

    def __init__(self, *positional, **arguments):
        super().__init__(*positional, **arguments)
        self.municipality_number.choices = municipality_choices()


class DecideForm(PlainForm):
    """Approve: `organisation` is an id or 'new'."""

    organisation = RadioField(_l("Hvor hører personen til?"), validators=[DataRequired(message=_l("Velg ett av alternativene."))])


class DeclineForm(PlainForm):
    reason = TextAreaField(_l("Hvorfor sier dere nei?"), filters=[clean], validators=[NEEDED, longest(2000)])


class InviteForm(PlainForm):
    email = address_field(_l("E-postadresse"))
    role = RadioField(_l("Rolle"), validators=[DataRequired(message=_l("Velg ett av alternativene."))])

    def offer(self, roles) -> None:
        """Only these roles may be chosen; a single one is chosen already."""
        self.role.choices = [(str(role), ROLES[role]) for role in roles]
        if len(roles) == 1 and not self.role.data:
            self.role.data = str(roles[0])


class NewcomerForm(PlainForm):
    name = name_field(_l("Navnet ditt"))
    password = new_password_field(_l("Lag et passord"))

    def __init__(self, *, email: str, **arguments):
        super().__init__(**arguments)
        self.whose = email


class RoleForm(PlainForm):
    organisation = SelectField(_l("Virksomhet"), validators=[NEEDED])
    role = RadioField(
        _l("Rolle"), choices=[(str(role), label) for role, label in ROLES.items()], validators=[DataRequired(message=_l("Velg ett av alternativene."))]
    )
