"""Who comes: as many persons as there are and room for one more, for three at least and forty at most, each with the times when the person cannot."""

from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.validators import Length, ValidationError

from matchmaker.accounts.addresses import spelling, valid_address
from matchmaker.core.forms import Checks, PlainForm
from matchmaker.core.texts import clean_line
from matchmaker.meetings.models import Participant
from matchmaker.meetings.services.people import Comer, listed, overtaken, standing_people
from matchmaker.meetings.states import Answer

ANSWERS = [
    (Answer.NONE.value, _l("Ikke svart")),
    (Answer.COMES.value, _l("Kommer")),
    (Answer.DECLINED.value, _l("Kommer ikke")),
    (Answer.WAITING.value, _l("På venteliste")),
]
PEOPLE = 3
"""How many there is room for at least."""
MOST = 40
"""How many can come: as many rows are read of what a browser sends, and no free one is shown beyond them."""


class Row(NamedTuple):
    """The fields of one person."""

    number: int
    known: HiddenField
    name: StringField
    email: StringField
    substitute: BooleanField
    away: Checks

    @property
    def filled(self) -> bool:
        """Something stands there, or is wrong."""
        return any(field.data or field.errors for field in self[2:])


class PeopleForm(PlainForm):
    """`people_of(participant)` gives what to open it with; `offering`: it is a company's, which is shown a company's address as an example."""

    listed = HiddenField()
    stood = HiddenField()

    def __init__(self, *arguments, offering: bool = False, **values) -> None:
        super().__init__(*arguments, **values)
        self.example = "navn@bedrift.no" if offering else "navn@kommune.no"
        self.stands: list[Comer] | None = None

    def process(self, formdata=None, obj=None, data=None, extra_filters=None, **values) -> None:
        """With the rows that were sent; where none was, one for each that comes and a free one."""
        formdata = self.meta.wrap_formdata(self, formdata)
        self.sent = formdata is not None and "name1" in formdata
        given, self.size = (formdata if self.sent else data) or {}, PEOPLE
        while f"name{self.size + 1}" in given and (self.size < MOST or not self.sent):
            self.size += 1
        if not self.sent and f"name{self.size}" in given and self.size < MOST:
            self.size += 1
        for number in range(1, self.size + 1):
            for name, field in _row().items():
                BaseForm.__setitem__(self, f"{name}{number}", field)  # `Form` itself takes fields of its class alone
        super().process(formdata, obj, data, extra_filters, **values)

    def people(self) -> list[Row]:
        return [Row(number, *(self[f"{name}{number}"] for name in Row._fields[1:])) for number in range(1, self.size + 1)]

    @property
    def said(self) -> list[Comer] | None:
        """Who comes, where that is another list than the page showed; None where it was left as it was, so that what somebody has said meanwhile stays."""
        return None if not self.sent or self.listed.data == listed(self.comers) else self.comers

    @property
    def new_answer(self) -> Answer | None:
        """To the invitation: whoever says who comes says yes."""
        return Answer.COMES

    def refuse(self, participant: Participant) -> None:
        """Where others have answered or changed the list since, what stands now is shown beside what was typed, which counts if it is sent again."""
        if self.new_answer is not None and overtaken(participant.answer, self.stood.data or "", self.new_answer):
            self.stood.data = participant.answer
            self.form_errors.append(answered_since(participant))
        standing = standing_people(participant)
        if self.said is None or self.listed.data == listed(standing):
            return
        self.stands, self.listed.data = standing, listed(standing)
        self.form_errors.append(_("Noen har endret hvem som kommer mens siden sto åpen. Ingenting er lagret ennå."))

    @property
    def comers(self) -> list[Comer]:
        """As the verbs take them."""
        return [
            Comer(row.name.data or "", row.email.data or "", bool(row.substitute.data), set(row.away.data or ()), _number(row.known.data))
            for row in self.people()
        ]


def answered_since(participant: Participant) -> str:
    """What stands now, for who answered from an older page."""
    shown = dict(ANSWERS)[participant.answer]
    return _("Svaret er endret til «%(answer)s» mens siden sto åpen. Ingenting er lagret ennå. Svar på nytt hvis det skal være annerledes.", answer=shown)


def people_of(participant: Participant) -> dict:
    found: dict = {"listed": listed(standing_people(participant)), "stood": participant.answer}
    for number, person in enumerate(participant.representatives, start=1):
        found |= {f"known{number}": str(person.id), f"name{number}": person.name, f"email{number}": person.email}
        found |= {f"substitute{number}": person.substitute, f"away{number}": [each.slot_id for each in person.absences]}
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _address_or_nothing(form, field) -> None:
    """A wrong address is said to be the person's it belongs to: in the summary of errors three fields have the same label."""
    if not field.data:
        return
    try:
        valid_address(form, field)
    except ValidationError:
        number = field.name.removeprefix("email")
        who = form[f"name{number}"].data or _("person %(number)s", number=number)
        raise ValidationError(_("Skriv en gyldig e-postadresse til %(who)s, for eksempel %(example)s.", who=who, example=form.example)) from None


def _row() -> dict[str, UnboundField]:
    """The fields of one person, not yet of a form."""
    return {
        "known": HiddenField(),
        "name": StringField(_l("Navn"), filters=[clean_line], validators=[Length(max=120)]),
        "email": StringField(_l("E-postadresse"), filters=[spelling], validators=[_address_or_nothing]),
        "substitute": BooleanField(_l("Vara: kommer bare hvis en annen ikke kan")),
        "away": Checks(_l("Kan ikke"), coerce=int, validate_choice=False),
    }
