"""The verbs: what each writes, announces and refuses."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.challenges import services
from matchmaker.challenges.events import ChallengeEdited, ChallengeEnded, ChallengePublished
from matchmaker.challenges.models import Challenge, Question, Revision, Transition
from matchmaker.challenges.queries import revisions, transitions
from matchmaker.challenges.refusals import EditedMeanwhile, NotReady, QuestionsClosed, ReasonMissing, StepRefused
from matchmaker.challenges.states import State
from matchmaker.core.audit import AuditEntry
from matchmaker.core.clock import today
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter


@pytest.fixture
def member(make):
    return make.department_member()


@pytest.fixture
def draft(make, member, ready):
    with transaction():
        return services.create_challenge(organisation=member.memberships[0].organisation, by=member, content=ready)


@pytest.fixture
def published(draft, member, heard):
    with transaction():
        services.publish_challenge(challenge=draft, by=member)
    heard.clear()
    return draft


def test_a_new_challenge_is_a_draft_with_what_was_written(draft, member, ready):
    assert (draft.state, draft.title, draft.published_at, draft.created_by_id) == (State.DRAFT, ready["title"], None, member.id)


def test_the_same_form_sent_twice_makes_one_challenge(make, member, ready):
    organisation = member.memberships[0].organisation
    for title in ("Først", "Så"):
        with transaction():
            services.create_challenge(organisation=organisation, by=member, content={**ready, "title": title}, token="t")
    assert [each.title for each in db.session.scalars(select(Challenge))] == ["Først"]


def test_another_persons_form_with_the_same_token_is_another_challenge(make, member, ready):
    organisation = member.memberships[0].organisation
    with transaction():
        services.create_challenge(organisation=organisation, by=member, content=ready, token="t")
        services.create_challenge(organisation=organisation, by=make.department_member(organisation), content=ready, token="t")
    assert len(db.session.scalars(select(Challenge)).all()) == 2


def test_content_with_an_unknown_field_is_an_error(member):
    with pytest.raises(KeyError):
        services.create_challenge(organisation=member.memberships[0].organisation, by=member, content={"state": "published"})


def test_requirements_stand_with_the_essential_ones_first(draft, member):
    with transaction():
        services.edit_challenge(challenge=draft, by=member, content={"requirements": [("Fint", False), ("Må", True), ("", True)]})
    assert [(each.position, each.text, each.essential) for each in draft.requirements] == [(0, "Må", True), (1, "Fint", False)]


def test_a_change_in_the_requirements_alone_moves_the_version_on(draft, member):
    version = draft.version
    with transaction():
        services.edit_challenge(challenge=draft, by=member, content={"requirements": [("Må", True)]}, version=version)
    assert draft.version == version + 1


def test_saving_on_an_old_version_is_refused(draft, member):
    version = draft.version
    with transaction():
        services.edit_challenge(challenge=draft, by=member, content={"title": "Den andres"}, version=version)
    with pytest.raises(EditedMeanwhile), transaction():
        services.edit_challenge(challenge=draft, by=member, content={"title": "Min"}, version=version)
    assert draft.title == "Den andres"


def test_saving_the_same_again_changes_nothing(draft, member, ready):
    version = draft.version
    with transaction():
        assert services.edit_challenge(challenge=draft, by=member, content=ready, version=version) == []
    assert draft.version == version


def test_editing_a_draft_keeps_no_revision_and_announces_nothing(draft, member, heard):
    with transaction():
        services.edit_challenge(challenge=draft, by=member, content={"title": "Ny"})
    assert (db.session.scalars(select(Revision)).all(), heard) == ([], [])


def test_editing_what_is_public_keeps_what_it_said_and_announces_it(published, member, heard, ready):
    with transaction():
        assert services.edit_challenge(challenge=published, by=member, content={"title": "Ny", "requirements": [("Må", True)]}) == ["title", "requirements"]
    kept = revisions(published)
    assert [(each.number, each.content["title"], each.content["requirements"], each.by_id) for each in kept] == [(1, ready["title"], [], member.id)]
    assert heard == [ChallengeEdited(published.id)]


def test_a_public_challenge_cannot_lose_what_publishing_took(published, member):
    with pytest.raises(NotReady) as refusal, transaction():
        services.edit_challenge(challenge=published, by=member, content={"need": "Mat blir kastet.", "situation": "", "affected": "", "answers_due": today() - timedelta(days=1)})
    assert refusal.value.missing == {"affected": "empty", "answers_due": "past"}
    assert published.affected != ""


def test_a_public_challenge_whose_deadline_has_gone_by_can_still_be_edited(make, member):
    old = make.challenge(member.memberships[0].organisation, answers_due=today() - timedelta(days=3), contact_email="")
    with transaction():
        services.edit_challenge(challenge=old, by=member, content={"title": "Rettet skrivefeil"})
    assert old.title == "Rettet skrivefeil"


def test_publishing_shows_it_and_announces_it(draft, member, heard):
    with transaction():
        services.publish_challenge(challenge=draft, by=member)
    assert draft.state == State.PUBLISHED
    assert draft.published_at is not None
    assert heard == [ChallengePublished(draft.id)]
    assert [(step.before, step.after, step.by_id) for step in transitions(draft)] == [("draft", "published", member.id)]


def test_publishing_what_is_not_ready_is_refused_and_says_why(draft, member, heard):
    with transaction():
        services.edit_challenge(challenge=draft, by=member, content={"effect": "", "questions_due": today() + timedelta(days=90)})
    with pytest.raises(NotReady) as refusal, transaction():
        services.publish_challenge(challenge=draft, by=member)
    assert refusal.value.missing == {"effect": "empty", "questions_due": "order"}
    assert (draft.state, heard) == (State.DRAFT, [])


@pytest.mark.parametrize(("verb", "after"), [(services.withdraw_challenge, "withdrawn"), (services.cancel_challenge, "cancelled")])
def test_ending_takes_a_reason_and_announces_it(published, member, heard, verb, after):
    with pytest.raises(ReasonMissing), transaction():
        verb(challenge=published, by=member, reason="  ")
    assert (published.state, heard) == (State.PUBLISHED, [])
    with transaction():
        verb(challenge=published, by=member, reason="Vi fant en annen vei.")
    assert (published.state, published.ended_reason, heard) == (after, "Vi fant en annen vei.", [ChallengeEnded(published.id)])
    assert transitions(published)[-1].reason == "Vi fant en annen vei."


def test_a_step_that_the_table_lacks_is_refused(draft, member):
    with pytest.raises(StepRefused), transaction():
        services.choose(challenge=draft, by=member)
    assert db.session.scalars(select(Transition)).all() == []


def test_closing_is_refused_while_somebody_objects(published, member, object_to_closing, heard):
    with transaction():
        services.start_evaluation(challenge=published, by=member)
    object_to_closing("To bedrifter venter på tilbakemelding.")
    for close in (lambda: services.choose(challenge=published, by=member), lambda: services.choose_none(challenge=published, by=member, reason="Nei")):
        with pytest.raises(StepRefused) as refusal, transaction():
            close()
        assert refusal.value.objections == ["To bedrifter venter på tilbakemelding."]
    assert (published.state, heard) == (State.UNDER_EVALUATION, [])


@pytest.mark.parametrize(("close", "after"), [(services.choose, "chosen"), (services.choose_none, "none_chosen")])
def test_closing_stands_when_nobody_objects_and_may_then_be_archived(published, member, object_to_closing, heard, close, after):
    object_to_closing()
    with transaction():
        services.start_evaluation(challenge=published, by=member)
        close(challenge=published, by=member, reason="Best svar på behovet.")
    assert (published.state, heard) == (after, [ChallengeEnded(published.id)])
    with transaction():
        services.archive_challenge(challenge=published, by=member)
    assert published.state == State.ARCHIVED


def test_a_draft_thrown_away_can_be_fetched_back_and_nobody_hears_of_it(draft, member, heard):
    with transaction():
        services.archive_challenge(challenge=draft, by=member)
    with transaction():
        services.reopen_challenge(challenge=draft, by=member)
    assert (draft.state, heard) == (State.DRAFT, [])


def test_what_was_public_stays_in_the_archive(published, member):
    with transaction():
        services.cancel_challenge(challenge=published, by=member, reason="Nei")
        services.archive_challenge(challenge=published, by=member)
    with pytest.raises(StepRefused), transaction():
        services.reopen_challenge(challenge=published, by=member)


def test_a_withdrawn_challenge_reopened_is_hidden_and_one_revision_stands_for_all_its_edits(published, member, ready):
    with transaction():
        services.withdraw_challenge(challenge=published, by=member, reason="Feil tall")
    with transaction():
        services.reopen_challenge(challenge=published, by=member)
    assert published.published_at is None
    for title in ("En", "To", "Tre"):
        with transaction():
            services.edit_challenge(challenge=published, by=member, content={"title": title})
    with transaction():
        services.publish_challenge(challenge=published, by=member)
    assert [each.content["title"] for each in revisions(published)] == [ready["title"]]
    assert published.ended_reason == ""


def test_a_copy_is_a_draft_without_dates(published, member):
    with transaction():
        services.edit_challenge(challenge=published, by=member, content={"requirements": [("Må", True)]})
        copy = services.copy_challenge(challenge=published, organisation=published.organisation, by=member)
    assert (copy.state, copy.title, copy.answers_due, copy.contact_email, copy.copied_from_id) == (State.DRAFT, published.title, None, published.contact_email, published.id)
    assert [each.text for each in copy.requirements] == ["Må"]


def test_another_municipalitys_copy_leaves_the_contact_behind(published, make):
    other = make.department_member(make.municipality(name="Moss kommune"))
    with transaction():
        copy = services.copy_challenge(challenge=published, organisation=other.memberships[0].organisation, by=other)
    assert (copy.contact_email, copy.contact_name) == ("", "")


def test_a_coordinator_acts_on_behalf_and_it_is_logged(draft, make):
    coordinator = make.coordinator()
    with transaction():
        services.publish_challenge(challenge=draft, by=coordinator)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "challenge.published")).one()
    assert (entry.user_id, entry.on_behalf_of, entry.subject_id) == (coordinator.id, draft.organisation_id, draft.id)


def test_the_owners_own_acts_are_on_nobodys_behalf(draft):
    assert db.session.scalars(select(AuditEntry.on_behalf_of).where(AuditEntry.action == "challenge.create")).all() == [None]


def test_a_question_writes_to_the_contact_without_the_askers_name(published, make):
    asker = make.company_member()
    with transaction():
        question = services.ask_question(challenge=published, by=asker, text="Har dere nett?")
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.recipient, question.answered) == (published.contact_email, False)
    assert "Har dere nett?" in letter.body
    assert f"/utfordringer/{published.id}#sporsmal" in letter.body
    assert asker.name not in letter.subject + letter.body
    assert asker.email not in letter.subject + letter.body


def test_the_same_question_twice_is_one_question_and_one_letter(published, make):
    asker = make.company_member()
    for _ in range(2):
        with transaction():
            services.ask_question(challenge=published, by=asker, text="Har dere nett?")
    assert len(db.session.scalars(select(Question)).all()) == 1
    assert len(db.session.scalars(select(Letter)).all()) == 1


def test_a_question_after_the_last_day_is_refused(published, member, make):
    published.questions_due = today() - timedelta(days=1)
    with pytest.raises(QuestionsClosed):
        services.ask_question(challenge=published, by=make.company_member(), text="For sent?")


def test_an_answer_writes_to_the_asker_in_their_language_once(published, member, make):
    asker = make.company_member()
    with transaction():
        question = services.ask_question(challenge=published, by=asker, text="Har dere nett?")
    for _ in range(2):
        with transaction():
            services.answer_question(question=question, by=member, text="Ja.")
    letters = db.session.scalars(select(Letter).where(Letter.recipient == asker.email)).all()
    assert [("Ja." in letter.body, "Har dere nett?" in letter.body) for letter in letters] == [(True, True)]
    assert (question.answer, question.answered_by_id) == ("Ja.", member.id)
