"""Whoever is in the service can be taken into an event, also with nothing public to come with."""

from sqlalchemy import select

from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import State
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.meetings import passes, services
from matchmaker.meetings.passes import Purpose
from matchmaker.profiles.models import Profile

UNDESCRIBED = "Behov som ikke er beskrevet ennå"


def test_a_department_without_a_challenge_and_a_company_without_a_profile_come_and_wish_by_looking(conference, make, sign_in, client):
    desk, here = sign_in(conference.desk), f"/arrangementer/{conference.event_id}/deltakere"
    department, company, hidden = make.municipality(department="Kultur"), make.organisation(name="Nyfirma"), make.organisation(name="Skjult AS")
    make.member(department, "department")
    profile = make.profile(hidden, summary="Dette er ikke for alle.")
    profile.consent_at = None
    db.session.commit()
    assert f'name="organisation" value="{department.id}"' in desk.get(here).text
    kept = desk.post(here, data={"act": "find", "shown": "need", "side": "offer", "finn": "Nyfirma", "organisation": [department.id]}).text
    assert f'id="kept-organisation-{department.id}" checked' in kept
    assert f'id="organisation-{company.id}"' in kept
    assert f'id="organisation-{conference.offers[0].organisation.id}"' not in kept
    everybody = [department.id, company.id, hidden.id, conference.offers[0].organisation.id, conference.desk.memberships[0].organisation_id]
    assert "3 deltakere er lagt til." in desk.post(here, data={"shown": "need", "side": "need", "organisation": everybody}, follow_redirects=True).text
    db.session.expire_all()
    challenge = db.session.scalars(select(Challenge).where(Challenge.organisation_id == department.id)).one()
    assert (challenge.state, challenge.title) == (State.DRAFT, UNDESCRIBED)
    assert [each.organisation_id for each in db.session.scalars(select(Profile).where(Profile.name.in_(["Nyfirma", "Skjult AS"])))].count(company.id) == 1
    mine = next(each for each in conference.needs if each.challenge_id == challenge.id)
    desk.post(f"{here}/{mine.id}/inviter")
    assert "i korte møter ved bord. Beskriv gjerne et behov først" in db.session.scalars(select(Letter)).one().body
    wishes = client.get(f"/delta/{passes.token_for(mine, Purpose.INVITATION)}/onsker").text
    assert "TotalCtrl" in wishes
    assert "Skjult AS" in wishes
    assert "Dette er ikke for alle." not in wishes
    theirs = client.get(f"/delta/{passes.token_for(conference.offers[0], Purpose.INVITATION)}/onsker").text
    assert UNDESCRIBED in theirs
    assert f"/utfordringer/{challenge.id}" not in theirs
    assert services.bring_in(event=conference.event, organisations=[department, company], by=conference.desk) == []
