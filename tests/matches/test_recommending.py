"""A coordinator recommends by hand: found by name, said why, told by letter, taken back."""

import pytest
from sqlalchemy import func, select

from matchmaker.challenges.states import State
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.matches.models import Feedback, Recommendation


@pytest.fixture
def story(make, sign_in):
    department = make.department_member()

    class Story:
        coordinator = make.coordinator()
        challenge = make.challenge(department.memberships[0].organisation, title="Ødelagte sykler")
        profile = make.profile(name="Ærlig Verksted")

    story = Story()
    story.department, story.client = department, sign_in(story.coordinator)
    story.at = f"/anbefal/{story.challenge.id}/{story.profile.id}"
    return story


def count() -> int:
    return db.session.scalar(select(func.count(Recommendation.id)))


def test_the_department_gets_a_letter_with_who_and_why(story):
    assert story.client.post(story.at, data={"text": "De har gjort det i Moss."}).status_code == 303
    letter = db.session.scalars(select(Letter).where(Letter.recipient == story.department.email)).one()
    assert letter.subject == f"{story.coordinator.name} anbefaler Ærlig Verksted"
    assert "De har gjort det i Moss." in letter.body
    assert f"/forslag/{story.challenge.id}" in letter.body or f"/utfordringer/{story.challenge.id}/" in letter.body


def test_recommending_twice_changes_the_words_and_sends_one_letter(story):
    story.client.post(story.at, data={"text": "Første"})
    story.client.post(story.at, data={"text": "Andre"})
    assert db.session.scalars(select(Recommendation.text)).all() == ["Andre"]
    assert db.session.scalar(select(func.count(Letter.id))) == 1


@pytest.mark.parametrize("text", ["", " ​", "x" * 2001])
def test_an_empty_or_over_long_reason_is_refused(story, text):
    assert story.client.post(story.at, data={"text": text}).status_code == 422
    assert count() == 0


def test_a_recommendation_is_taken_back_and_the_act_remembered(story):
    story.client.post(story.at, data={"text": "Bra folk."})
    assert story.client.post(f"{story.at}/ta-tilbake").status_code == 303
    assert count() == 0
    assert db.session.scalars(select(Feedback.act).order_by(Feedback.id)).all() == ["recommended", "recommendation_taken_back"]


def test_needs_and_profiles_are_found_by_a_few_letters_norwegian_ones_too(story):
    page = story.client.get("/anbefal", query_string={"finn_behov": "ødelagte", "finn_profil": "ærlig"}).text
    assert "Ødelagte sykler" in page
    assert "Ærlig Verksted" in page


def test_with_both_chosen_one_goes_on_to_the_words(story):
    answer = story.client.get("/anbefal", query_string={"behov": story.challenge.id, "profil": story.profile.id})
    assert (answer.status_code, answer.headers["Location"]) == (303, story.at)


@pytest.mark.parametrize(
    "query", ["?behov=abc&profil=-1", "?finn_behov=%25&finn_profil=_", "?behov=999999999&finn_profil=<script>alert(1)</script>", "?finn_behov=" + "x" * 3000]
)
def test_nonsense_finds_nothing(story, query):
    page = story.client.get("/anbefal" + query)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "Ødelagte sykler" not in page.text


def test_only_coordinators_recommend(story, sign_in, make):
    for person in (story.department, make.company_member()):
        client = sign_in(person)
        assert client.get("/anbefal").status_code == 403
        assert client.post(story.at, data={"text": "Meg!"}).status_code == 403
        assert client.post(f"{story.at}/ta-tilbake").status_code == 403


def test_a_closed_need_is_not_recommended_to(story, make):
    closed = make.challenge(state=State.CANCELLED)
    assert story.client.get(f"/anbefal/{closed.id}/{story.profile.id}").status_code == 403


def test_with_one_chosen_the_nearest_stand_ready(market, make, sign_in):
    challenge, profiles = market
    client = sign_in(make.coordinator())
    for query in (f"behov={challenge.id}", f"profil={profiles['Lagerklar'].id}"):
        html = client.get(f"/anbefal?{query}").text
        assert f'href="/anbefal/{challenge.id}/{profiles["Lagerklar"].id}"' in html
    assert "Nærmest dette behovet" not in client.get(f"/anbefal?behov={challenge.id}&finn_profil=finnes-ikke").text
