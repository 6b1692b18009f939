"""The pages of an introduction: write, look over, send, answer, converse; and who may see what."""

import pytest
from sqlalchemy import func, select

from matchmaker.challenges.states import State
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.matches.models import Band, Introduction, Message, Run, Suggestion

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask

HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE introductions; --", "‮tekst baklengs​", "👩‍🍳 hei", "\x00null"]


@pytest.fixture
def story(make, sign_in):
    department, company = make.department_member(), make.company_member()
    challenge = make.challenge(department.memberships[0].organisation)
    profile = make.profile(company.memberships[0].organisation, name="KjøkkenKlar")

    class Story:
        at = f"/utfordringer/{challenge.id}/introduser/{profile.id}"
        need, offer = sign_in(department), sign_in(company)

        def send(self, message="Vil dere ta en prat?"):
            answer = self.need.post(self.at, data={"message": message, "step": "send"})
            assert answer.status_code == 303
            return answer.headers["Location"]

    story = Story()
    story.department, story.company, story.challenge, story.profile = department, company, challenge, profile
    return story


def test_a_department_introduces_and_the_company_says_yes_and_they_converse(story):
    page = story.send("Vil dere se kjøkkenet?")
    seen = story.offer.get(page).text
    assert "Vil dere se kjøkkenet?" in seen
    assert seen.index("Vil dere se kjøkkenet?") < seen.index("Ja, vi vil snakke")
    assert story.offer.post(f"{page}/ja").status_code == 303
    assert story.company.email in story.need.get(page).text
    assert story.offer.post(f"{page}/meldinger", data={"text": "Passer tirsdag?"}).status_code == 303
    assert "Passer tirsdag?" in story.need.get(page).text


def test_after_a_yes_the_contact_has_a_name_also_where_the_field_was_left_empty(story):
    story.challenge.contact_name, story.challenge.contact_email = "", story.department.email
    db.session.commit()
    page = story.send()
    story.offer.post(f"{page}/ja")
    seen = story.offer.get(page).text
    assert f"<p>{story.department.name}<br><a href=\"mailto:{story.department.email}\">" in seen
    assert "Neste steg: avtal en første prat" in seen


def test_contact_details_are_shown_to_neither_side_before_a_yes(story):
    page = story.send()
    assert story.company.email not in story.need.get(page).text
    assert story.department.email not in story.offer.get(page).text


def test_the_message_names_what_the_profile_says_and_asks_what_is_missing(story):
    run = Run(direction="need_to_offers", subject_id=story.challenge.id, model="twin")
    reasons = {"pairs": [{"asked": "ingen har oversikt", "quote": "gir oversikt over all maten på lager"}], "unmet": ["hente varelinjer"]}
    db.session.add(
        Suggestion(
            run=run, challenge=story.challenge, profile=story.profile, rank=1, score=0.9, band=Band.STRONG, reasons=reasons, need_hash="a", offer_hash="b"
        )
    )
    db.session.commit()
    page = story.need.get(story.at, query_string={"ask": "hente varelinjer"}).text
    assert "«gir oversikt over all maten på lager»" in page
    assert "Vi lurer også på dette:\n– «hente varelinjer»\nEr det noe dere kan?" in page


def test_each_question_stands_on_its_own_line_in_its_own_marks(story):
    page = story.need.get(story.at, query_string={"ask": ["Kobles til innkjøpsavtalen", "Svarer på under et minutt."]}).text
    assert "Vi lurer også på dette:\n– «Kobles til innkjøpsavtalen»\n– «Svarer på under et minutt.»\nEr det noe dere kan?" in page


def test_the_preview_shows_the_message_and_sends_nothing(story):
    page = story.need.post(story.at, data={"message": "Se over meg", "step": "preview"})
    assert page.status_code == 200
    assert "Slik blir meldingen" in page.text
    assert db.session.scalar(select(func.count(Introduction.id))) == 0


def test_editing_after_the_preview_keeps_the_words(story):
    page = story.need.post(story.at, data={"message": "Mine egne ord", "step": "write"}).text
    assert "Mine egne ord</textarea>" in page


def test_pressing_send_twice_sends_once(story):
    assert story.send() == story.need.post(story.at, data={"message": "Igjen", "step": "send"}).headers["Location"]
    assert db.session.scalar(select(func.count(Introduction.id))) == 1
    assert db.session.scalar(select(func.count(Letter.id))) == 1


@pytest.mark.parametrize("message", ["", "   ", "​", "x" * 5001])
def test_an_empty_or_over_long_message_is_not_sent(story, message):
    answer = story.need.post(story.at, data={"message": message, "step": "send"})
    assert answer.status_code == 422
    assert "Rett dette først" in answer.text
    assert db.session.scalar(select(func.count(Introduction.id))) == 0


@pytest.mark.both_databases
@pytest.mark.parametrize("message", HOSTILE)
def test_hostile_words_are_shown_as_words(story, message):
    page = story.offer.get(story.send(message)).text
    assert "<script>alert" not in page
    assert not set(page) & set("‮​\x00")


def test_a_no_needs_a_reason(story):
    page = story.send()
    assert story.offer.post(f"{page}/nei").status_code == 422
    assert story.offer.post(f"{page}/nei", data={"decline-cause": "made up"}).status_code == 422
    assert story.offer.post(f"{page}/nei", data={"decline-cause": "other"}).status_code == 422
    assert story.offer.post(f"{page}/nei", data={"decline-cause": "capacity", "decline-text": "Ta kontakt i august."}).status_code == 303
    seen = story.need.get(page).text
    assert "Vi har ikke kapasitet nå." in seen
    assert "Ta kontakt i august." in seen


def test_an_answer_to_what_was_withdrawn_meanwhile_is_explained(story):
    page = story.send()
    assert story.need.post(f"{page}/trekk", data={"withdraw-text": "Vi har løst det selv."}).status_code == 303
    answer = story.offer.post(f"{page}/ja", follow_redirects=True)
    assert answer.status_code == 200
    assert "Introduksjonen har endret seg siden du åpnet siden." in answer.text
    assert "Vi har løst det selv." in answer.text


def test_withdrawing_needs_a_reason(story):
    page = story.send()
    assert story.need.post(f"{page}/trekk", data={}).status_code == 422


@pytest.mark.parametrize("text", ["", " ", "x" * 5001])
def test_empty_and_over_long_messages_are_refused(story, text):
    page = story.send()
    assert story.offer.post(f"{page}/meldinger", data={"text": text}).status_code == 422
    assert db.session.scalar(select(func.count(Message.id))) == 0


def test_nobody_writes_in_a_closed_thread(story):
    page = story.send()
    story.need.post(f"{page}/trekk", data={"withdraw-text": "Ferdig."})
    story.offer.post(f"{page}/meldinger", data={"text": "Likevel?"})
    assert db.session.scalar(select(func.count(Message.id))) == 0


def test_another_company_and_another_department_see_nothing(story, make, sign_in):
    page = story.send()
    for stranger in (make.company_member(), make.department_member(), make.user()):
        client = sign_in(stranger)
        for answer in (
            client.get(page),
            client.post(f"{page}/ja"),
            client.post(f"{page}/nei"),
            client.post(f"{page}/trekk"),
            client.post(f"{page}/meldinger", data={"text": "Hei"}),
            client.post(f"{page}/paminn"),
        ):
            assert answer.status_code == 403
        assert client.get(story.at).status_code == 403


def test_the_department_cannot_answer_for_the_company_nor_the_company_withdraw(story):
    page = story.send()
    assert story.need.post(f"{page}/ja").status_code == 403
    assert story.offer.post(f"{page}/trekk", data={"withdraw-text": "x"}).status_code == 403


def test_a_draft_need_and_a_hidden_profile_cannot_be_introduced(story, make):
    organisation = story.challenge.organisation
    draft, hidden = make.challenge(organisation, state=State.DRAFT), make.profile(listed=False)
    assert story.need.get(f"/utfordringer/{draft.id}/introduser/{story.profile.id}").status_code == 403
    assert story.need.get(f"/utfordringer/{story.challenge.id}/introduser/{hidden.id}").status_code == 403
    assert story.need.get(f"/utfordringer/{story.challenge.id}/introduser/999999").status_code == 404


def test_a_coordinator_is_told_that_the_answer_is_on_behalf_of_the_company(story, make, sign_in):
    page, coordinator = story.send(), make.coordinator()
    client = sign_in(coordinator)
    assert "på vegne av KjøkkenKlar" in client.get(page).text
    client.post(f"{page}/ja")
    assert f"{coordinator.name} svarte på vegne av virksomheten." in story.need.get(page).text


def test_the_letters_way_is_shown_to_the_one_who_sent_it(story):
    page = story.send()
    assert "Ligger i utboksen" in story.need.get(page).text


def test_whoever_writes_again_sees_what_they_answered_last_time(story):
    page = story.send()
    story.offer.post(f"{page}/nei", data={"decline-cause": "timing", "decline-text": "Spør igjen i august."})
    form = story.need.get(story.at).text
    assert "Dere har skrevet til dem før" in form
    assert "Spør igjen i august." in form
