"""Finding solutions: words, filters, order, and what a reader may see."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from werkzeug.datastructures import MultiDict

from matchmaker.core import clock, mail
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.organisations.models import Kind
from matchmaker.profiles import jobs, queries
from matchmaker.profiles.completeness import completeness
from matchmaker.profiles.models import Profile, Reference
from matchmaker.profiles.places import find_place, place_label


def names(**asked) -> list[str]:
    arguments = MultiDict([(key, each) for key, value in asked.items() for each in (value if isinstance(value, list) else [value])])
    return [profile.name for profile in db.session.scalars(queries.search(queries.wanted_of(arguments))).unique()]


@pytest.fixture
def three(make):
    make.profile(name="Ålesund Støv", summary="Måler ØDELAGT luft", maturity=4, places=["1101"], languages=["nn"], capacity=0, themes=["arbeid"])
    make.profile(make.organisation(kind=Kind.CLUSTER_PARTNER), name="Bru", summary="Mat 100% på_lager", maturity=9, places=["31"], capacity=3)
    profile = make.profile(name="Café", summary="Overalt", maturity=None, places=[])
    db.session.add(Reference(profile_id=profile.id, customer="Halden", verified_at=now()))
    make.profile(name="Skjult", listed=False)
    db.session.commit()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Bru", "Café", "Ålesund Støv"]),
        ({"q": "ødelagt ålesund"}, ["Ålesund Støv"]),
        ({"q": "100% på_"}, ["Bru"]),
        ({"q": "%"}, ["Bru"]),
        ({"q": "finnes ikke"}, []),
        ({"kind": "cluster_partner"}, ["Bru"]),
        ({"maturity": "5"}, ["Bru"]),
        ({"county": "11"}, ["Café", "Ålesund Støv"]),
        ({"county": "31"}, ["Bru", "Café"]),
        ({"language": "nn"}, ["Ålesund Støv"]),
        ({"capacity": "1"}, ["Bru", "Café"]),
        ({"verified": "1"}, ["Café"]),
        ({"theme": ["arbeid", "lov-og-rett"]}, ["Ålesund Støv"]),
        ({"kind": "x", "maturity": "tolv", "county": "99", "theme": "x"}, ["Bru", "Café", "Ålesund Støv"]),
    ],
)
def test_each_filter_finds_exactly_its_own(three, asked, found):
    assert sorted(names(**asked)) == found


def test_the_list_page_shows_filters_as_chips_and_says_what_to_do_when_empty(three, client):
    page = client.get("/losninger?q=100%25&capacity=1").get_data(as_text=True)
    assert "Bru" in page
    assert "Fjern filteret:" in page
    assert "Ingen løsning passer med alt dette" in client.get("/losninger?q=ingenting").get_data(as_text=True)


def test_the_number_of_queries_does_not_grow_with_the_number_of_profiles(make, client):
    counted: list[str] = []
    make.profile()
    client.get("/losninger")
    event.listen(db.engine, "before_cursor_execute", lambda *arguments: counted.append(arguments[2]))
    client.get("/losninger")
    one = len(counted)
    make.profile()
    make.profile()
    counted.clear()
    client.get("/losninger")
    assert len(counted) == one


def test_completeness_counts_what_is_missing_and_says_what_to_add_next(make, sign_in, client):
    profile = make.profile(problem="", capacity=None)
    found = completeness(profile)
    assert ([part.field for part in found.missing], found.done) == (["problem", "references", "capacity"], 5)
    page = sign_in(make.company_member(profile.organisation)).get(f"/losninger/{profile.id}").get_data(as_text=True)
    assert "3 av 8 mangler" in page
    assert "%" not in page.split("3 av 8 mangler")[1].split("</section>")[0]
    assert "mangler" not in client.get(f"/losninger/{profile.id}").get_data(as_text=True)


def test_after_half_a_year_the_owner_is_asked_once_and_one_press_answers(make, sign_in):
    profile = make.profile()
    owner = make.company_member(profile.organisation)
    clock.fix(now() + timedelta(days=190))
    jobs.remind_owners()
    jobs.remind_owners()
    letters = db.session.scalars(select(mail.Letter)).all()
    assert [(letter.recipient, f"/losninger/{profile.id}" in letter.body) for letter in letters] == [(owner.email, True)]
    client = sign_in(owner)
    assert "Bekreft at dette fortsatt stemmer" in client.get(f"/losninger/{profile.id}").get_data(as_text=True)
    client.post(f"/losninger/{profile.id}/bekreft")
    assert "Bekreft at dette fortsatt stemmer" not in client.get(f"/losninger/{profile.id}").get_data(as_text=True)


def test_text_fields_come_in_the_fixed_order_without_the_empty_ones(make):
    profile = make.profile(summary="a", problem="", how="c")
    profile.references = [Reference(customer="X", result=""), Reference(customer="Y", result="d", position=1)]
    assert queries.text_fields(profile) == [("summary", "a"), ("how", "c"), ("reference-1", "d")]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Halden", "3101"),
        ("halden KOMMUNE", "3101"),
        ("3101 Halden", "3101"),
        ("Østfold", "31"),
        ("Herøy", None),
        ("Herøy (Nordland)", "1818"),
        ("Oslo", "03"),
        ("9999", None),
        ("", None),
    ],
)
def test_places_are_found_by_what_people_write(written, number):
    assert find_place(written) == number


def test_every_place_is_found_again_by_its_label():
    from matchmaker.core.reference import counties, municipalities

    wrong = [number for number in [*counties(), *municipalities()] if find_place(place_label(number)) != number]
    assert wrong == []


def test_pages_of_profiles_that_are_not_there_are_not_found(client):
    assert client.get("/losninger/1").status_code == 404
    assert client.get(f"/losninger/{10**30}").status_code == 404


def test_hidden_profiles_are_seen_by_their_owner_and_the_coordinator_alone(make, sign_in, client):
    profile = make.profile(listed=False)
    address = f"/losninger/{profile.id}"
    seen = [
        person.get(address).status_code
        for person in (sign_in(make.company_member(profile.organisation)), sign_in(make.coordinator()), sign_in(make.department_member()), client)
    ]
    assert seen == [200, 200, 403, 303]
    assert db.session.get(Profile, profile.id) is not None


def test_an_address_cannot_speak_to_the_address_maker(client, make, sign_in):
    make.profile()
    reader = sign_in(make.department_member())
    for name in ("endpoint", "_external", "_scheme", "_anchor", "form"):
        assert client.get(f"/losninger?{name}=javascript").status_code == 200
        assert reader.get(f"/losninger?{name}=javascript").status_code == 200
        assert reader.get(f"/utfordringer?{name}=javascript").status_code == 200


def test_the_sheet_to_hand_out_has_the_words_and_spells_out_each_source(make, client):
    profile = make.profile(name="Bru", summary="Vi bygger broer.", how="Med stål.")
    db.session.add(Reference(profile_id=profile.id, customer="Halden", result="Tre broer", link="https://halden.kommune.no/bru"))
    db.session.commit()
    sheet = client.get(f"/losninger/{profile.id}/utskrift").get_data(as_text=True)
    paper = sheet.partition("<main")[2].partition("</main>")[0]
    said = ("Vi bygger broer.", "Med stål.", "Halden", "Tre broer", ">https://halden.kommune.no/bru<", f"/losninger/{profile.id}\n")
    assert [each for each in said if each.strip() not in paper] == []
    assert f"/losninger/{profile.id}/utskrift" in client.get(f"/losninger/{profile.id}").get_data(as_text=True)


def test_nobody_else_prints_a_hidden_profile(make, client):
    assert client.get(f"/losninger/{make.profile(listed=False).id}/utskrift").status_code in {302, 303, 404}


def test_languages_keep_their_capitals_in_english(three, client):
    page = client.get("/losninger", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "Northern Sami" in page
    assert "Norwegian Nynorsk" in page
