"""Search over everything: words first, then meaning; only what the one who searches may see."""

import shutil

import pytest
from sqlalchemy import select

from matchmaker.challenges import searching
from matchmaker.challenges.events import ChallengePublished
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import State
from matchmaker.core.database import db, transaction
from matchmaker.core.events import announce
from matchmaker.matches import bridge
from matchmaker.profiles.events import ProfileListed


@pytest.fixture
def empty_index(app):
    door = bridge.door()
    shutil.rmtree(app.config["MATCHMAKER_INDEX_FOLDER"], ignore_errors=True)
    door.opened = None
    door.load()
    yield
    shutil.rmtree(app.config["MATCHMAKER_INDEX_FOLDER"], ignore_errors=True)
    door.opened = None


def found(client, words, **more):
    answer = client.get("/sok", query_string={"q": words, **more})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_words_are_found_in_each_kind_of_thing(client, make, empty_index):
    make.challenge(title="Glemte varer på kjøkkenet")
    make.profile(make.organisation(name="Kjøkkenvakta"), name="Kjøkkenvakta")
    html = found(client, "kjøkken")
    assert "Glemte varer på kjøkkenet" in html
    assert "Kjøkkenvakta" in html
    assert "Slik virker det" in found(client, "kortliste")


def test_an_empty_search_explains_itself_and_nothing_found_says_so(client, empty_index):
    assert "Skriv et ord" in found(client, "")
    assert "Ingen treff" in found(client, "qqqxyz")


def test_drafts_and_hidden_profiles_are_never_found(client, make, empty_index):
    make.challenge(title="Hemmelig utkast", state=State.DRAFT)
    make.profile(make.organisation(name="Hemmelig firma"), name="Hemmelig firma", listed=False)
    html = found(client, "hemmelig")
    assert "utkast" not in html
    assert "firma" not in html


def test_meaning_finds_what_the_words_do_not(client, make, empty_index):
    profile, challenge = make.profile(name="Lagerklar"), make.challenge()
    with transaction():
        announce(ProfileListed(profile.id))
        announce(ChallengePublished(challenge.id))
    html = found(client, "holdbarhetsdatoene til varene blir glemte overalt")
    assert "Funnet på mening" in html
    assert "Lagerklar" in html


def test_one_kind_alone_is_paged(client, make, empty_index):
    for number in range(23):
        make.profile(name=f"Kjøkken {number}")
    assert "Se alle 23" in found(client, "kjøkken")
    assert found(client, "kjøkken", **{"in": "offers"}).count("<h3>") == 20
    assert found(client, "kjøkken", **{"in": "offers", "page": 2}).count("<h3>") == 3


def test_hostile_words_are_only_words(client, empty_index):
    html = found(client, "<script>alert(1)</script>%_\\' OR 1=1 --")
    assert "<script>alert" not in html


def test_a_visitor_who_searches_without_end_still_finds_words_and_is_told_why_meaning_is_missing(counted, make):
    make.challenge(title="Glemte varer på kjøkkenet")
    visitor = counted.test_client()
    pages = [found(visitor, "glemte varer") for _ in range(22)]
    assert ["Dette er treff på ord" in page for page in pages] == [False] * 20 + [True] * 2
    assert all("Glemte varer på kjøkkenet" in page for page in pages)


def test_whoever_is_signed_in_searches_as_much_as_they_like(counted, make, sign_in):
    member = counted.test_client()
    member.set_cookie("matchmaker", sign_in(make.department_member()).get_cookie("matchmaker").value)
    assert not any("Dette er treff på ord" in found(member, "glemte varer") for _ in range(22))


def test_no_list_of_hits_brings_requirements_or_references_along(client, make, queries, empty_index):
    profile, challenge = make.profile(name="Kjøkkenvakta"), make.challenge(title="Kjøkkenet glemmer varer")
    with transaction():
        announce(ProfileListed(profile.id))
        announce(ChallengePublished(challenge.id))
    for words in ("kjøkken", "holdbarhetsdatoene til varene blir glemte overalt"):
        with queries() as seen:
            assert "Kjøkkenvakta" in found(client, words)
        assert not [statement for statement in seen if "FROM profile_references" in statement or "FROM requirements" in statement]


@pytest.mark.parametrize("words", ["kommune kjøkken", "KJØKKEN halden", "ås", "ås mat", "kjø", '"kok"', "50% mat"])
def test_every_word_may_stand_in_a_text_of_its_own_and_none_across_two(make, app, words):
    make.challenge(make.municipality(name="Halden kommune"), title="Kjøkken", need='Mat for "kokker"', situation="50% mat", effect="")
    make.challenge(make.municipality(name="Ås kommune"), title="Mat", need="Vi lå", situation="kjø", effect="kken")

    def holds(challenge, word):
        texts = (challenge.title, challenge.need, challenge.situation, challenge.effect, challenge.organisation.name)
        return any(word.lower() in text.lower() for text in texts)

    expected = {each for each in db.session.scalars(select(Challenge)) if all(holds(each, word) for word in words.split())}
    assert set(db.session.scalars(searching.search(searching.Search(words=words)))) == expected


def test_the_search_asks_as_much_for_three_as_for_one(client, make, queries, empty_index):
    counts = []
    for names in (["Kjøkkenvakta"], ["Kjøkkensjefen", "Kjøkkenøya"]):
        for name in names:
            make.challenge(make.municipality(name=f"{name} kommune"), title=name)
            make.profile(make.organisation(name=name), name=name)
        with queries() as seen:
            assert "Kjøkkenvakta" in found(client, "kjøkken")
        counts.append(len(seen))
    assert counts[0] == counts[1]
