"""Forms that complain in our own words: what the library says about a wrong value exists in English and bokmål alone."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

NOT_THERE = _l("Velg blant dem som står her.")
WORDS = {
    "Invalid Choice: could not coerce.": NOT_THERE,
    "Invalid choice(s): one or more data inputs could not be coerced.": NOT_THERE,
    "Not a valid choice.": NOT_THERE,
    "'%(value)s' is not a valid choice for this field.": NOT_THERE,
}
EMPTY = Optional(strip_whitespace=False)
"""For a select: nothing chosen is allowed. Blanks are no choice; WTForms' own `Optional()` would let them through unlooked at."""


class Words:
    """WTForms' translations: its English sentence, ours in the reader's language. One we do not know yet is at least no riddle."""

    def gettext(self, sentence: str) -> str:
        return str(WORDS.get(sentence) or _("Dette er ikke riktig fylt ut."))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one)


class PlainForm(FlaskForm):
    class Meta(FlaskForm.Meta):
        def get_translations(self, form) -> Words:
            return Words()


class Checks(SelectMultipleField):
    """Several of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
