"""The pages of an interest: sketch, preview, send, read beside the reasons, answer one or all; and who may see what."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.matches import interests
from matchmaker.matches.models import Interest
from matchmaker.matches.states import InterestState

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask

SKETCH = {"idea": "Vi teller varene.", "plan": "Seks uker.", "needs_from_municipality": "To kontaktpersoner.", "price": "120 000 kroner"}


@pytest.fixture
def story(make, sign_in):
    department, company = make.department_member(), make.company_member()
    challenge = make.challenge(department.memberships[0].organisation)
    profile = make.profile(company.memberships[0].organisation, name="KjøkkenKlar")

    class Story:
        at = f"/utfordringer/{challenge.id}/interesse"
        need, offer = sign_in(department), sign_in(company)

        def send(self) -> str:
            answer = self.offer.post(self.at, data={**SKETCH, "version": "0", "step": "send"})
            assert answer.status_code == 303
            return answer.headers["Location"]

    story = Story()
    story.department, story.company, story.challenge, story.profile = department, company, challenge, profile
    return story


@pytest.fixture
def more(make, story):
    """Another company's sent interest for the same need."""

    def send(name="Svinnfri") -> Interest:
        company = make.company_member()
        profile = make.profile(company.memberships[0].organisation, name=name)
        with transaction():
            interest = interests.draft_interest(challenge=story.challenge, profile=profile, sketch=SKETCH, by=company)
            interests.send_interest(interest=interest, by=company)
        return interest

    return send


def count() -> int:
    return db.session.scalar(select(func.count(Interest.id)))


def the_interest() -> Interest:
    db.session.expire_all()
    return db.session.scalars(select(Interest)).one()


def test_a_company_sends_a_sketch_and_reads_the_feedback(story):
    page = story.send()
    assert "Vi teller varene." in story.need.get(page).text
    assert story.need.post(f"{page}/ikke-valgt", data={"decline-feedback": "For lite konkret om uttesting."}).status_code == 303
    assert "For lite konkret om uttesting." in story.offer.get(page).text


def test_the_warning_about_public_papers_stands_before_one_writes_and_before_one_sends(story):
    warning = "som hovedregel et offentlig dokument"
    assert warning in story.offer.get(story.at).text
    assert warning in story.offer.post(story.at, data={**SKETCH, "version": "0", "step": "preview"}).text


def test_the_preview_keeps_a_draft_and_sends_nothing(story):
    page = story.offer.post(story.at, data={**SKETCH, "version": "0", "step": "preview"})
    assert "Slik leser kommunen skissen" in page.text
    assert the_interest().state == InterestState.DRAFT


def test_a_sketch_with_parts_missing_is_kept_but_not_sent(story):
    answer = story.offer.post(story.at, data={"idea": "Bare en idé", "version": "0", "step": "send"})
    assert answer.status_code == 422
    assert "Skriv noe her før dere sender." in answer.text
    assert "Bare en idé" in answer.text


def test_pressing_send_twice_sends_once(story):
    assert story.send() == story.send()
    assert count() == 1


@pytest.mark.parametrize("field", ["idea", "plan", "needs_from_municipality", "price"])
def test_over_long_parts_are_refused(story, field):
    assert story.offer.post(story.at, data={**SKETCH, field: "x" * 3001, "version": "0", "step": "send"}).status_code == 422
    assert count() == 0


def test_hostile_words_are_shown_as_words(story):
    story.offer.post(story.at, data={**SKETCH, "idea": "<script>alert(1)</script>'; DROP TABLE interests;--‮​", "version": "0", "step": "send"})
    page = story.need.get(f"/interesser/{the_interest().id}").text
    assert "<script>alert" not in page
    assert not set(page) & set("‮​")


def test_autosave_answers_with_time_and_version(story):
    answer = story.offer.post(f"{story.at}/utkast", data={"idea": "En halv idé", "version": "0"})
    assert answer.status_code == 200
    assert answer.json["saved"].startswith("Lagret kl. ")
    assert answer.json["version"] == the_interest().version


def test_the_second_of_two_colleagues_sees_both_versions_and_loses_nothing(story):
    story.offer.post(story.at, data={**SKETCH, "idea": "Kollegaens idé", "version": "0", "step": "draft"})
    answer = story.offer.post(story.at, data={**SKETCH, "idea": "Min idé", "version": "0", "step": "draft"})
    assert answer.status_code == 409
    assert "Kollegaens idé" in answer.text
    assert "Min idé</textarea>" in answer.text
    assert the_interest().idea == "Kollegaens idé"
    assert story.offer.post(f"{story.at}/utkast", data={"idea": "Min idé", "version": "0"}).status_code == 409


def test_after_the_deadline_the_draft_is_kept_and_not_sent(story):
    story.challenge.answers_due = clock.today() - timedelta(days=1)
    db.session.commit()
    answer = story.offer.post(story.at, data={**SKETCH, "version": "0", "step": "send"})
    assert "Fristen for å svare" in answer.text
    assert the_interest().state == InterestState.DRAFT


def test_the_department_sees_all_interests_on_one_page_in_a_fixed_number_of_queries(story, more, queries):
    more("Første")
    with queries() as one:
        assert "Første" in story.need.get(f"/utfordringer/{story.challenge.id}/interesser").text
    more("Andre"), more("Tredje")
    with queries() as three:
        page = story.need.get(f"/utfordringer/{story.challenge.id}/interesser").text
    assert "Tredje" in page
    assert len(one) == len(three)


def test_one_text_reaches_everybody_and_an_own_text_wins(story, more):
    first, second, third = more("Første"), more("Andre"), more("Tredje")
    data = {"common": "Takk til alle.", f"own-{second.id}": "Dere var nære.", f"wait-{third.id}": "1"}
    answer = story.need.post(f"/utfordringer/{story.challenge.id}/tilbakemelding", data=data)
    assert answer.status_code == 303
    db.session.expire_all()
    assert [each.feedback for each in (first, second, third)] == ["Takk til alle.", "Dere var nære.", ""]


def test_feedback_to_all_pressed_twice_looks_sent_both_times(story, more):
    more()
    answers = [story.need.post(f"/utfordringer/{story.challenge.id}/tilbakemelding", data={"common": "Takk til alle."}) for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, f"/utfordringer/{story.challenge.id}/interesser")] * 2
    assert the_interest().feedback == "Takk til alle."


@pytest.mark.parametrize("common", ["", " ​ ", "x" * 5001])
def test_feedback_to_all_without_words_or_with_too_many_is_refused(story, more, common):
    more()
    answer = story.need.post(f"/utfordringer/{story.challenge.id}/tilbakemelding", data={"common": common})
    assert answer.status_code == 422
    assert 'id="common-error"' in answer.text
    assert the_interest().state == InterestState.SENT


def test_an_own_text_that_is_too_long_is_told_beside_it_and_no_word_is_lost(story, more):
    one = more()
    answer = story.need.post(f"/utfordringer/{story.challenge.id}/tilbakemelding", data={"common": "Takk til alle.", f"own-{one.id}": "x" * 5001})
    assert answer.status_code == 422
    assert f'id="own-{one.id}-error">Teksten er for lang.' in answer.text
    assert 'id="common-error"' not in answer.text
    assert "Takk til alle.</textarea>" in answer.text
    assert "x" * 5001 in answer.text


def test_companies_never_see_each_others_interests_nor_the_departments_page(story, more):
    other = more()
    assert story.offer.get(f"/interesser/{other.id}").status_code == 403
    assert story.offer.get(f"/utfordringer/{story.challenge.id}/interesser").status_code == 403
    assert story.offer.get(f"/utfordringer/{story.challenge.id}/tilbakemelding").status_code == 403
    for act in ("kortliste", "velg", "ikke-valgt", "trekk"):
        assert story.offer.post(f"/interesser/{other.id}/{act}").status_code == 403


def test_a_draft_is_hidden_from_the_department(story):
    story.offer.post(story.at, data={**SKETCH, "version": "0", "step": "draft"})
    assert story.need.get(f"/interesser/{the_interest().id}").status_code == 403


def test_a_company_does_not_judge_its_own_sketch(story):
    page = story.send()
    for act in ("kortliste", "velg", "ikke-valgt"):
        assert story.offer.post(f"{page}/{act}", data={"decline-feedback": "x"}).status_code == 403


def test_nobody_writes_for_another_company(story, make):
    other = make.profile(name="En annen")
    story.offer.post(story.at, data={**SKETCH, "profile": str(other.id), "version": "0", "step": "send"})
    assert count() == 0


def test_a_person_without_a_profile_is_shown_the_way_to_one(story, make, sign_in):
    page = sign_in(make.company_member()).get(story.at)
    assert page.status_code == 200
    assert "Dere trenger en profil først" in page.text


def test_a_coordinator_finds_the_company_to_write_for(story, make, sign_in):
    client = sign_in(make.coordinator())
    page = client.get(story.at, query_string={"q": "kjøkken"}).text
    assert "KjøkkenKlar" in page
    form = client.get(story.at, query_string={"profile": story.profile.id}).text
    assert "på vegne av KjøkkenKlar" in form


def test_withdrawing_takes_it_out_of_the_departments_hands(story):
    page = story.send()
    assert story.offer.post(f"{page}/trekk").status_code == 303
    assert "Trukket" in story.offer.get(page).text
    assert story.need.post(f"{page}/kortliste", follow_redirects=True).status_code == 200
    assert the_interest().state == InterestState.WITHDRAWN


def test_a_company_number_no_row_has_is_nobody(story):
    assert story.offer.get(f"{story.at}?profile=99999999999999999999").status_code == 200
