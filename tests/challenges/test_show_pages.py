"""One challenge: who sees what, the buttons the table gives, questions without askers, history."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from matchmaker.challenges import rules, services
from matchmaker.challenges.models import Challenge, Transition
from matchmaker.challenges.states import State
from matchmaker.core.clock import today
from matchmaker.core.database import db, transaction

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask

STEPS = {"publiser", "vurder", "velg", "velg-ingen", "trekk-tilbake", "avlys", "arkiver", "apne-igjen"}


@pytest.fixture
def member(make):
    return make.department_member()


@pytest.fixture
def published(make, member, ready):
    return make.challenge(member.memberships[0].organisation, answers_due=today() + timedelta(days=30))


def state_of(challenge) -> str:
    db.session.expire_all()
    return db.session.get(Challenge, challenge.id).state


def buttons_on(page: str, challenge) -> set[str]:
    return {step for step in STEPS if f'action="/utfordringer/{challenge.id}/{step}"' in page}


OWN_BUTTONS = {
    State.DRAFT: {"publiser", "arkiver"},
    State.PUBLISHED: {"vurder", "trekk-tilbake", "avlys"},
    State.UNDER_EVALUATION: {"velg", "velg-ingen", "avlys"},
    State.CHOSEN: {"arkiver"},
    State.NONE_CHOSEN: {"arkiver"},
    State.WITHDRAWN: {"apne-igjen", "arkiver"},
    State.CANCELLED: {"arkiver"},
    State.ARCHIVED: set(),
}


@pytest.mark.parametrize("state", State)
def test_the_owner_gets_the_buttons_of_the_table_and_others_none(sign_in, make, member, client, state):
    challenge = make.challenge(member.memberships[0].organisation, state=state)
    assert buttons_on(sign_in(member).get(f"/utfordringer/{challenge.id}").text, challenge) == OWN_BUTTONS[state]
    for other in (sign_in(make.company_member()), sign_in(make.department_member()), client):
        answer = other.get(f"/utfordringer/{challenge.id}")
        assert answer.status_code in ({303, 403} if state == State.DRAFT else {200})
        assert buttons_on(answer.text, challenge) == set()


def test_why_it_ended_is_said_to_everybody(client, make):
    challenge = make.challenge(state=State.CANCELLED, ended_reason="Pengene ble borte.")
    assert "Pengene ble borte." in client.get(f"/utfordringer/{challenge.id}").text


@pytest.mark.parametrize(("step", "after"), [("trekk-tilbake", "withdrawn"), ("avlys", "cancelled")])
def test_ending_without_a_reason_is_told_beside_the_field_and_changes_nothing(sign_in, member, published, step, after):
    browser = sign_in(member)
    wrong = browser.post(f"/utfordringer/{published.id}/{step}", data={"reason": " "})
    assert (wrong.status_code, state_of(published)) == (422, "published")
    assert f'id="begrunnelse-{after}-feil">Skriv hvorfor.' in wrong.text
    assert wrong.text.count("data-confirm open") == 1
    right = browser.post(f"/utfordringer/{published.id}/{step}", data={"reason": "Vi fant en annen vei."})
    assert (right.status_code, state_of(published)) == (303, after)


def test_a_step_pressed_twice_is_taken_once(sign_in, member, published):
    browser = sign_in(member)
    answers = [browser.post(f"/utfordringer/{published.id}/avlys", data={"reason": "Nei"}) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"/utfordringer/{published.id}")] * 2
    assert db.session.scalar(select(func.count()).select_from(Transition)) == 1
    page = browser.get(answers[1].location).text
    assert (page.count("Utfordringen er avlyst."), "i mellomtiden" in page) == (1, False)


def test_a_step_from_a_page_that_is_behind_says_what_a_colleague_did_and_gives_the_text_back(sign_in, member, published):
    mine, colleagues = sign_in(member), sign_in(member)
    colleagues.post(f"/utfordringer/{published.id}/avlys", data={"reason": "Pengene ble borte."})
    answer = mine.post(f"/utfordringer/{published.id}/trekk-tilbake", data={"reason": "Vi må <tenke> oss om."})
    page = mine.get(answer.location).text
    assert (answer.status_code, state_of(published)) == (303, "cancelled")
    assert "Nå står det: Avlyst." in page
    assert "«Vi må &lt;tenke&gt; oss om.»" in page


def test_a_reason_is_given_back_where_a_colleague_took_the_same_step_with_another(sign_in, member, published):
    mine, colleagues = sign_in(member), sign_in(member)
    colleagues.post(f"/utfordringer/{published.id}/avlys", data={"reason": "Pengene ble borte."})
    page = mine.post(f"/utfordringer/{published.id}/avlys", data={"reason": "Vi gjør det <selv>."}, follow_redirects=True).text
    assert "Nå står det: Avlyst." in page
    assert "«Vi gjør det &lt;selv&gt;.»" in page
    assert published.ended_reason == "Pengene ble borte."


def test_an_objection_to_closing_is_shown_with_what_was_written(sign_in, make, member, object_to_closing):
    challenge = make.challenge(member.memberships[0].organisation, state=State.UNDER_EVALUATION)
    object_to_closing("Bedriften Rask venter på tilbakemelding.")
    answer = sign_in(member).post(f"/utfordringer/{challenge.id}/velg-ingen", data={"reason": "Ingen passet."})
    assert (answer.status_code, state_of(challenge)) == (409, "under_evaluation")
    assert "Bedriften Rask venter på tilbakemelding." in answer.text
    assert "Ingen passet.</textarea>" in answer.text


def test_deleting_a_draft_can_be_undone(sign_in, make, member):
    draft = make.challenge(member.memberships[0].organisation, state=State.DRAFT)
    browser = sign_in(member)
    browser.post(f"/utfordringer/{draft.id}/arkiver")
    page = browser.get(f"/utfordringer/{draft.id}").text
    assert buttons_on(page, draft) == {"apne-igjen"}
    browser.post(f"/utfordringer/{draft.id}/apne-igjen")
    assert state_of(draft) == "draft"


def test_a_copy_opens_in_the_form(sign_in, make, published):
    other = make.department_member(make.municipality(name="Moss kommune"))
    answer = sign_in(other).post(f"/utfordringer/{published.id}/kopier")
    copy = db.session.scalars(db.select(Challenge).where(Challenge.copied_from_id == published.id)).one()
    assert answer.location == f"/utfordringer/{copy.id}/rediger"
    assert copy.organisation is other.memberships[0].organisation


def test_a_company_asks_and_nobody_ever_sees_who(sign_in, client, make, member, published):
    asker = make.company_member()
    answer = sign_in(asker).post(f"/utfordringer/{published.id}/sporsmal", data={"text": "Har kjøkkenet nett?"})
    assert answer.location == f"/utfordringer/{published.id}#sporsmal"
    readers = [client, sign_in(make.company_member()), sign_in(member), sign_in(make.coordinator())]
    for reader in readers:
        for path in ("", "/utskrift", "/historikk"):
            page = reader.get(f"/utfordringer/{published.id}{path}").text
            assert ("Har kjøkkenet nett?" in page) is (path != "/historikk")
            for secret in (asker.name, asker.email, asker.memberships[0].organisation.name):
                assert secret not in page


def test_the_answer_is_read_by_everybody_and_may_be_mended(sign_in, client, make, member, published):
    with transaction():
        question = services.ask_question(challenge=published, by=make.company_member(), text="Har kjøkkenet nett?")
    browser = sign_in(member)
    for text in ("Nei.", "Jo, forresten."):
        assert browser.post(f"/utfordringer/{published.id}/sporsmal/{question.id}/svar", data={"text": text}).status_code == 303
    assert "Jo, forresten." in client.get(f"/utfordringer/{published.id}").text


@pytest.mark.parametrize("text", ["", " \u200b", "x" * 2001])
def test_a_question_that_is_empty_or_too_long_is_told_so(sign_in, make, published, text):
    answer = sign_in(make.company_member()).post(f"/utfordringer/{published.id}/sporsmal", data={"text": text})
    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text


def test_an_empty_answer_keeps_its_form_open(sign_in, make, member, published):
    with transaction():
        question = services.ask_question(challenge=published, by=make.company_member(), text="Har dere nett?")
    answer = sign_in(member).post(f"/utfordringer/{published.id}/sporsmal/{question.id}/svar", data={"text": ""})
    assert answer.status_code == 422
    assert f'id="svar-{question.id}-feil">Skriv svaret.' in answer.text


def test_no_question_is_taken_after_its_day(sign_in, make, published):
    published.questions_due = today() - timedelta(days=1)
    db.session.commit()
    browser = sign_in(make.company_member())
    assert browser.post(f"/utfordringer/{published.id}/sporsmal", data={"text": "For sent?"}).status_code == 403
    assert "Fristen for spørsmål gikk ut" in browser.get(f"/utfordringer/{published.id}").text


def test_an_answer_to_another_challenges_question_is_not_found(sign_in, make, member, published):
    other = make.challenge()
    with transaction():
        question = services.ask_question(challenge=other, by=make.company_member(), text="Har dere nett?")
    assert sign_in(member).post(f"/utfordringer/{published.id}/sporsmal/{question.id}/svar", data={"text": "Ja"}).status_code == 404


def test_history_shows_what_went_and_what_came_as_text(sign_in, client, member, published):
    with transaction():
        services.edit_challenge(challenge=published, by=member, content={"effect": "Vi vil <b>halvere</b> det.", "contact_email": "ny@example.test"})
    assert "Versjon 2</a>: hva vi vil oppnå" in client.get(f"/utfordringer/{published.id}/historikk").text
    page = client.get(f"/utfordringer/{published.id}/historikk/2").text
    assert "&lt;b&gt;" in page
    assert "<b>halvere" not in page
    assert "@example.test" not in page
    assert member.name not in page
    assert "ny</ins>@example.test" in sign_in(member).get(f"/utfordringer/{published.id}/historikk/2").text


@pytest.mark.parametrize("number", [0, 1, 3, 99999999999999999999])
def test_a_version_that_is_not_there_is_not_found(client, member, published, number):
    with transaction():
        services.edit_challenge(challenge=published, by=member, content={"title": "Ny"})
    assert client.get(f"/utfordringer/{published.id}/historikk/{number}").status_code == 404


def test_the_page_takes_as_many_queries_for_three_questions_and_versions_as_for_one(client, make, member, published, queries):
    counts = []
    for number in (1, 2):
        for turn in range(number):
            with transaction():
                services.ask_question(challenge=published, by=make.company_member(), text=f"Spørsmål {number} {turn}?")
                services.edit_challenge(challenge=published, by=member, content={"title": f"Tittel {number} {turn}"})
        seen = []
        for path in ("", "/historikk", "/historikk/2", "/utskrift"):
            with queries() as statements:
                assert client.get(f"/utfordringer/{published.id}{path}").status_code == 200
            seen.append(len(statements))
        counts.append(seen)
    assert counts[0] == counts[1]


def test_a_visitors_page_never_offers_the_owners_ways(client, published):
    page = client.get(f"/utfordringer/{published.id}").text
    assert "/rediger" not in page
    assert "/kopier" not in page


def test_an_objection_is_registered_once():
    before = list(rules._objections)
    try:
        function = lambda challenge: ()  # noqa: E731 - the same object twice
        rules.register_closing_objection(function)
        rules.register_closing_objection(function)
        assert rules._objections == [*before, function]
    finally:
        rules._objections[:] = before
