"""The lists: the public one, with its filters in the address, and one's own."""

import pytest

from matchmaker.challenges.models import Requirement
from matchmaker.challenges.states import State


def test_the_public_list_shows_what_is_open_and_never_a_draft(client, make):
    make.challenge(title="Den åpne")
    make.challenge(title="Utkastet", state=State.DRAFT)
    make.challenge(title="Den avlyste", state=State.CANCELLED)
    page = client.get("/utfordringer").text
    assert "Den åpne" in page
    assert "Utkastet" not in page
    assert "Den avlyste" not in page
    assert "Den avlyste" in client.get("/utfordringer?state=ended").text
    assert "Utkastet" not in client.get("/utfordringer?state=all").text


@pytest.mark.parametrize("path", ["/utfordringer", "/utfordringer?state=all&q=mat&theme=arbeid&theme=helse-og-omsorg&sort=deadline"])
def test_the_list_takes_as_many_queries_for_three_as_for_one(client, make, queries, path):
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make.challenge(requirements=[Requirement(text="Må")])
        with queries() as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_ones_own_list_takes_as_many_queries_for_three_as_for_one(sign_in, make, queries):
    member = make.department_member()
    browser, counts = sign_in(member), []
    for number in (1, 2):
        for _ in range(number):
            make.challenge(member.memberships[0].organisation, state=State.DRAFT, requirements=[Requirement(text="Må")])
        with queries() as seen:
            assert browser.get("/utfordringer/mine").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_every_filter_in_use_is_a_chip_that_takes_it_away(client, make):
    make.challenge()
    page = client.get("/utfordringer?q=mat&theme=arbeid&theme=naring&county=31&budget=1&due=30&language=nn&state=all&goal=12&municipality=3101").text
    assert page.count('class="chip off"') == 10
    assert 'href="/utfordringer?theme=arbeid&amp;theme=naring&amp;county=31&amp;budget=1&amp;due=30&amp;language=nn&amp;state=all&amp;goal=12&amp;municipality=3101"' in page


def test_paging_keeps_the_filters(client, make):
    organisation = make.municipality()
    for _ in range(21):
        make.challenge(organisation)
    page = client.get("/utfordringer?q=mat").text
    assert 'href="/utfordringer?q=mat&amp;page=2"' in page
    assert "1–20 av 21" in page
    assert "21–21 av 21" in client.get("/utfordringer?q=mat&page=99").text


def test_nothing_found_tells_the_next_step(client, make):
    assert "Ingen utfordringer er åpne for svar nå" in client.get("/utfordringer").text
    assert "Prøv færre filtre" in client.get("/utfordringer?q=finnesikke").text


@pytest.mark.parametrize("query", ["q=<script>alert(1)</script>", "page=-5", "page=abc", "theme=%00", "q=" + "x" * 3000, "county='--"])
def test_a_hostile_address_is_answered_calmly(client, make, query):
    make.challenge()
    answer = client.get("/utfordringer?" + query)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("group", "title"), [("drafts", "Utkastet"), ("open", "Den åpne"), ("ended", "Den avlyste"), ("archived", "Den slettede"), ("tull", "Utkastet")])
def test_ones_own_challenges_are_grouped_by_where_they_stand(sign_in, make, group, title):
    member = make.department_member()
    own = {"Utkastet": State.DRAFT, "Den åpne": State.PUBLISHED, "Den avlyste": State.CANCELLED, "Den slettede": State.ARCHIVED}
    for name, state in own.items():
        make.challenge(member.memberships[0].organisation, title=name, state=state)
    page = sign_in(member).get(f"/utfordringer/mine?gruppe={group}").text
    assert [name for name in own if f">{name}</a>" in page] == [title]


def test_an_untitled_draft_can_still_be_found(sign_in, make):
    member = make.department_member()
    make.challenge(member.memberships[0].organisation, title="", state=State.DRAFT)
    assert ">Uten tittel</a>" in sign_in(member).get("/utfordringer/mine").text


def test_without_drafts_ones_own_list_opens_on_what_is_out_now(make, sign_in):
    challenge = make.challenge(title="Våte votter")
    client = sign_in(make.department_member(challenge.organisation))
    assert "Våte votter" in client.get("/utfordringer/mine").text
    assert "Ingen utkast" in client.get("/utfordringer/mine?gruppe=drafts").text
