"""What a form says about a wrong value: our words, in the reader's language."""

import inspect
import re

import pytest
from flask_babel import force_locale
from wtforms import SelectField
from wtforms.fields import choices

from matchmaker.core.forms import EMPTY, NOT_THERE, WORDS, Checks, PlainForm

SAID = {"nb": "Velg blant dem som står her.", "nn": "Vel blant dei som står her.", "en": "Choose among those listed here."}


class Chosen(PlainForm):
    one = SelectField(choices=[("", ""), ("a", "A")], validators=[EMPTY])
    number = SelectField(choices=[(1, "1")], coerce=int, default=1)
    some = Checks(choices=[("a", "A"), ("b", "B")])


def errors(app, body: str, locale: str = "nb") -> dict[str, list[str]]:
    with app.test_request_context(method="POST", data=body, content_type="application/x-www-form-urlencoded"), force_locale(locale):
        form = Chosen()
        form.validate()
        return {name: [str(each) for each in found] for name, found in form.errors.items()}


@pytest.mark.parametrize("locale", SAID)
def test_a_choice_that_is_not_there_is_refused_in_the_readers_language(app, locale):
    assert errors(app, "one=x&number=x&some=a&some=x", locale) == {name: [SAID[locale]] for name in ("one", "number", "some")}


def test_blanks_are_no_choice_and_nothing_is_one(app):
    assert errors(app, "one=+++&number=1&some=+") == {"one": [str(NOT_THERE)], "some": [str(NOT_THERE)]}
    assert errors(app, "one=&number=1") == {}
    assert errors(app, "number=1") == {}


def test_every_sentence_the_library_has_about_a_choice_has_words_here():
    said = re.findall(r'(?:n?gettext)\(\s*"((?!Choices cannot)[^"]+)"', inspect.getsource(choices))
    assert sorted(said) == sorted(WORDS)
