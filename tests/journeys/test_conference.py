"""A partner conference over HTTP: set up, wished for, planned, changed by hand, published, read by those who come."""

import re
from datetime import timedelta

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.meetings.models import Meeting, Participant


def test_from_an_empty_event_to_everybodys_programme(app, make, sign_in):
    departments = [make.municipality(department=name) for name in ("Oppvekst", "Helse")]
    companies = [make.organisation(name=name) for name in ("TotalCtrl", "RørLytt")]
    needs, profiles = [make.challenge(each) for each in departments], [make.profile(each) for each in companies]
    desk, school, food = sign_in(make.coordinator()), sign_in(make.department_member(departments[0])), sign_in(make.company_member(companies[0]))
    day = clock.today() + timedelta(days=30)

    # the coordinator sets the day up
    values = {"title": "Partnerkonferansen", "place": "Halden", "first_day": day.isoformat(), "wishes_due": (day - timedelta(days=5)).isoformat()}
    limits = {"need_least": 1, "need_most": 2, "offer_least": 1, "offer_most": 2}
    slots = desk.post("/arrangementer/nytt", data={**values, **limits, "token": "a"}).location
    here = slots.removesuffix("/tider")
    times = {"many-day": day.isoformat(), "many-start": "09:00", "many-end": "10:00", "many-minutes": "20", "many-gap": "5"}
    assert desk.post(f"{slots}/lag", data=times, follow_redirects=True).text.count("Fjern") >= 2
    assert desk.post(f"{here}/bord", data={"tables-names": "Tista\nFestningen"}).status_code == 303
    assert desk.post(f"{here}/deltakere", data={"side": "need", "chosen": [each.id for each in needs]}).status_code == 303
    assert desk.post(f"{here}/deltakere", data={"side": "offer", "chosen": [each.id for each in profiles]}).status_code == 303
    people = {each.name: each.id for each in db.session.query(Participant)}
    school_id, health_id, food_id, water_id = (people[name] for name in ("Halden kommune, Oppvekst", "Halden kommune, Helse", "TotalCtrl", "RørLytt"))
    comes = {"least": 1, "most": 2, "name1": "Kari Demo", "email1": "kari@example.test"}
    assert desk.post(f"{here}/deltakere/{school_id}", data=comes).status_code == 303

    # those who come find it and wish; the coordinator speaks for those who ring
    assert "Partnerkonferansen" in school.get("/arrangementer").text
    assert school.post(f"{here}/onsker/{school_id}", data={f"wish-{food_id}": "must", f"wish-{water_id}": "no"}).status_code == 303
    assert food.post(f"{here}/onsker/{food_id}", data={f"wish-{school_id}": "must"}).status_code == 303
    assert desk.post(f"{here}/onsker/{water_id}", data={f"wish-{school_id}": "must", f"wish-{health_id}": "like"}).status_code == 303
    assert food.post(f"{here}/onsker/{water_id}", data={}).status_code == 403

    # planned, moved by hand, published
    board = desk.post(f"{here}/plan/lag", follow_redirects=True).text
    assert "1 av 1" in board
    pairs = {(each.need_id, each.offer_id) for each in db.session.query(Meeting)}
    assert pairs == {(school_id, food_id), (health_id, water_id)}
    address = re.search(rf'href="({here}/plan/moter/\d+)"', board)[1]
    form = desk.get(address).text
    stamp, place = re.search(r'name="mark" value="([\d.]+)"', form)[1], re.search(r'<option value="(\d+-\d+)"', form)[1]
    moved = desk.post(address, data={"act": "move", "place": place, "mark": stamp}, follow_redirects=True).text
    assert "er flyttet til" in moved
    assert db.session.query(Letter).count() == 0
    stamp = re.search(r'plan/publiser.*?name="mark" value="([\d.]+)"', moved, re.S)[1]
    assert "Planen er publisert." in desk.post(f"{here}/plan/publiser", data={"mark": stamp}, follow_redirects=True).text

    # everybody has a programme; the letter says the same
    assert "TotalCtrl" in school.get(f"{here}/program/{school_id}").text
    assert "RørLytt" not in school.get(f"{here}/program/{school_id}").text
    assert "Halden kommune, Oppvekst" in food.get(f"{here}/program/{food_id}").text
    letter = db.session.query(Letter).filter_by(recipient="kari@example.test").one()
    assert "TotalCtrl" in letter.body
    link = re.search(r"http://\S+", letter.body)[0]
    assert school.get(link.partition("5000")[2]).status_code == 200
