"""«Mine saker» shows the events one takes part in: the deadline and what is given, then the programme; never once they are over."""

from datetime import timedelta

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.meetings import queries
from matchmaker.meetings.states import Answer, Level


def test_the_deadline_with_how_many_wishes_then_the_programme(conference, sign_in):
    client, desk = sign_in(conference.members["Oppvekst"]), sign_in(conference.desk)
    here = f"/arrangementer/{conference.event_id}"
    page = client.get("/mine-saker").text
    assert "Arrangementer dere er med på" in page
    assert "Ingen ønsker gitt ennå." in page
    assert "<li>Dere er med</li>" in client.get("/arrangementer").text
    assert f"{here}/onsker/{conference.needs[0].id}" in page
    conference.wish(0, 0, Level.LIKE)
    assert "Ett ønske gitt." in client.get("/mine-saker").text
    conference.event.wishes_due = clock.today() - timedelta(days=1)
    db.session.commit()
    assert "Programmet kommer når planen er klar." in client.get("/mine-saker").text
    assert "<li>Fristen for ønsker er gått ut</li>" in client.get("/arrangementer").text
    desk.post(f"{here}/plan/lag")
    db.session.expire_all()
    desk.post(f"{here}/plan/publiser", data={"mark": queries.plan_of(conference.event_id).mark})
    page = client.get("/mine-saker").text
    assert "Programmet er klart." in page
    listed = client.get("/arrangementer").text
    assert "<li>Dere er med</li>" in listed
    assert "<li>Programmet er klart</li>" in listed
    assert "Ønsker innen" not in listed
    assert f"{here}/program/{conference.needs[0].id}" in page


def test_who_has_declined_may_change_the_answer_and_what_is_over_is_not_shown(conference, sign_in):
    conference.offers[0].answer = Answer.DECLINED
    event = conference.event
    db.session.commit()
    assert "Dere har sagt at dere ikke kommer." in sign_in(conference.members["TotalCtrl"]).get("/mine-saker").text
    assert "<li>Dere takket nei</li>" in sign_in(conference.members["TotalCtrl"]).get("/arrangementer").text
    event.first_day = event.last_day = event.wishes_due = clock.today() - timedelta(days=1)
    db.session.commit()
    assert "Arrangementer dere er med på" not in sign_in(conference.members["TotalCtrl"]).get("/mine-saker").text


def test_three_events_cost_no_more_questions_than_one(conference, make, sign_in, queries):
    client = sign_in(conference.members["TotalCtrl"])
    profile, seen = conference.offers[0].profile, []
    for _ in range(2):
        client.get("/mine-saker")
        with queries() as statements:
            assert client.get("/mine-saker").status_code == 200
        seen.append(len(statements))
        for _more in range(2):
            make.event(challenges=[make.challenge()], profiles=[profile])
    assert seen[0] == seen[1]
