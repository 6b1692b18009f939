"""An organisation's page: who is there, its facts, and two who edit at once."""

import pytest
from sqlalchemy import select

from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db
from matchmaker.organisations.models import Membership, Organisation
from tests.accounts.post import letters_to

pytestmark = pytest.mark.one_database("sqlite")  # what the page says; that both databases bear it, the services and conventions tests ask


@pytest.fixture
def halden(make):
    return make.municipality(department="Oppvekst", org_number="974760673")


@pytest.fixture
def member(make, halden):
    return make.department_member(halden)


def facts(organisation, **values):
    said = {key: getattr(organisation, key) for key in ("name", "department", "org_number", "municipality_number", "website", "version")}
    return {**said, **values}


def edit(client, organisation, **values):
    return client.post(f"/virksomheter/{organisation.id}/rediger", data=facts(organisation, **values))


def test_members_see_each_other_and_their_sister_departments(make, sign_in, halden, member):
    make.municipality(department="Teknisk drift")
    make.municipality(name="Sarpsborg kommune", department="Helse", municipality_number="3105")
    colleague = make.department_member(halden)
    page = sign_in(member).get(f"/virksomheter/{halden.id}").text
    assert colleague.email in page
    assert "Teknisk drift" in page
    assert "Helse" not in page


def test_strangers_see_the_organisation_but_not_its_people(make, sign_in, halden, member):
    page = sign_in(make.company_member()).get(f"/virksomheter/{halden.id}").text
    assert "Halden kommune, Oppvekst" in page
    assert member.email not in page
    assert "Rediger" not in page


def test_a_change_is_kept_shown_and_logged(sign_in, halden, member):
    client = sign_in(member)
    assert edit(client, halden, website="www.halden.kommune.no/", department="Oppvekst og kultur").status_code == 303
    db.session.refresh(halden)
    assert (halden.website, halden.department, halden.version) == ("https://www.halden.kommune.no/", "Oppvekst og kultur", 2)
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "organisation changed"))
    assert (entry.user_id, entry.on_behalf_of) == (member.id, halden.id)
    assert entry.detail["changed"] == {"department": ["Oppvekst", "Oppvekst og kultur"], "website": ["", "https://www.halden.kommune.no/"]}
    assert "Avdeling: Oppvekst → Oppvekst og kultur" in client.get(f"/virksomheter/{halden.id}").text


def test_nothing_changed_is_nothing_logged(sign_in, halden, member):
    assert edit(sign_in(member), halden).status_code == 303
    assert db.session.query(AuditEntry).count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"department": "x" * 121},
        {"org_number": "123456789"},
        {"org_number": "974760674"},
        {"municipality_number": "0000"},
        {"website": "javascript:alert(1)"},
        {"website": "halden"},
        {"website": "https://" + "x" * 300},
        {"name": "\u200b\u202e"},
    ],
)
def test_a_wrong_fact_is_told_and_changes_nothing(sign_in, halden, member, wrong):
    assert edit(sign_in(member), halden, **wrong).status_code == 422
    db.session.refresh(halden)
    assert (halden.name, halden.version) == ("Halden kommune", 1)


def test_a_name_another_has_is_refused(make, sign_in, halden, member):
    make.municipality(department="Helse")
    answer = edit(sign_in(member), halden, department="Helse")
    assert answer.status_code == 422
    assert "En annen virksomhet heter det samme." in answer.text


def test_the_second_of_two_editors_sees_both_versions_and_loses_nothing(make, sign_in, halden, member):
    first, second = sign_in(member), sign_in(make.department_member(halden))
    opened = facts(halden)
    first.post(f"/virksomheter/{halden.id}/rediger", data={**opened, "department": "Først"})
    answer = second.post(f"/virksomheter/{halden.id}/rediger", data={**opened, "department": "Sist"})
    assert answer.status_code == 409
    assert "<dd>Først</dd>" in answer.text
    assert 'value="Sist"' in answer.text
    assert second.post(f"/virksomheter/{halden.id}/rediger", data={**opened, "department": "Sist", "version": 2}).status_code == 303
    db.session.refresh(halden)
    assert halden.department == "Sist"


@pytest.mark.parametrize("version", ["", "x", "0", "99999999999999999999"])
def test_a_form_without_its_version_is_held_back(sign_in, halden, member, version):
    assert edit(sign_in(member), halden, version=version, department="Ny").status_code == 409


def end(client, membership):
    return client.post(f"/medlemskap/{membership.id}/avslutt")


def test_a_colleague_is_put_out_and_told(make, sign_in, halden, member):
    colleague = make.department_member(halden)
    theirs = sign_in(colleague)
    assert end(sign_in(member), colleague.memberships[0]).status_code == 303
    assert [letter.subject for letter in letters_to(colleague.email)] == ["Du er ikke lenger med i Halden kommune, Oppvekst"]
    assert theirs.get(f"/virksomheter/{halden.id}").status_code == 403


def test_one_who_leaves_gets_no_letter_and_lands_softly(sign_in, member):
    client = sign_in(member)
    answer = end(client, member.memberships[0])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/velkommen")
    assert letters_to(member.email) == []


def test_strangers_put_nobody_out(make, sign_in, member):
    assert end(sign_in(make.company_member()), member.memberships[0]).status_code == 403
    assert end(sign_in(make.user()), member.memberships[0]).status_code == 403


def test_the_last_administrator_stays(make, sign_in):
    only = make.administrator()
    client = sign_in(only)
    assert "Den siste administratoren kan ikke gå ut." in client.post(f"/medlemskap/{only.memberships[0].id}/avslutt", follow_redirects=True).text
    make.administrator()
    end(client, only.memberships[0])
    db.session.refresh(only.memberships[0])
    assert only.memberships[0].ended_at is not None


def test_one_chooses_whom_to_act_for(make, sign_in, member):
    other = make.organisation(name="TotalCtrl")
    db.session.add(Membership(user=member, organisation=other, role="company"))
    db.session.commit()
    client = sign_in(member)
    second = db.session.scalar(select(Membership).where(Membership.organisation_id == other.id))
    assert '<span class="who">Halden kommune, Oppvekst</span>' in client.get("/roller").text
    assert client.post(f"/roller/{second.id}/velg", data={"next": "/roller"}).headers["Location"] == "/roller"
    assert '<span class="who">TotalCtrl</span>' in client.get("/roller").text
    assert client.post(f"/roller/{second.id}/velg", data={"next": "//evil.test"}).headers["Location"] == "/velkommen"


def test_nobody_acts_in_a_strangers_role(make, sign_in, member):
    assert sign_in(make.company_member()).post(f"/roller/{member.memberships[0].id}/velg").status_code == 403


@pytest.mark.parametrize("path", ["/virksomheter/999", "/virksomheter/99999999999999999999", "/virksomheter/-1", "/virksomheter/x"])
def test_an_organisation_that_is_not_there_is_a_missing_page(sign_in, member, path):
    assert sign_in(member).get(path).status_code == 404


def test_the_page_asks_as_often_for_one_member_as_for_three(make, sign_in, halden, member, queries):
    client = sign_in(member)
    counts = []
    for _ in range(2):
        with queries() as seen:
            assert client.get(f"/virksomheter/{halden.id}").status_code == 200
        counts.append(len(seen))
        make.department_member(halden)
        make.department_member(halden)
    assert counts[0] == counts[1]


def test_a_coordinator_adds_an_organisation_and_finds_it(make, sign_in):
    staff = sign_in(make.coordinator())
    answer = staff.post(
        "/virksomheter/ny",
        data={"kind": "cluster_partner", "organisation_name": "Fjordvakt AS", "org_number": "974 760 673", "website": "https://example.test/"},
    )
    made = db.session.scalar(select(Organisation).where(Organisation.name == "Fjordvakt AS"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/virksomheter/{made.id}")
    assert "Fjordvakt AS" in staff.get("/virksomheter?q=fjord").text
    assert "Fant ingen" in staff.get("/virksomheter?q=fjord&kind=startup").text
    assert staff.post("/virksomheter/ny", data={"kind": "cluster_partner", "organisation_name": "Fjordvakt AS"}).status_code == 422
    assert staff.get("/virksomheter?q=%25_%27&kind=tull&page=99999").status_code == 200


def test_the_directory_asks_as_often_for_one_as_for_three(make, sign_in, queries):
    staff = sign_in(make.coordinator())
    counts = []
    for _ in range(2):
        with queries() as seen:
            assert staff.get("/virksomheter").status_code == 200
        counts.append(len(seen))
        make.company_member()
        make.company_member()
    assert counts[0] == counts[1]


def test_the_same_facts_saved_twice_are_saved(make, sign_in):
    halden = make.municipality(department="Oppvekst")
    member = sign_in(make.department_member(halden))
    typed = facts(halden, department="Oppvekst og skole")
    answers = [member.post(f"/virksomheter/{halden.id}/rediger", data=typed) for _ in range(2)]
    assert [answer.location for answer in answers] == [f"/virksomheter/{halden.id}"] * 2


def test_ending_a_role_twice_looks_ended_both_times_and_tells_once(make, sign_in):
    halden = make.municipality()
    kari, ola = make.department_member(halden), make.department_member(halden)
    client = sign_in(kari)
    for whose in (ola, kari):
        answers = [end(client, whose.memberships[0]) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303] * 2
    assert len(letters_to(ola.email)) == 1
    assert end(client, make.department_member(halden).memberships[0]).status_code == 403
