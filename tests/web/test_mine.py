"""Mine saker: what waits for each role, with the next step."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from matchmaker.challenges.models import Question
from matchmaker.challenges.states import State
from matchmaker.core.clock import now
from matchmaker.core.database import db, transaction
from matchmaker.core.queue import Job
from matchmaker.matches import interests, introducing, writing
from matchmaker.matches.models import Band, Dismissal, Run, Suggestion
from matchmaker.matches.suggesting import NEED_TO_OFFERS
from matchmaker.organisations.models import Membership, Role

SKETCH = {"idea": "Vi teller.", "plan": "Seks uker.", "needs_from_municipality": "To folk.", "price": ""}


@pytest.fixture
def story(make, sign_in):
    department, company = make.department_member(), make.company_member()

    class Story:
        ours, theirs = department.memberships[0].organisation, company.memberships[0].organisation
        need, offer = sign_in(department), sign_in(company)

        def suggest(self, challenge, profile, band=Band.STRONG):
            run = Run(direction="need_to_offers", subject_id=challenge.id, model="twin")
            db.session.add(Suggestion(run=run, challenge=challenge, profile=profile, rank=1, score=0.8, band=band, reasons={}, need_hash="n", offer_hash="o"))
            db.session.commit()

        def introduce(self, challenge, profile):
            with transaction():
                return introducing.send_introduction(challenge=challenge, profile=profile, message="Hei", by=department)

        def answer(self, challenge, profile, *, send=True):
            with transaction():
                interest = interests.draft_interest(challenge=challenge, profile=profile, sketch=SKETCH, by=company)
                if send:
                    interests.send_interest(interest=interest, by=company)
            return interest

    story = Story()
    story.department, story.company = department, company
    return story


def test_visitors_are_sent_to_sign_in_and_back(client):
    answer = client.get("/mine-saker")
    assert answer.status_code == 303
    assert "next=/mine-saker" in answer.headers["Location"] or "next=%2Fmine-saker" in answer.headers["Location"]


def test_a_department_without_anything_is_shown_how_to_begin(story):
    page = story.need.get("/mine-saker").text
    assert "Ingen utfordringer er ute nå" in page
    assert "/utfordringer/ny" in page


def test_a_department_sees_drafts_new_suggestions_questions_and_what_lacks_feedback(story, make):
    challenge, profile = make.challenge(story.ours, title="Mindre matsvinn"), make.profile(story.theirs)
    make.challenge(story.ours, state=State.DRAFT, title="Et utkast")
    story.suggest(challenge, profile)
    story.suggest(challenge, make.profile(), Band.STRETCH)
    story.answer(challenge, profile)
    db.session.add(Question(challenge=challenge, asked_by=story.company, text="Hvor mange kjøkken?"))
    db.session.commit()
    page = story.need.get("/mine-saker").text
    for expected in ("2 saker venter på dere.", "Mindre matsvinn", "Et utkast", "1 nytt forslag", "1 idéskisse uten tilbakemelding", "Hvor mange kjøkken?", "1 vil være med"):
        assert expected in page


def test_nothing_found_is_not_said_while_profiles_are_still_read(story, make):
    challenge = make.challenge(story.ours)
    db.session.add(Run(direction=NEED_TO_OFFERS, subject_id=challenge.id, model="twin"))
    job = Job(kind="matches.read_profiles", state="running", heartbeat_at=now())
    db.session.add(job)
    db.session.commit()
    page = story.need.get("/mine-saker").text
    assert ("Leter etter matcher" in page, "Ingen god match" in page) == (True, False)
    job.state = "done"
    db.session.commit()
    page = story.need.get("/mine-saker").text
    assert ("Leter etter matcher" in page, "Ingen god match" in page) == (False, True)


def test_what_was_found_stands_there_after_it_has_been_seen(story, make):
    challenge = make.challenge(story.ours)
    assert "Leter etter matcher" in story.need.get("/mine-saker").text
    for band in (Band.STRONG, Band.STRONG, Band.POSSIBLE, Band.STRETCH):
        story.suggest(challenge, make.profile(), band)
    assert "3 nye forslag" in story.need.get("/mine-saker").text
    db.session.execute(update(Suggestion).values(shown_at=now()))
    db.session.commit()
    page = story.need.get("/mine-saker").text
    assert "To sterke, én mulig" in page
    assert "nye forslag" not in page


def test_a_need_nobody_meets_says_so(story, make):
    story.suggest(make.challenge(story.ours), make.profile(), Band.NONE)
    assert "Ingen god match" in story.need.get("/mine-saker").text


def test_weak_suggestions_alone_are_called_the_same_as_on_the_page_of_suggestions(story, make):
    challenge = make.challenge(story.ours)
    story.suggest(challenge, make.profile(), Band.STRETCH)
    story.suggest(challenge, make.profile(consent_at=None), Band.STRONG)
    for page in ("/mine-saker", f"/utfordringer/{challenge.id}/forslag"):
        text = story.need.get(page).text
        assert "Bare svake forslag" in text
        assert "Ingen god match" not in text


def test_a_department_sees_nothing_of_other_departments(story, make):
    other = make.challenge(title="Noe hos naboen")
    make.challenge(state=State.DRAFT, title="Naboens utkast")
    story.answer(other, make.profile(story.theirs))
    page = story.need.get("/mine-saker").text
    assert "Noe hos naboen" not in page
    assert "Naboens utkast" not in page
    assert "uten tilbakemelding" not in page


def test_both_sides_see_unread_messages(story, make):
    introduction = story.introduce(make.challenge(story.ours), make.profile(story.theirs, name="KjøkkenKlar"))
    with transaction():
        writing.write_message(introduction=introduction, text="Passer tirsdag?", by=story.company)
    page = story.need.get("/mine-saker").text
    assert "KjøkkenKlar" in page
    assert "1 ulest" in page
    assert "1 sak venter på dere." in page
    story.need.get(f"/introduksjoner/{introduction.id}")
    page = story.need.get("/mine-saker").text
    assert "1 ulest" not in page
    assert "Ingenting venter på dere nå." in page


def test_a_yes_waits_for_a_first_talk_until_somebody_writes_and_not_for_ever(story, make):
    introduction = story.introduce(make.challenge(story.ours), make.profile(story.theirs, name="KjøkkenKlar"))
    assert "Ingenting venter på dere nå." in story.need.get("/mine-saker").text
    with transaction():
        introducing.accept_introduction(introduction=introduction, by=story.company)
    page = story.need.get("/mine-saker").text
    assert "1 sak venter på dere." in page
    assert "Avtal en første prat med KjøkkenKlar" in page
    with transaction():
        introduction.answered_at = now() - timedelta(days=31)
    assert "Ingenting venter på dere nå." in story.need.get("/mine-saker").text
    with transaction():
        introduction.answered_at = now()
        writing.write_message(introduction=introduction, text="Passer tirsdag?", by=story.department)
    assert "Ingenting venter på dere nå." in story.need.get("/mine-saker").text


def test_somebody_with_several_departments_sees_which_each_thing_is_of(story, make):
    make.challenge(story.ours, title="Mindre matsvinn")
    assert story.ours.display_name not in story.need.get("/mine-saker").text.partition("<h1>")[2]
    other = make.municipality(department="Oppvekst")
    db.session.add(Membership(user=story.department, organisation=other, role=Role.DEPARTMENT))
    make.challenge(other, title="Mindre matsvinn", state=State.DRAFT)
    make.event(challenges=[make.challenge(other, title="Mindre svinn"), make.challenge(story.ours, title="Mindre svinn")])
    page = story.need.get("/mine-saker").text.partition("<h1>")[2]
    of_each = [page.count(f'{whose.display_name} · <span lang="nb">Mindre svinn</span>') for whose in (other, story.ours)]
    assert of_each == [1, 1]
    assert f"{other.display_name} · påbegynt" in page
    assert f"<span>{story.ours.display_name}</span><span>publisert" in page


def test_a_company_sees_who_asks_what_fits_and_what_it_sent(story, make):
    profile = make.profile(story.theirs)
    asked, fits, sent, away = (make.challenge(story.ours, title=title) for title in ("Spurt om", "Passer godt", "Sendt svar", "Vil ikke"))
    for challenge in (fits, away):
        story.suggest(challenge, profile)
    db.session.add(Dismissal(challenge_id=away.id, profile_id=profile.id, side="offer"))
    db.session.commit()
    story.introduce(asked, profile)
    story.answer(sent, profile)
    page = story.offer.get("/mine-saker").text
    for expected in ("1 sak venter på dere.", "Spurt om", "Passer godt", "Sendt svar"):
        assert expected in page
    assert "Vil ikke" not in page


def test_a_company_without_a_profile_is_shown_the_way(story):
    assert "Lag profilen først" in story.offer.get("/mine-saker").text


def test_an_incomplete_profile_says_what_to_add_next(story, make):
    make.profile(story.theirs, problem="", capacity=None)
    page = story.offer.get("/mine-saker").text
    assert "Neste: Problemet dere løser." in page
    assert "av 8 deler er på plass" in page


def test_a_hidden_profile_says_that_nobody_finds_it(story, make):
    make.profile(story.theirs, listed=False)
    assert "Profilen er skjult." in story.offer.get("/mine-saker").text


def test_a_coordinator_sees_counts_that_lead_to_the_board(make, sign_in):
    make.challenge()
    page = sign_in(make.coordinator()).get("/mine-saker").text
    assert "utfordringer uten god match" in page
    assert 'href="/tavle#none"' in page


def test_somebody_with_two_roles_sees_both(make, sign_in):
    person = make.department_member()
    db.session.add(Membership(user=person, organisation=make.organisation(), role=Role.COMPANY))
    db.session.commit()
    page = sign_in(person).get("/mine-saker").text
    assert "Utfordringer som er ute" in page
    assert "Utfordringer som passer dere" in page


def test_somebody_who_belongs_nowhere_is_shown_where_to_ask(make, sign_in):
    assert "Du er ikke med i noen virksomhet ennå" in sign_in(make.user()).get("/mine-saker").text


@pytest.mark.parametrize("side", ["need", "offer"])
def test_the_page_asks_as_much_for_three_as_for_one(story, make, queries, side):
    profile = make.profile(story.theirs)

    def fill():
        fits, asked, sent = make.challenge(story.ours), make.challenge(story.ours), make.challenge(story.ours)
        make.challenge(story.ours, state=State.DRAFT)
        story.suggest(fits, profile)
        story.introduce(asked, profile)
        with transaction():
            introducing.accept_introduction(introduction=story.introduce(fits, profile), by=story.company)
        story.answer(sent, profile)
        db.session.add(Question(challenge=sent, asked_by=story.company, text="Hva?"))
        db.session.commit()

    fill()
    client = getattr(story, side)
    with queries() as one:
        assert client.get("/mine-saker").status_code == 200
    fill(), fill()
    with queries() as three:
        assert client.get("/mine-saker").status_code == 200
    assert len(one) == len(three)
