"""Registering by link, without an account and without an organisation here: asked, approved or declined, and never a double."""

import re
from datetime import timedelta

import pytest

from matchmaker.accounts.personal_data import gather
from matchmaker.accounts.services import delete_account
from matchmaker.challenges.states import State
from matchmaker.core import clock
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db, transaction
from matchmaker.core.mail import Letter
from matchmaker.meetings import jobs, passes, services
from matchmaker.meetings.models import Newcomer, Participant
from matchmaker.meetings.refusals import NotTheirs
from matchmaker.meetings.states import Answer, Side
from matchmaker.organisations.models import Organisation
from matchmaker.profiles.services import withdraw_consent

COMPANY = {
    "kind": "startup", "organisation_name": "Vannmåleren", "municipality_number": "", "department": "", "org_number": "974 760 673",
    "words": "Vi måler vann i kommunale bygg. Lekkasjer varsles samme dag.", "name": "Kari Demo", "email": "kari@example.test",
}  # fmt: skip
DEPARTMENT = {**COMPANY, "kind": "municipality", "organisation_name": "", "municipality_number": "3101", "department": "Kultur", "org_number": "", "email": "ola@example.test"}


@pytest.fixture
def door(app, conference):
    """A visitor's browser, and the address that is shared."""
    event = conference.event
    event.registration_due = clock.today() + timedelta(days=10)
    db.session.commit()
    with app.test_request_context():
        return app.test_client(), f"/pamelding/{passes.registration_for(event)}"


def letters(to: str) -> list[Letter]:
    return db.session.query(Letter).filter_by(recipient=to).order_by(Letter.id).all()


def test_a_company_asks_is_approved_and_gets_its_private_address(conference, door, sign_in):
    visitor, address = door
    empty = visitor.get(address).text
    assert "Send påmeldingen" in empty
    assert re.search(r'id="words-help">To-tre setninger, minst 20 tegn\. .*<textarea aria-describedby="words-help words-count"', empty, re.DOTALL)
    nothing = visitor.post(address, data=dict.fromkeys(COMPANY, "") | {"words": "Kort"}).text
    assert re.findall(r'<p class="ds-validation-message" id="(\w+)-error">', nothing) == ["kind", "words", "name", "email"]
    assert ">\r\nKort</textarea>" in nothing
    for wrong in ({"org_number": "123456789"}, {"words": "Kort"}, {"email": "x"}, {"kind": ""}, {"organisation_name": ""}):
        assert visitor.post(address, data=COMPANY | wrong).status_code == 422
    visitor.post(address, data=COMPANY | {"words": "Det første vi skrev, var ikke så godt."})
    assert "Takk for påmeldingen" in visitor.post(address, data=COMPANY, follow_redirects=True).text
    asked = db.session.query(Newcomer).one()
    assert "Vannmåleren" in letters(conference.desk.email)[-1].subject
    desk, here = sign_in(conference.desk), f"/arrangementer/{conference.event_id}"
    assert "1 venter på godkjenning" in desk.get(here).text
    assert "påmelding til et arrangement venter" in desk.get("/mine-saker").text
    page = desk.get(f"{here}/deltakere").text
    assert "Venter på godkjenning" in page
    assert f'href="{here}/deltakere/nye/{asked.id}">Se over<' in page
    assert address in page
    assert "Lekkasjer varsles samme dag." in desk.get(f"{here}/deltakere/nye/{asked.id}").text
    desk.post(f"{here}/deltakere/nye/{asked.id}/godkjenn", data={"approve-organisation": "new"})
    assert "Noen har alt svart" in desk.post(f"{here}/deltakere/nye/{asked.id}/avvis", data={"decline-reason": "Nei"}, follow_redirects=True).text
    db.session.expire_all()
    who = db.session.get(Participant, asked.participant_id)
    assert (who.side, who.answer, who.name, who.profile.summary, who.profile.listed) == (Side.OFFER, Answer.COMES, "Vannmåleren", COMPANY["words"], False)
    assert (who.organisation.org_number, [each.email for each in who.representatives]) == ("974760673", ["kari@example.test"])
    assert (asked.name, asked.email) == ("", "")
    (letter,) = letters("kari@example.test")
    private = re.search(r"/delta/\S+", letter.body)[0]
    assert "Vannmåleren" in visitor.get(private).text
    assert "event newcomer approved" in {each.action for each in db.session.query(AuditEntry)}
    wishes = sign_in(conference.members["Oppvekst"]).get(f"{here}/onsker/{conference.needs[0].id}").text
    assert "Vannmåleren" in wishes
    assert f"/losninger/{who.profile_id}" not in wishes


def test_one_person_asks_for_two_departments(door):
    visitor, address = door
    for department in ("Kultur", "Teknisk", "Kultur"):
        visitor.post(address, data=DEPARTMENT | {"department": department})
    assert sorted(each.department for each in db.session.query(Newcomer)) == ["Kultur", "Teknisk"]


def test_a_department_asks_and_its_need_becomes_a_draft(conference, door, sign_in):
    visitor, address = door
    visitor.post(address, data=DEPARTMENT)
    asked = db.session.query(Newcomer).one()
    desk = sign_in(conference.desk)
    assert desk.post(f"/arrangementer/{conference.event_id}/deltakere/nye/{asked.id}/godkjenn", data={}).status_code == 422
    desk.post(f"/arrangementer/{conference.event_id}/deltakere/nye/{asked.id}/godkjenn", data={"approve-organisation": "new"})
    db.session.expire_all()
    who = db.session.get(Participant, asked.participant_id)
    assert (who.name, who.challenge.title, who.challenge.state) == ("Halden kommune, Kultur", "Vi måler vann i kommunale bygg", "draft")


def approved(conference, door, sign_in, organisation="new", **asked) -> Participant:
    visitor, address = door
    visitor.post(address, data=COMPANY | asked)
    number = db.session.query(Newcomer).order_by(Newcomer.id.desc()).first().id
    sign_in(conference.desk).post(f"/arrangementer/{conference.event_id}/deltakere/nye/{number}/godkjenn", data={"approve-organisation": organisation})
    db.session.expire_all()
    return db.session.get(Newcomer, number).participant


@pytest.mark.parametrize("kind", ["municipality", "startup"])
def test_who_was_taken_in_writes_on_the_draft_by_the_private_address_until_wishes_close(conference, door, sign_in, kind):
    visitor, who = door[0], approved(conference, door, sign_in, **(DEPARTMENT if kind == "municipality" else {}))
    draft = lambda: (who.challenge.title, who.challenge.need) if who.challenge else (None, who.profile.summary)  # noqa: E731 - one short question, asked below
    private = re.search(r"/delta/\S+", letters(DEPARTMENT["email"] if who.challenge else COMPANY["email"])[0].body)[0]
    page = visitor.get(f"{private}/beskriv").text
    assert f'href="{private}/beskriv"' in visitor.get(private).text
    version, typed = re.search(r'name="version"[^>]*value="(\d+)"', page)[1], {"title": "<b>Vann</b>", "words": "Vi trenger <i>målere</i>."}
    for lacking in ({"words": ""}, {"words": "x" * 10_001}, *([{"title": ""}] if who.challenge else [])):
        answer = visitor.post(f"{private}/beskriv", data={**typed, "version": version, **lacking})
        assert (answer.status_code, f'id="{next(iter(lacking))}-error"' in answer.text) == (422, True)
    assert "Teksten er lagret." in (saved := visitor.post(f"{private}/beskriv", data={**typed, "version": version}, follow_redirects=True).text)
    assert "Vi trenger &lt;i&gt;målere&lt;/i&gt;." in saved
    db.session.expire_all()
    assert draft() == (typed["title"] if who.challenge else None, typed["words"])
    assert not who.is_public
    entry = db.session.query(AuditEntry).filter_by(action="event draft described").one()
    assert (entry.user_id, entry.subject_id) == (None, conference.event_id)
    assert "Vi trenger &lt;i&gt;" in sign_in(conference.desk).get(f"/arrangementer/{conference.event_id}/deltakere/{who.id}").text
    older = visitor.post(f"{private}/beskriv", data={"title": "Eldre", "words": "En eldre side.", "version": version})
    assert (older.status_code, "Noen har endret teksten" in older.text, "En eldre side." in older.text) == (422, True, True)
    assert older.text.count("Vi trenger &lt;i&gt;") == 1
    conference.event.wishes_due = clock.today() - timedelta(days=1)
    db.session.commit()
    late = visitor.post(f"{private}/beskriv", data={"title": "Sent", "words": "For sent.", "version": re.search(r'name="version"[^>]*value="(\d+)"', older.text)[1]})
    assert (late.status_code, "Teksten er ikke lagret." in late.text) == (422, True)
    db.session.expire_all()
    assert draft()[1] == typed["words"]


def test_who_has_colleagues_with_accounts_or_something_public_writes_in_the_service(conference, client):
    def shut(who) -> None:
        private = f"/delta/{passes.token_for(who, passes.Purpose.INVITATION)}"
        assert "/beskriv" not in client.get(private).text
        assert client.get(f"{private}/beskriv").status_code == 404
        with pytest.raises(NotTheirs):
            services.describe(participant=who, words="Andres ord.", title="Andres", version=1, by=None)

    need, offer = conference.needs[0], conference.offers[0]
    need.challenge.state, need.challenge.published_at = State.DRAFT, None
    db.session.commit()
    shut(need)
    shut(offer)
    for each in (conference.members["Oppvekst"], conference.members["TotalCtrl"]):
        each.memberships[0].ended_at = clock.now()
    db.session.commit()
    assert client.get(f"/delta/{passes.token_for(need, passes.Purpose.INVITATION)}/beskriv").status_code == 200
    need.challenge.state = State.ARCHIVED
    with transaction():
        withdraw_consent(profile=offer.profile, by=conference.desk)
    shut(need)
    shut(offer)


def test_the_last_place_is_given_and_where_the_event_is_full_an_approved_one_waits(conference, door, sign_in):
    conference.event.capacity = 6
    db.session.commit()
    assert "er fullt" not in door[0].get(door[1]).text
    assert approved(conference, door, sign_in).answer == Answer.COMES
    assert "Arrangementet er fullt. Melder dere dere på nå, kommer dere på venteliste." in door[0].get(door[1]).text
    other = approved(conference, door, sign_in, organisation_name="Den andre", org_number="", email="per@example.test")
    assert other.answer == Answer.WAITING
    assert "nummer 1 på ventelista" in letters("per@example.test")[0].body
    door[0].post(door[1], data=COMPANY | {"organisation_name": "Den tredje", "org_number": "", "email": "ida@example.test"})
    desk, asked = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/deltakere/nye/{db.session.query(Newcomer).order_by(Newcomer.id.desc()).first().id}"
    assert "Godkjenner dere nå, kommer de på venteliste" in desk.get(asked).text
    assert "Den tredje står på venteliste, og har fått brev." in desk.post(f"{asked}/godkjenn", data={"approve-organisation": "new"}, follow_redirects=True).text


def test_who_comes_for_somebody_with_a_place_takes_it_from_nobody(conference, door, sign_in):
    company = conference.offers[0]
    conference.represent(company, "kari@example.test")
    company.answer, conference.event.capacity = Answer.COMES, 5
    db.session.commit()
    who = approved(conference, door, sign_in, organisation=company.organisation.id, organisation_name="TotalCtrl Norge", org_number="", email="Kari@example.test")
    assert (who.id, who.answer, [each.email for each in who.representatives]) == (company.id, Answer.COMES, ["kari@example.test"])


def test_a_declined_one_gets_the_reason_and_nothing_of_it_is_kept(conference, door, sign_in):
    visitor, address = door
    visitor.post(address, data=COMPANY)
    asked, desk = db.session.query(Newcomer).one(), sign_in(conference.desk)
    away = f"/arrangementer/{conference.event_id}/deltakere/nye/{asked.id}/avvis"
    assert desk.post(away, data={"decline-reason": ""}).status_code == 422
    desk.post(away, data={"decline-reason": "Det er bare for kommuner i Østfold."})
    assert "Østfold" in letters("kari@example.test")[0].body
    db.session.expire_all()
    assert (asked.state, asked.name, asked.email) == ("declined", "", "")
    assert db.session.query(Organisation).filter_by(name="Vannmåleren").count() == 0


def test_an_organisation_that_is_here_gets_a_letter_and_no_double(conference, door, make):
    visitor, address = door
    organisation = make.organisation(name="Vannmåleren AS", org_number="974760673")
    member = make.company_member(organisation)
    for _press in range(2):
        answer = visitor.post(address, data=COMPANY, follow_redirects=True)
    assert "i tjenesten fra før" in answer.text
    (letter,) = letters(member.email)
    assert f"/arrangementer/{conference.event_id}" in letter.body
    assert letters("kari@example.test") == []
    conference.represent(conference.needs[0], "oppvekst@example.test")
    visitor.post(address, data=DEPARTMENT | {"department": "Oppvekst"})
    assert "/delta/" in letters("oppvekst@example.test")[0].body
    assert db.session.query(Newcomer).count() == 0


def test_an_organisation_that_is_here_with_nobody_who_reads_letters_waits_for_the_coordinator(conference, door, make, sign_in):
    make.organisation(name="Vannmåleren AS", org_number="974760673")
    company = approved(conference, door, sign_in)
    assert (company.name, company.organisation.name) == ("Vannmåleren AS", "Vannmåleren AS")
    assert "er i tjenesten uten at noen der får brev" in letters(conference.desk.email)[-1].body
    there = services.bring_in(event=conference.event, organisations=[make.municipality(department="Kultur")], by=conference.desk)[0]
    db.session.commit()
    who = approved(conference, door, sign_in, **DEPARTMENT)
    assert (who.id, [each.email for each in who.representatives]) == (there.id, ["ola@example.test"])
    assert (who.challenge.title, who.challenge.need, who.challenge.state) == ("Vi måler vann i kommunale bygg", COMPANY["words"], "draft")


@pytest.mark.parametrize(("stands", "kept"), [("", COMPANY["words"]), ("Det de skrev selv.", "Det de skrev selv.")])
def test_what_somebody_says_of_an_organisation_that_is_here_is_kept_where_nothing_is_written(conference, door, sign_in, make, stands, kept):
    """The page where it is decided says so, and names both ways on: an organisation with members writes in the service."""
    organisation = make.organisation(name="Vannmåleren Norge")
    make.company_member(organisation)
    make.profile(organisation, listed=False, summary=stands, problem="", how="")
    who = approved(conference, door, sign_in, organisation=organisation.id)
    assert (who.organisation.name, who.profile.summary, who.is_public) == ("Vannmåleren Norge", kept, False)
    door[0].post(door[1], data=COMPANY | {"organisation_name": "Den andre", "org_number": ""})
    number = db.session.query(Newcomer).order_by(Newcomer.id.desc()).first().id
    desk, here = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/deltakere"
    assert "fra den private siden, eller fra kontoen sin. Har de skrevet noe fra før, blir det stående." in desk.get(f"{here}/nye/{number}").text
    page = desk.get(f"{here}/{who.id}").text
    assert ("Teksten deres</h2>" in page, f'href="/losninger/{who.profile_id}">Åpne profilen<' in page) == (True, True)


def test_the_link_says_so_when_registration_is_over_and_opens_nothing_else(app, conference, door):
    visitor, address = door
    conference.event.registration_due = clock.today() - timedelta(days=2)
    db.session.commit()
    for answer in (visitor.get(address), visitor.post(address, data=COMPANY)):
        assert "Påmeldingen er stengt." in answer.text
    assert db.session.query(Newcomer).count() == 0
    with app.test_request_context():
        other = passes.screen_for(conference.event)
    assert visitor.get(f"/pamelding/{other}").status_code == visitor.get("/pamelding/tull").status_code == 404


def test_who_asked_finds_it_in_their_own_data_and_is_forgotten_with_the_account(door, make):
    visitor, address = door
    user = make.user(email="kari@example.test")
    for email in ("kari@example.test", "per@example.test"):
        visitor.post(address, data=COMPANY | {"email": email})
    assert [row["name"] for row in gather(user)["stored"]["event_newcomers"]] == ["Kari Demo"]
    with transaction():
        delete_account(user=user, by=user)
    assert [each.email for each in db.session.query(Newcomer)] == ["per@example.test"]


def test_who_was_never_answered_is_forgotten_when_the_event_is_over(conference, door):
    visitor, address = door
    visitor.post(address, data=COMPANY)
    jobs.forget_newcomers()
    assert db.session.query(Newcomer).count() == 1
    clock.fix(conference.event.slots[-1].ends_at + timedelta(days=1))
    jobs.forget_newcomers()
    assert db.session.query(Newcomer).count() == 0
