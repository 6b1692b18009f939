"""What is said of letters before and after publishing, and of what could not be had, in plain words."""

import re

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.core.mail import Letter
from matchmaker.meetings import queries, recipients
from matchmaker.meetings.states import Answer
from matchmaker.meetings.wording import Names


@pytest.fixture
def desk(conference, sign_in):
    conference.everybody_wishes()
    return sign_in(conference.desk)


def mark(conference) -> str:
    db.session.expire_all()
    return queries.plan_of(conference.event_id).mark


def test_the_button_says_how_many_letters_go_out_and_to_whom_none_can(conference, desk):
    here = f"/arrangementer/{conference.event_id}/plan"
    for each in conference.members["TotalCtrl"].memberships:
        each.ended_at = clock.now()
    db.session.commit()
    desk.post(f"{here}/lag")
    before = desk.get(here).text
    assert "Alle som er meldt på, får se programmet sitt. 4 brev går ut." in before
    assert "Brev går til: Halden kommune, Oppvekst · Halden kommune, Helse · RørLytt · Nabobil</p>" in before
    assert f'/deltakere/{conference.offers[0].id}#email1">TotalCtrl</a>' in before
    done = desk.post(f"{here}/publiser", data={"mark": mark(conference)}, follow_redirects=True).text
    assert "Planen er publisert. 4 brev er sendt. Vi har ingen adresse til TotalCtrl." in done
    assert db.session.query(Letter).count() == 4


def test_of_many_who_are_written_to_the_first_five_are_named_and_the_others_fold_out(app):
    said = " ".join(str(app.jinja_env.get_template("meetings/_reach.html").module.reached(list("ABCDEFG"))).split())
    assert "A · B · C · D · E</p>" in said
    assert re.search(r"<summary>og 2 til</summary><p [^>]*>F · G</p>", said)


def test_a_draft_that_changes_no_programme_says_that_nobody_is_written_to(conference, desk):
    here = f"/arrangementer/{conference.event_id}/plan"
    desk.post(f"{here}/lag")
    desk.post(f"{here}/publiser", data={"mark": mark(conference)})
    meeting = queries.meetings_of(queries.published_of(conference.event_id))[0]
    desk.post(f"{here}/moter/{meeting.id}", data={"act": "lock", "mark": mark(conference)})
    assert "Ingen får et nytt program, så ingen brev går ut." in desk.get(here).text
    assert "0 programmer" not in desk.get(here).text


@pytest.mark.parametrize(
    ("cause", "figures", "words"),
    [
        ("few_partners", [0, 1], "Ingen passer sammen med {who} ennå: verken ønsker eller forslag."),
        ("few_partners", [1, 2], "Bare én passer sammen med {who}, og de skal ha minst 2 møter."),
        ("few_partners", [2, 4], "Bare 2 passer sammen med {who}, og de skal ha minst 4 møter."),
        ("few_slots", [0, 1], "{who} kan ikke komme i noen av tidslukene."),
        ("few_slots", [1, 3], "{who} kan bare komme i én tidsluke, og skal ha minst 3 møter."),
        ("offer_full", [0], "{who} skal ha høyst 0 møter"),
        ("low_maximum", [1, 2], "{who} skal ha minst 2 møter, men høyst 1."),
    ],
)
def test_why_somebody_has_too_few_meetings_is_said_plainly_with_advice(conference, cause, figures, words):
    who = conference.offers[0]
    said = Names(conference.event).reason({"cause": cause, "who": who.id, "figures": figures})
    assert said.startswith(words.format(who="TotalCtrl"))
    assert said != words.format(who="TotalCtrl")


def test_who_has_declined_waits_for_no_plan(conference):
    gone = conference.offers[2]
    gone.answer = Answer.DECLINED
    assert recipients.expecting(conference.event.participants) == [*conference.needs, *conference.offers[:2]]
