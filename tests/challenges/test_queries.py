"""The reads: what they find and in which order."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import InvalidRequestError
from werkzeug.datastructures import MultiDict

from matchmaker.challenges import queries, services
from matchmaker.challenges.models import Requirement
from matchmaker.challenges.searching import Search, read, search
from matchmaker.challenges.states import State
from matchmaker.core.clock import now, today
from matchmaker.core.database import db, transaction


def found(**asked) -> list[str]:
    return [each.title for each in db.session.scalars(search(Search(**asked)))]


def test_the_texts_come_in_the_readers_order_with_essential_requirements_first(make):
    challenge = make.challenge(situation="", contribution="To ansatte", test_places="Kjøkkenet", requirements=[Requirement(position=0, text="Må", essential=True), Requirement(position=1, text="Bør", essential=False)])
    assert [name for name, _ in queries.text_fields(challenge)] == ["title", "need", "effect", "affected", "requirements", "requirements", "contribution", "test_places"]
    assert [text for name, text in queries.text_fields(challenge) if name == "requirements"] == ["Må", "Bør"]


@pytest.mark.parametrize("state", State)
def test_open_challenges_are_the_published_ones(make, state):
    challenge = make.challenge(state=state)
    assert list(db.session.scalars(queries.open_challenges())) == ([challenge] if state == State.PUBLISHED else [])


@pytest.mark.parametrize("state", State)
def test_no_draft_is_ever_found_by_a_search(make, state):
    make.challenge(state=state)
    make.challenge(state=state, title="Aldri ute", published_at=None)
    assert found(state="all") == ([] if state == State.DRAFT else ["Mindre mat i søpla på kommunens kjøkken"])


@pytest.mark.parametrize(("words", "hit"), [
    ("søpla", True), ("SØPLA", True), ("Søpla kjøkken", True), ("holdbarheten", True), ("halvere", True), ("søpla snø", False),
    ("100%", False), ("_", False), ("'; DROP TABLE challenges;--", False), ("halden", True), ("\\", False),
])  # fmt: skip
def test_every_word_asked_for_must_stand_somewhere_however_it_is_written(make, words, hit):
    make.challenge()
    assert bool(found(words=words)) is hit


def test_the_filters_narrow_the_list(make):
    halden, oslo = make.municipality(), make.municipality(name="Oslo kommune", municipality_number="0301")
    make.challenge(halden, title="Halden", themes=["helse-og-omsorg"], sdgs=["12"], budget_to=5, language="nb", answers_due=today() + timedelta(days=5))
    make.challenge(oslo, title="Oslo", themes=["arbeid", "naring"], sdgs=["1"], language="nn", answers_due=today() + timedelta(days=50))
    assert found(themes=("helse-og-omsorg",)) == ["Halden"]
    assert sorted(found(themes=("helse-og-omsorg", "naring"))) == ["Halden", "Oslo"]
    assert found(goals=("1",)) == ["Oslo"]
    assert found(county="31") == ["Halden"]
    assert found(municipality="0301") == ["Oslo"]
    assert found(language="nn") == ["Oslo"]
    assert found(budget=True) == ["Halden"]
    assert found(due=7) == ["Halden"]
    assert sorted(found(due=90)) == ["Halden", "Oslo"]


def test_the_list_sorts_by_newest_deadline_and_title_with_no_deadline_last(make):
    for title, days, due in (("B", 3, 10), ("C", 2, None), ("A", 1, 20)):
        make.challenge(title=title, published_at=now() - timedelta(days=days), answers_due=due and today() + timedelta(days=due))
    assert found() == ["A", "C", "B"]
    assert found(sort="deadline") == ["B", "A", "C"]
    assert found(sort="title") == ["A", "B", "C"]


def test_nonsense_in_the_address_asks_for_nothing():
    wild = MultiDict([("theme", "<script>"), ("goal", "99"), ("county", "99"), ("municipality", "x"), ("language", "xx"), ("state", "draft"), ("due", "-1"), ("sort", "drop"), ("budget", "yes")])
    assert read(wild) == Search()


def test_my_organisations_challenges_are_mine_in_every_state_and_nobody_elses(make):
    mine = make.department_member()
    own = [make.challenge(mine.memberships[0].organisation, state=state) for state in (State.DRAFT, State.CHOSEN)]
    other = make.challenge(state=State.DRAFT)
    assert set(db.session.scalars(queries.of_my_organisations(mine))) == set(own)
    assert set(db.session.scalars(queries.of_my_organisations(make.coordinator()))) == {*own, other}


def test_questions_are_read_without_who_asked(make):
    challenge = make.challenge()
    with transaction():
        services.ask_question(challenge=challenge, by=make.company_member(), text="Hvem?")
    number = challenge.id
    db.session.expunge_all()
    question = queries.questions(queries.challenge(number))[0]
    with pytest.raises(InvalidRequestError, match="raise"):
        _ = question.asked_by


def test_a_question_of_another_challenge_is_not_found(make):
    challenge, other = make.challenge(), make.challenge()
    with transaction():
        question = services.ask_question(challenge=challenge, by=make.company_member(), text="Hvem?")
    assert queries.question(challenge.id, question.id) is question
    assert queries.question(other.id, question.id) is None
