"""The reader's language: forms refuse in it, counts and dates are said in it."""

from datetime import UTC, date, datetime

import pytest
from werkzeug.datastructures import MultiDict

from matchmaker.challenges.forms import ChallengeForm
from matchmaker.core import clock
from matchmaker.core.i18n import day, hour, short_day, weekday
from matchmaker.matches.counting import heading
from matchmaker.matches.states import Band

pytestmark = pytest.mark.one_database("sqlite")  # words alone

TYPED = MultiDict({"title": "x" * 201, "need": "", "budget_from": "mye", "test_from": "2026-03-02", "test_to": "2026-03-01", "answers_due": "snart"})


@pytest.fixture
def reading(app):
    """Reads as somebody whose cookie says this language."""
    with app.app_context():
        yield lambda language: app.test_request_context("/", headers={"Cookie": f"language={language}"})


@pytest.mark.parametrize(("language", "words"), [
    ("nb", ["Skriv høyst 200 tegn.", "Skriv hva dere trenger hjelp med.", "Skriv et beløp mellom 0", "Perioden slutter", "Skriv datoen slik"]),
    ("nn", ["Skriv høgst 200 teikn.", "Skriv kva de treng hjelp med.", "Skriv eit beløp mellom 0", "Perioden sluttar", "Skriv datoen slik"]),
    ("en", ["Write at most 200 characters.", "Write what you need help with.", "Write an amount between 0", "The period ends", "Write the date like this"]),
])  # fmt: skip
def test_a_form_refuses_in_the_readers_language(reading, language, words):
    with reading(language):
        form = ChallengeForm(TYPED, meta={"csrf": False})
        assert not form.validate()
        for field, said in zip(("title", "need", "budget_from", "test_to", "answers_due"), words, strict=True):
            assert len(form[field].errors) == 1
            assert said in str(form[field].errors[0])


@pytest.mark.parametrize(("language", "said"), [("nb", "To sterke, én mulig"), ("nn", "To sterke, éin mogleg"), ("en", "Two strong, one possible")])
def test_small_counts_are_words_in_every_language(reading, language, said):
    with reading(language):
        assert heading({Band.STRONG: 2, Band.POSSIBLE: 1}) == said


@pytest.mark.parametrize(("language", "long", "short"), [("nb", "2. mars 2031", "2. mars 2031"), ("nn", "2. mars 2031", "2. mars 2031"), ("en", "2 March 2031", "2 Mar 2031")])
def test_dates_are_written_as_the_language_writes_them(reading, language, long, short):
    with reading(language):
        assert (day(date(2031, 3, 2)), short_day(date(2031, 3, 2))) == (long, short)


@pytest.mark.parametrize(("language", "this", "next_"), [
    ("nb", "onsdag 10. mars", "fredag 10. mars 2028"), ("nn", "onsdag 10. mars", "fredag 10. mars 2028"), ("en", "Wednesday 10 March", "Friday 10 March 2028"),
])  # fmt: skip
def test_a_day_of_another_year_is_said_with_the_year(reading, language, this, next_):
    clock.fix(datetime(2027, 1, 5, 12, tzinfo=UTC))
    with reading(language):
        assert (weekday(date(2027, 3, 10)), weekday(date(2028, 3, 10))) == (this, next_)


@pytest.mark.parametrize(("language", "said"), [("nb", "10.05"), ("nn", "10.05"), ("en", "10:05")])
def test_the_clock_is_norwegian_time_written_as_the_language_writes_it(reading, language, said):
    with reading(language):
        assert hour(datetime(2031, 3, 2, 9, 5, tzinfo=UTC)) == said
