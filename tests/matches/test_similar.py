"""Found by meaning: needs like the one being written, profiles like this one."""

import pytest

from matchmaker.challenges.states import State
from matchmaker.core.database import db
from matchmaker.engine.matcher import Match
from matchmaker.matches import bridge, likeness, mending
from matchmaker.matches.states import Band


@pytest.fixture
def ready(app, index):
    bridge.door().load()
    return app


def test_a_need_that_exists_is_found_while_one_writes(ready, market, bands, make, sign_in):
    bands(0.0)
    challenge, _profiles = market
    client = sign_in(make.department_member())
    answer = client.post("/utfordringer/lignende", data={"title": challenge.title, "need": challenge.need}, headers={"X-Requested-With": "fetch"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'href="/utfordringer/{challenge.id}"' in text
    assert "<html" not in text
    itself = client.post(
        "/utfordringer/lignende", data={"title": challenge.title, "need": challenge.need, "exclude": challenge.id}, headers={"X-Requested-With": "fetch"}
    )
    assert f'href="/utfordringer/{challenge.id}"' not in itself.get_data(as_text=True)


def test_ones_own_needs_are_found_and_said_to_be_ones_own(ready, market, bands, make, sign_in):
    bands(0.0)
    challenge, _profiles = market
    ask = {"data": {"title": challenge.title, "need": challenge.need}, "headers": {"X-Requested-With": "fetch"}}
    for member, own in ((make.department_member(challenge.organisation), True), (make.department_member(), False)):
        text = sign_in(member).post("/utfordringer/lignende", **ask).text
        assert f'href="/utfordringer/{challenge.id}"' in text
        assert ("Deres egen" in text) is own


def test_a_need_that_has_ended_is_found_too_and_says_how_it_went(ready, market, bands, make, sign_in, news):
    bands(0.0)
    challenge, _profiles = market
    challenge.state = State.CHOSEN
    news.ended(challenge)
    mending.mend()
    client = sign_in(make.department_member())
    text = client.post("/utfordringer/lignende", data={"title": challenge.title, "need": challenge.need}, headers={"X-Requested-With": "fetch"}).text
    assert f'href="/utfordringer/{challenge.id}"' in text
    assert "Valg er gjort" in text


def test_a_need_taken_back_to_a_draft_is_no_longer_found(ready, market, bands, make, sign_in):
    bands(0.0)
    challenge, _profiles = market
    challenge.state, challenge.published_at = State.DRAFT, None
    db.session.commit()
    mending.mend()
    assert likeness.challenges_like(challenge.need) == []


def test_without_script_the_answer_is_a_page(ready, make, sign_in):
    answer = sign_in(make.department_member()).post("/utfordringer/lignende", data={"title": "x" * 30})
    assert "<h1>Finnes dette allerede?</h1>" in answer.get_data(as_text=True)


def test_a_few_letters_are_not_compared(ready, make, sign_in):
    answer = sign_in(make.department_member()).post("/utfordringer/lignende", data={"title": "mat"}, headers={"X-Requested-With": "fetch"})
    assert "Skriv litt mer" in answer.get_data(as_text=True)


def test_a_megabyte_of_text_is_cut_not_refused(ready, make, sign_in):
    answer = sign_in(make.department_member()).post("/utfordringer/lignende", data={"need": "behov " * 170_000}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200


def test_visitors_are_asked_to_sign_in(client, index):
    assert client.post("/utfordringer/lignende", data={"title": "x" * 30}).status_code == 401


def test_profiles_that_offer_the_same_are_found_and_hidden_ones_never(ready, market, make, news, bands, client):
    bands(0.0)
    _challenge, profiles = market
    twin = make.profile(make.organisation(name="Tvilling"))
    hidden = make.profile(make.organisation(name="Skjult"), listed=False)
    news.listed(twin)
    assert likeness.profiles_like(profiles["Lagerklar"])[0].item == twin
    text = client.get(f"/losninger/{profiles['Lagerklar'].id}/lignende").get_data(as_text=True)
    assert "Tvilling" in text
    assert "Skjult" not in text
    assert client.get(f"/losninger/{hidden.id}/lignende").status_code in {303, 403}


def test_a_process_that_has_no_model_says_so(app, index, make, sign_in, monkeypatch):
    monkeypatch.setattr(bridge.door(), "state", "unavailable")
    answer = sign_in(make.department_member()).post("/utfordringer/lignende", data={"title": "x" * 30}, headers={"X-Requested-With": "fetch"})
    assert "Vi kan ikke lete" in answer.get_data(as_text=True)


def test_a_search_by_meaning_leaves_out_what_has_nothing_to_do_with_it():
    found = [Match(str(number), number + 1, score, Band.NONE, {}) for number, score in enumerate((0.2, 0.06, 0.04, 0.01))]
    assert likeness.meant(found) == [0, 1]
    assert likeness.meant(found[2:]) == [2]
    assert likeness.meant(found[3:]) == []
