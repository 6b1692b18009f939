"""One participant: its answer, how many meetings, when it cannot come, and who comes."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import Optional, ValidationError

from matchmaker.core.forms import Checks
from matchmaker.meetings.forms.fields import count
from matchmaker.meetings.forms.people import ANSWERS, PeopleForm
from matchmaker.meetings.models import Participant
from matchmaker.meetings.services.taking_part import limits_of
from matchmaker.meetings.states import Answer


class ParticipantForm(PeopleForm):
    answer = RadioField(_l("Svar på invitasjonen"), choices=ANSWERS, validators=[Optional()])
    limits = HiddenField()
    least = count(_l("Minst antall møter"))
    most = count(_l("Høyst antall møter"))
    away = Checks(_l("Kan ikke komme"), coerce=int, validate_choice=False)

    def __init__(self, *arguments, **values) -> None:
        super().__init__(*arguments, **values)
        self.limits_stand = False

    def refuse(self, participant: Participant) -> None:
        """The same for how many meetings it is to have, and when it cannot come."""
        super().refuse(participant)
        typed, standing = limits_of(participant, self.least.data or 0, self.most.data or 0, self.away.data or ()), limits_of(participant)
        if self.limits.data in {typed, standing}:
            return
        self.limits_stand, self.limits.data = True, standing
        self.form_errors.append(_("Noen har endret møtene eller tidene mens siden sto åpen. Ingenting er lagret ennå."))

    def offer_answers(self, participant: Participant) -> None:
        """Who waits for a place has answered: it gets one, waits on, or does not come. A page from before it waited is taken as it was."""
        if participant.answer == self.stood.data == Answer.WAITING:
            self.answer.choices = [each for each in ANSWERS if each[0] != Answer.NONE]

    @property
    def new_answer(self) -> Answer | None:
        """None where the answer was left as the page showed it: what somebody has answered meanwhile stays."""
        return Answer(self.answer.data) if self.answer.data and self.answer.data != self.stood.data else None

    def validate_most(self, field) -> None:
        if field.data is not None and self.least.data is not None and field.data < self.least.data:
            raise ValidationError(_("Høyeste antall kan ikke være mindre enn laveste."))
