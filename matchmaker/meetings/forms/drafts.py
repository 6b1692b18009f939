"""What a participant without an account says of its need or its offer."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from matchmaker.accounts.forms import NEEDED
from matchmaker.core.forms import PlainForm
from matchmaker.core.texts import clean, clean_line
from matchmaker.meetings.models import Participant
from matchmaker.meetings.states import Side

LONGEST_TITLE, LONGEST_WORDS = 200, 10_000


class DraftForm(PlainForm):
    version = HiddenField()
    title = StringField(_l("Kort tittel"), filters=[clean_line], validators=[NEEDED, Length(max=LONGEST_TITLE, message=_l("Høyst %(max)d tegn."))])
    words = TextAreaField(_l("Hva trenger dere?"), filters=[clean], validators=[NEEDED, Length(max=LONGEST_WORDS, message=_l("Høyst %(max)d tegn."))])

    def __init__(self, side: Side, **values) -> None:
        super().__init__(**values)
        if side == Side.OFFER:
            self.words.label.text = _l("Hva tilbyr dere?")
            del self.title

    @property
    def said(self) -> dict:
        """As `describe` takes it."""
        typed = self.version.data or ""
        title = {"title": self.title.data} if "title" in self else {}
        return {**title, "words": self.words.data, "version": int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0}


def draft_of(who: Participant) -> dict:
    """What the form opens with."""
    if who.challenge is not None:
        return {"title": who.challenge.title, "words": who.challenge.need, "version": str(who.challenge.version)}
    assert who.profile is not None  # the constraint "side" says so
    return {"words": who.profile.summary, "version": str(who.profile.version)}
