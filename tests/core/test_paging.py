"""One page of a list."""

import pytest

from matchmaker.core.access import LARGEST
from matchmaker.core.paging import Page, page_number, page_of, page_of_list
from matchmaker.profiles.queries import Wanted, search


@pytest.fixture
def companies(make):
    return [make.profile(name=name) for name in ("Alfa", "Beta", "Gamma", "Delta", "Epsilon")]


def names(app, *, number, size=2, words="", **how):
    with app.test_request_context("/"):
        page = page_of(search(Wanted(sort="name", words=words)), number=number, size=size, **how)
        return [each.name for each in page.items], page.number, page.total


def test_a_page_knows_its_rows_and_how_many_there_are_in_all(app, companies):
    assert names(app, number=1) == (["Alfa", "Beta"], 1, 5)
    assert names(app, number=3) == (["Gamma"], 3, 5)


def test_a_number_past_the_end_gives_the_last_page(app, companies):
    assert names(app, number=4) == (["Gamma"], 3, 5)
    assert names(app, number=LARGEST) == (["Gamma"], 3, 5)


def test_an_empty_list_has_one_empty_page(app, companies):
    assert names(app, number=1, words="finnes ikke") == ([], 1, 0)
    assert names(app, number=7, words="finnes ikke") == ([], 1, 0)


@pytest.mark.parametrize("number", [1, 3, 4, LARGEST])
@pytest.mark.parametrize("words", ["", "finnes ikke"])
def test_a_page_is_the_same_when_its_total_is_a_question_of_its_own(app, companies, number, words):
    assert names(app, number=number, words=words, counted_apart=True) == names(app, number=number, words=words)


def test_a_page_is_two_questions_to_the_database(app, companies, queries):
    with queries() as one:
        names(app, number=1, size=1)
    with queries() as three:
        names(app, number=1, size=3)
    pages = [[statement for statement in seen if "FROM profiles" in statement] for seen in (one, three)]
    assert [len(each) for each in pages] == [2, 2]


def test_where_nothing_is_found_one_question_is_enough(app, companies, queries):
    with queries() as seen:
        assert names(app, number=1, words="finnes ikke") == ([], 1, 0)
    assert len([statement for statement in seen if "FROM profiles" in statement]) == 1


def test_a_page_number_is_one_a_database_can_count_to(app):
    for asked, number in (("3", 3), ("0", 1), ("-2", 1), ("tre", 1), ("9" * 40, LARGEST)):
        with app.test_request_context(f"/?page={asked}"):
            assert page_number() == number
    with app.test_request_context("/?nye=4"):
        assert page_number("nye") == 4


def test_the_numbers_under_a_long_list_are_few():
    def near(number, pages):
        return Page([], number, pages * 20).near

    assert near(1, 1) == [1]
    assert near(1, 3) == [1, 2, 3]
    assert near(1, 500) == [1, 2, 500]
    assert near(250, 500) == [1, 249, 250, 251, 500]
    assert near(500, 500) == [1, 499, 500]


def test_a_list_in_memory_is_cut_the_same_way():
    page = page_of_list(list("abcde"), number=9, size=2)
    assert (page.items, page.number, page.total) == (["e"], 3, 5)
