"""One question to start with: what it begins from, and who asks it of whom."""

import pytest
from flask_babel import force_locale

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import State
from matchmaker.core import clock
from matchmaker.matches.models import Suggestion
from matchmaker.matches.states import Band
from matchmaker.meetings.models import Participant
from matchmaker.meetings.questions import LONGEST, About, question_for
from matchmaker.meetings.states import Side
from matchmaker.profiles.models import Profile

UNMET = {"need": ["requirement-1", 0, 5], "asked": "Må virke uten nett."}
PAIR = {"need": ["need", 0, 5], "asked": "Maten kastes.", "offer": ["summary", 0, 5], "quote": "We count the food.", "strength": 0.9}


@pytest.fixture
def two():
    """A need in nynorsk and a profile in English, as they take part."""
    need = Participant(side=Side.NEED, challenge=Challenge(language="nn", state=State.PUBLISHED, published_at=clock.now(), effect="Halvparten så mykje svinn. Og gladare folk."))
    return need, Participant(side=Side.OFFER, profile=Profile(language="en", name="TotalCtrl"))


def found(who, other, **kept):
    band = kept.pop("band", Band.STRONG)
    question = question_for(who, other, Suggestion(band=band, reasons=kept))
    return question.about, question.quoted, question.language


def test_what_is_asked_and_not_offered_comes_first_in_the_needs_own_language(two):
    need, offer = two
    for who, other in ((need, offer), (offer, need)):
        assert found(who, other, unmet=[UNMET], pairs=[PAIR]) == (About.UNMET, "Må virke uten nett.", "nn")


def test_else_the_department_asks_about_what_is_offered_and_the_company_about_what_is_asked(two):
    need, offer = two
    assert found(need, offer, pairs=[PAIR]) == (About.REASON, "We count the food.", "en")
    assert found(offer, need, pairs=[PAIR]) == (About.REASON, "Maten kastes.", "nn")


def test_without_a_match_the_wanted_effect_is_asked_about_and_without_that_the_smallest_trial(two):
    need, offer = two
    assert found(need, offer, unmet=[UNMET], band=Band.NONE) == (About.EFFECT, "Halvparten så mykje svinn.", "nn")
    assert question_for(offer, need, None).about == About.EFFECT
    need.challenge.state = State.UNDER_EVALUATION
    assert need.is_public
    assert question_for(offer, need, None).about == About.EFFECT
    need.challenge.state, need.challenge.published_at = State.DRAFT, None
    assert question_for(offer, need, None).about == About.NOTHING
    need.challenge.state, need.challenge.published_at, need.challenge.effect = State.PUBLISHED, clock.now(), ""
    assert question_for(offer, need, None).about == About.NOTHING


def test_a_whole_text_is_no_question(two):
    need, offer = two
    long = {"asked": "x" * (LONGEST + 1)}
    assert found(need, offer, unmet=[UNMET | long, UNMET])[1] == "Må virke uten nett."
    need.challenge.effect = "x" * (LONGEST + 1)
    assert found(need, offer, unmet=[UNMET | long]) == (About.NOTHING, "", "")


def test_each_side_asks_in_its_own_words_and_the_readers_language(app, two):
    need, offer = two
    with app.test_request_context():
        said = {}
        for language in ("nb", "nn", "en"):
            with force_locale(language):
                said[language] = {question_for(*pair, Suggestion(band=Band.STRONG, reasons=kept)).words for pair in (two, two[::-1]) for kept in ({"unmet": [UNMET]}, {"pairs": [PAIR]}, {})}
        assert [len(each) for each in said.values()] == [6, 6, 6]
        with force_locale("en"):
            assert question_for(need, offer, Suggestion(band=Band.STRONG, reasons={"unmet": [UNMET]})).lines == ["“Må virke uten nett.”", "Your profile says nothing about this. How do you solve it?"]
