"""What one participant thought of the event."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.core.forms import PlainForm
from matchmaker.core.texts import clean

SCORES = [(5, _l("5: stor nytte")), (4, "4"), (3, "3"), (2, "2"), (1, _l("1: liten nytte"))]
AGAIN = [("yes", _l("Ja")), ("no", _l("Nei"))]
LONGEST = 2000


class FeedbackForm(PlainForm):
    score = RadioField(_l("Hvor nyttig var det for dere?"), choices=SCORES, coerce=int, validators=[InputRequired(_l("Velg ett av tallene."))])
    again = RadioField(_l("Ville dere kommet igjen?"), choices=AGAIN, validators=[Optional()])
    words = TextAreaField(_l("Hva var bra, og hva kunne vært bedre?"), filters=[clean], validators=[Length(max=LONGEST)])

    @property
    def would_come_again(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.again.data or "")
