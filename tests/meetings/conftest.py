"""A conference that can be planned: two needs, three companies, three slots, two tables."""

from datetime import timedelta

import pytest

from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.matches.models import Run, Suggestion
from matchmaker.matches.states import Band
from matchmaker.meetings import queries
from matchmaker.meetings.models import Representative, Wish
from matchmaker.meetings.states import Level, Side


class Conference:
    """`event` as it stands now; `needs` and `offers` are its participants; `desk` a coordinator."""

    def __init__(self, make):
        self.make, self.desk = make, make.coordinator()
        departments = [make.municipality(department=name) for name in ("Oppvekst", "Helse")]
        companies = [make.organisation(name=name) for name in ("TotalCtrl", "RørLytt", "Nabobil")]
        challenges = [make.challenge(each, title=f"Behovet til {each.department}") for each in departments]
        profiles = [make.profile(each) for each in companies]
        self.event_id = make.event(challenges=challenges, profiles=profiles).id
        self.members = {each.department or each.name: make.member(each, role) for role, group in (("department", departments), ("company", companies)) for each in group}

    @property
    def event(self):
        return queries.event(self.event_id)

    @property
    def needs(self):
        return [each for each in self.event.participants if each.side == Side.NEED]

    @property
    def offers(self):
        return [each for each in self.event.participants if each.side == Side.OFFER]

    def wish(self, need: int, offer: int, level: Level, *, side: Side = Side.NEED, reason: str = "") -> Wish:
        """By the places of the two in their lists."""
        wish = Wish(event_id=self.event_id, need_id=self.needs[need].id, offer_id=self.offers[offer].id, side=side, level=level, reason=reason)
        db.session.add(wish)
        db.session.commit()
        return wish

    def both(self, need: int, offer: int, level: Level = Level.LIKE) -> None:
        self.wish(need, offer, level)
        self.wish(need, offer, level, side=Side.OFFER)

    def suggest(self, need: int, offer: int, band: Band, *, asked: str = "", quote: str = "") -> None:
        one, two = self.needs[need], self.offers[offer]
        run = Run(direction="need_to_offers", subject_id=one.challenge_id, model="twin")
        db.session.add(run)
        db.session.flush()
        pair = {"need": ["need", 0, 5], "asked": asked, "offer": ["summary", 0, 5], "quote": quote, "strength": 0.9}
        kept = {"pairs": [pair]} if asked else {}
        db.session.add(
            Suggestion(
                challenge_id=one.challenge_id, profile_id=two.profile_id, run_id=run.id, rank=1, score=0.8, band=band, reasons=kept, need_hash="a", offer_hash="b"
            )
        )
        db.session.commit()

    def represent(self, participant, email: str, name: str = "Kari Demo") -> None:
        db.session.add(Representative(participant_id=participant.id, name=name, email=email))
        db.session.commit()

    def is_today(self) -> None:
        """The event is moved to today, and the clock held at six in the morning there (UTC): three hours before the first slot."""
        event, six = self.event, clock.now().replace(hour=6, minute=0, second=0, microsecond=0)
        later = six + timedelta(hours=3) - event.slots[0].starts_at
        for each in event.slots:
            each.starts_at, each.ends_at = each.starts_at + later, each.ends_at + later
        event.first_day = event.last_day = six.date()
        db.session.commit()
        clock.fix(six)

    def everybody_wishes(self) -> None:
        for need in range(2):
            for offer in range(3):
                self.both(need, offer)


@pytest.fixture
def conference(make):
    return Conference(make)


@pytest.fixture
def desk(conference, sign_in):
    """A coordinator's browser on the day."""
    conference.is_today()
    return sign_in(conference.desk)


@pytest.fixture
def published(conference, desk):
    """The address of the event, whose plan is published."""
    conference.everybody_wishes()
    here = f"/arrangementer/{conference.event_id}"
    desk.post(f"{here}/plan/lag")
    db.session.expire_all()
    desk.post(f"{here}/plan/publiser", data={"mark": queries.plan_of(conference.event_id).mark})
    db.session.expire_all()
    return here
