"""The macros that every page is made of: what they escape, tie together and leave out."""

import re

import pytest
from wtforms import BooleanField, Form, RadioField, SelectMultipleField, StringField, TextAreaField, validators, widgets

from matchmaker.core.paging import Page

pytestmark = pytest.mark.one_database("sqlite")  # templates alone


@pytest.fixture
def macro(app):
    """`macro("match", "band")` gives the macro as a function from arguments to text."""

    def find(file, name):
        def call(*arguments, **named):
            with app.test_request_context("/"):
                return str(getattr(app.jinja_env.get_template(f"core/{file}.html").module, name)(*arguments, **named))

        return call

    return find


class Sample(Form):
    title = StringField("Tittel", [validators.InputRequired("Skriv en tittel.")])
    need = TextAreaField("Behovet")
    kind = RadioField("Hvem er dere?", choices=[("a", "Kommune"), ("b", "Bedrift")], validators=[validators.InputRequired("Velg én.")])
    themes = SelectMultipleField("Temaer", choices=[("x", "Helse")], option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False))
    listed = BooleanField("Vis profilen")


def failed() -> Sample:
    form = Sample(data={})
    form.validate()
    return form


def test_marks_escape_what_people_wrote(macro):
    text = "<b>a</b> & lager"
    assert macro("match", "marked")(text, [(0, 8, 1)]).startswith('<mark class="m1" id="behov-1" data-no="1"><span class="last">&lt;b&gt;a&lt;/b&gt;<span')
    assert macro("match", "marked")(text, []) == "&lt;b&gt;a&lt;/b&gt; &amp; lager"


def test_marks_keep_every_character_once_whatever_the_spans(macro):
    text = "Hvert kjøkken teller på sin måte 🙂 og glemmer."
    marked = macro("match", "marked")(text, [(14, 20, 2), (0, 13, 1), (5, 18, 3), (30, 30, 4), (33, 34, None)])
    shown = re.sub(r'<span class="no">.*?</span>\d</span>|<span class="ds-sr-only">.*?</span>', "", marked)
    assert re.sub(r"<[^>]+>", "", shown) == text
    assert re.findall(r'id="behov-(\d)"', marked) == ["1", "2"]


def test_a_number_stands_with_the_last_word_but_for_one_too_long_for_a_line(macro):
    assert '>gir full <span class="last">oversikt<span class="no">' in macro("match", "marked")("gir full oversikt", [(0, 17, 1)])
    assert f'>{"x" * 60}<span class="last"><span class="no">' in macro("match", "marked")("x" * 60, [(0, 60, 1)])


def test_a_fifth_mark_takes_the_first_colour_again(macro):
    assert 'class="m1"' in macro("match", "marked")("abc", [(0, 1, 5)])


def test_enter_among_ones_own_words_presses_no_reason(macro):
    text = macro("dialog", "because")("Ikke aktuell", "Lufta", "/bort", "Hvorfor?", [("immature", "For umoden")], 7)
    buttons = re.findall(r"<button[^>]*>", text)
    assert [re.findall(r'value="(.*?)"', button) for button in buttons] == [[], ["immature"], [""], ["unsaid"]]
    assert 'tabindex="-1"' in buttons[0]


def test_quotes_lead_to_the_marks_they_answer(macro):
    text = macro("match", "pairs")([{"number": 2, "quote": "varsler før <datoen>", "asked": ""}])
    assert 'href="#behov-2"' in text
    assert "<q>varsler før &lt;datoen&gt;</q>" in text


@pytest.mark.parametrize(("band", "name"), [("strong", "Sterk match"), ("possible", "Mulig match"), ("stretch", "Svak match"), ("none", "Ingen god match")])
def test_a_band_has_a_name_beside_its_bars(macro, band, name):
    assert name in macro("match", "band")(band)


def test_nothing_unmet_is_no_box(macro):
    assert macro("match", "gap")([], "TotalCtrl").strip() == ""


@pytest.mark.parametrize(("name", "letters"), [("TotalCtrl", "TC"), ("Smart Cognition", "SC"), ("vannvakt", "va"), ("KveldsBil (demo)", "KB"), ("Ø", "Ø")])
def test_a_missing_logo_shows_first_letters(macro, name, letters):
    assert f">{letters}<" in macro("match", "logo")(name)


def test_the_thread_says_where_one_stands(macro):
    text = macro("thread", "thread")("meeting", {"match": "3 sterke"}, {"need": "/behov"})
    assert text.count('aria-current="step"') == 1
    assert text.count('class="done"') == 2
    assert '<a class="stop" href="/behov">Behov</a>' in text
    assert '<span class="stop-note">3 sterke</span>' in text
    assert "stopp 3 av 6" in text


def test_a_field_ties_its_help_and_error_to_the_control(macro):
    text = macro("forms", "field")(failed().title, help="Kort og klart.", count=80)
    assert 'aria-describedby="title-help title-count title-error"' in text
    assert 'aria-invalid="true"' in text
    assert 'id="title-error">Skriv en tittel.' in text
    assert '<label class="ds-label" for="title">Tittel</label>' in text


def test_what_may_be_left_out_says_so(macro):
    assert "(valgfritt)" in macro("forms", "field")(failed().need)
    assert "(valgfritt)" not in macro("forms", "field")(failed().title)
    assert "(valgfritt)" not in macro("forms", "field")(failed().listed)


def test_a_group_of_choices_is_a_fieldset_with_a_legend(macro):
    for name, kind in (("kind", "radio"), ("themes", "checkbox")):
        text = macro("forms", "field")(failed()[name])
        assert text.count("<legend>") == 1
        assert f'type="{kind}"' in text


def test_the_error_summary_leads_to_each_field(macro):
    text = macro("forms", "error_summary")(failed())
    assert 'href="#title">Tittel: Skriv en tittel.' in text
    assert 'href="#kind-0">Hvem er dere? Velg én.' in text
    assert macro("forms", "error_summary")(Sample(data={})).strip() == ""


def test_paging_shows_first_last_and_neighbours(macro):
    class Numbered(Page):
        def url(self, number):
            return f"?page={number}"

    assert re.findall(r'href="\?page=(\d+)"', macro("lists", "paging")(Numbered([], 4, 286 * 20))) == ["3", "1", "3", "5", "286", "5"]


def test_one_page_needs_no_paging(macro):
    assert macro("lists", "paging")(Page([], 1, 20)).strip() == ""


def test_facts_leave_out_what_is_not_known_but_keep_nought(macro):
    text = macro("facts", "facts")([("Sted", ""), ("Plass til piloter", 0), ("Språk", None)])
    assert text.count("<dt>") == 1
    assert "<dd>0</dd>" in text


def test_a_bar_of_unknown_length_has_no_value(macro):
    assert "value=" not in macro("progress", "progress")("Klargjør", 0, 0)
    assert 'max="10" value="3"' in macro("progress", "progress")("Leser", 3, 10)
