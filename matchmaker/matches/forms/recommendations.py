"""Why a coordinator recommends a pair."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from matchmaker.core.forms import PlainForm
from matchmaker.core.texts import clean


class RecommendationForm(PlainForm):
    text = TextAreaField(
        _l("Hvorfor passer de?"),
        filters=[clean],
        validators=[DataRequired(_l("Skriv noe her.")), Length(max=2000, message=_l("Teksten er for lang. Høyst %(max)d tegn."))],
    )
