"""Every page, light and dark, wide and 320 px narrow, in a real Chromium: axe-core finds nothing, nothing runs out of the side, one h1, a title."""

import pytest
from flask import url_for
from sqlalchemy import select

from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db
from matchmaker.matches.models import Interest, Introduction, Suggestion
from matchmaker.matches.states import IntroductionState
from matchmaker.meetings import passes, services
from matchmaker.meetings.models import Event, Meeting, Participant, Plan
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import PlanState
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.organisations.services import create_organisation
from matchmaker.profiles.models import Profile
from tests.browser.conftest import AXE, faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NOWHERE = "/finnes-ikke"
LOOKS = ((("light", 1280), ("dark", 320)), (("dark", 1280), ("light", 320)))
"""Every page is read in both themes and at both widths, every second one with the themes changed over."""


def without_account(event: Event) -> Participant:
    """A department that writes its draft by its private address; brought in once."""
    found = next((each for each in event.participants if not each.is_public), None)
    if found is None:
        bare = create_organisation(name="Halden kommune", kind=Kind.MUNICIPALITY, department="Uten konto", municipality_number="3101")
        found = services.bring_in(event=event, organisations=[bare], by=None)[0]
        db.session.commit()
    return found


def addresses(site) -> dict[str, list[str]]:
    """Role label on the sign-in page, and after a slash what the pages are about → pages that role works with, in the demo."""
    with site.app.test_request_context():
        own = select(Challenge).join(Challenge.organisation).where(Organisation.name == "Halden kommune", Organisation.department == "Oppvekst")
        challenge = db.session.scalars(own.where(Challenge.state == "published").order_by(Challenge.id)).first()
        total = db.session.scalar(select(Profile).where(Profile.name == "TotalCtrl"))
        introduction = db.session.scalars(select(Introduction).where(Introduction.state == IntroductionState.ACCEPTED)).first()
        interest = db.session.scalars(select(Interest)).first()
        second = db.session.scalars(select(Suggestion.profile_id).where(Suggestion.challenge_id == challenge.id, Suggestion.profile_id != total.id)).first()
        need, offer = {"challenge_id": challenge.id}, {"profile_id": total.id}
        event, past = db.session.scalars(select(Event).order_by(Event.id))
        taking_part = db.session.scalar(select(Participant).where(Participant.profile_id == total.id, Participant.event_id == event.id))
        meeting = db.session.scalars(select(Meeting).join(Meeting.plan).where(Plan.state == PlanState.PUBLISHED, Plan.event_id == event.id)).first()
        held = db.session.scalars(select(Meeting).join(Meeting.plan).where(Plan.state == PlanState.PUBLISHED, Plan.event_id == past.id)).first()
        met = db.session.get(Participant, held.need_id)
        was_there = {"token": passes.token_for(met, Purpose.INVITATION)}
        badge = {"token": passes.badge_for(taking_part.representatives[0])}
        conference, comer = {"event_id": event.id}, {"event_id": event.id, "participant_id": taking_part.id}
        door = {"token": passes.token_for(taking_part, Purpose.INVITATION)}
        return {
            "/conference": [
                *(url_for(f"meetings.{name}", **door) for name in ("private", "private_wishes", "private_programme")),
                url_for("meetings.private_draft", token=passes.token_for(without_account(event), Purpose.INVITATION)),
                url_for("meetings.private_programme", **was_there),
                url_for("meetings.private_feedback", **was_there),
                url_for("meetings.private_note", **was_there, other_id=held.offer_id),
                url_for("meetings.badge", **badge),
                url_for("meetings.wall_screen", token=passes.screen_for(event)),
                *(url_for(f"meetings.{name}", token=passes.registration_for(event)) for name in ("ask_to_take_part", "asked_to_take_part")),
            ],
            "": [
                *map(url_for, ("web.start", "web.how", "web.about", "web.privacy", "web.accessibility", "accounts.sign_in", "organisations.register", "accounts.forgotten")),
                *map(url_for, ("challenges.index", "profiles.index")),
                url_for("challenges.index", q="finnesikkedette"),
                url_for("challenges.show", **need),
                url_for("profiles.show", **offer),
                url_for("profiles.print_page", **offer),
                url_for("challenges.print_page", **need),
                url_for("web.search", q="mat"),
                url_for("web.search", q="finnesikkedette"),
                NOWHERE,
            ],
            "Oppvekst": [
                *map(url_for, ("web.mine", "challenges.mine", "challenges.create", "accounts.settings")),
                url_for("challenges.edit", **need),
                url_for("matches.suggestions", **need),
                url_for("matches.reading", **need, **offer),
                url_for("matches.print_suggestions", **need),
                url_for("matches.shortlist", **need),
                url_for("matches.compare", **need, profiles=[total.id, second]),
                url_for("matches.introduce", **need, **offer),
                url_for("matches.interests", **need),
                url_for("organisations.show", organisation_id=challenge.organisation_id),
            ],
            "TotalCtrl": [
                *map(url_for, ("web.mine", "matches.needs_for_us")),
                url_for("profiles.edit", **offer),
                url_for("matches.show_interest", **need),
                url_for("meetings.index"),
                url_for("meetings.show", **conference),
                url_for("meetings.wishes", **comer),
                url_for("meetings.programme", **comer),
                url_for("meetings.feedback", **comer),
            ],
            "Koordinator": [
                *map(url_for, ("web.mine", "matches.board", "web.imports", "organisations.registrations", "organisations.index")),
                url_for("matches.introduction", introduction_id=introduction.id),
                url_for("matches.interest", interest_id=interest.id),
                url_for("matches.similar_profiles", **offer),
            ],
            "Koordinator/conference": [
                *map(url_for, ("meetings.index", "meetings.create")),
                *(url_for(f"meetings.{name}", **conference) for name in ("show", "edit", "slots", "participants", "all_wishes", "plan", "add_meeting")),
                url_for("meetings.plan", **conference, visning="personer"),
                *(url_for(f"meetings.{name}", **conference) for name in ("versions", "compare_versions")),
                url_for("meetings.show_version", **conference, number=1),
                url_for("meetings.participant", **comer),
                url_for("meetings.wishes", **comer),
                url_for("meetings.meeting", **conference, meeting_id=meeting.id),
                url_for("meetings.results", event_id=past.id),
                *(url_for(f"meetings.{name}", **conference) for name in ("prints", "print_programmes", "print_signs", "print_badges", "results")),
            ],
            "Koordinator/the day": [
                *(url_for(f"meetings.{name}", **conference) for name in ("day", "check_in_list", "check_in_paper", "wall", "closed_tables")),
                *(url_for(f"meetings.{name}", event_id=past.id) for name in ("day", "check_in_list", "wall")),
                url_for("meetings.check_in_list", **conference, vis="ikke", finn="Halden"),
                url_for("meetings.late", **comer),
                url_for("meetings.badge", **badge),
                url_for("meetings.desk_report", event_id=past.id, meeting_id=held.id),
            ],
            "Administrator": [*map(url_for, ("organisations.administration", "organisations.people", "web.log", "web.work", "organisations.letters"))],
        }


@pytest.mark.timeout(300)
@pytest.mark.parametrize("pages", ["", "/conference", "Oppvekst", "TotalCtrl", "Koordinator", "Koordinator/conference", "Koordinator/the day", "Administrator"])
def test_every_page_is_whole_for_everybody(page, site, entered, pages):
    if role := pages.partition("/")[0]:
        entered(page, role)
    page.add_init_script(AXE)
    found = {}
    for number, address in enumerate(addresses(site)[pages]):
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.goto(address).status == (404 if address == NOWHERE else 200), address
        wrong = [] if page.title() and page.locator("h1").count() == 1 else ["title or h1"]
        for theme, width in LOOKS[number % 2]:
            page.evaluate("theme => document.documentElement.setAttribute('data-color-scheme', theme)", theme)
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{theme} {width} {fault}" for fault in faults(page)]
            if page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(f"{width} runs out of the side")
        if wrong:
            found[address] = sorted(set(wrong))
    assert found == {}
