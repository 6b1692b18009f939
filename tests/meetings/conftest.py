"""A conference that can be planned: two needs, three companies, three slots, two tables."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.core import clock
from matchmaker.core.database import db, transaction
from matchmaker.matches.models import Run, Suggestion
from matchmaker.matches.states import Band
from matchmaker.meetings import queries, services
from matchmaker.meetings.models import Event, Participant, Plan, Representative, Wish
from matchmaker.meetings.states import Level, Side
from matchmaker.organisations.models import Kind, Membership, Role

DEPARTMENTS, COMPANIES, CLUSTER = ("Oppvekst", "Helse"), ("TotalCtrl", "RørLytt", "Nabobil"), "Klyngen"


class Conference:
    """`event` as it stands now; `needs` and `offers` are its participants; `desk` a coordinator; `members` somebody of each organisation, by its name."""

    def __init__(self, make, once):
        self.make, self.once, self.event_id = make, once, db.session.scalars(select(Event.id)).one()
        with_both = select(Membership).options(joinedload(Membership.organisation), joinedload(Membership.user))
        self.members = {each.organisation.department or each.organisation.name: each.user for each in db.session.scalars(with_both)}
        self.desk = self.members.pop(CLUSTER)

    @staticmethod
    def found(make) -> None:
        """Put the rows of one there."""
        make.member(make.organisation(name=CLUSTER, kind=Kind.CLUSTER), Role.COORDINATOR)
        departments = [make.municipality(department=name) for name in DEPARTMENTS]
        companies = [make.organisation(name=name) for name in COMPANIES]
        challenges = [make.challenge(each, title=f"Behovet til {each.department}") for each in departments]
        make.event(challenges=challenges, profiles=[make.profile(each) for each in companies])
        for role, group in ((Role.DEPARTMENT, departments), (Role.COMPANY, companies)):
            for each in group:
                make.member(each, role)

    @property
    def event(self):
        return queries.event(self.event_id)

    @property
    def needs(self):
        return self._participants(Side.NEED)

    @property
    def offers(self):
        return self._participants(Side.OFFER)

    def _participants(self, side: Side) -> list[Participant]:
        return list(db.session.scalars(select(Participant).where(Participant.event_id == self.event_id, Participant.side == side).order_by(Participant.id)))

    def wish(self, need: int, offer: int, level: Level, *, side: Side = Side.NEED, reason: str = "") -> Wish:
        """By the places of the two in their lists."""
        (need_id, offer_id) = (self._ids(side)[place] for side, place in ((Side.NEED, need), (Side.OFFER, offer)))
        wish = Wish(event_id=self.event_id, need_id=need_id, offer_id=offer_id, side=side, level=level, reason=reason)
        db.session.add(wish)
        db.session.commit()
        return wish

    def _ids(self, side: Side) -> list[int]:
        return [each.id for each in self._participants(side)]

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
        needs, offers = self._ids(Side.NEED), self._ids(Side.OFFER)
        pairs = [(need, offer, side) for need in needs for offer in offers for side in (Side.NEED, Side.OFFER)]
        db.session.add_all(Wish(event_id=self.event_id, need_id=need, offer_id=offer, side=side, level=Level.LIKE) for need, offer, side in pairs)
        db.session.commit()

    def plan(self, *, anew: bool = False) -> Plan:
        """Made by the job, as in service."""
        with transaction():
            services.ask_for_plan(event=self.event, anew=anew, by=self.desk)
        db.session.expire_all()
        return queries.plan_of(self.event_id)

    def publish(self) -> Plan:
        """The plan that stands."""
        with transaction():
            services.publish_plan(event=self.event, mark=queries.plan_of(self.event_id).mark, by=self.desk)
        db.session.expire_all()
        return queries.published_of(self.event_id)

    def planned(self, when: str = "some day") -> Plan:
        """A draft where everybody wishes everybody; asked for before anything else is changed but the days, which `when` tells."""
        self.once(f"planned {when}", lambda: (self.everybody_wishes(), self.plan())[0])
        return queries.plan_of(self.event_id)

    def published(self, when: str = "some day") -> Plan:
        """The same plan, published."""
        self.once(f"published {when}", lambda: (self.everybody_wishes(), self.plan(), self.publish())[0])
        return queries.published_of(self.event_id)


@pytest.fixture
def conference(make, once):
    once("conference", lambda: Conference.found(make))
    make.numbers = count(100)  # beyond those it was made with
    return Conference(make, once)


@pytest.fixture
def desk(conference, sign_in):
    """A coordinator's browser on the day."""
    conference.is_today()
    return sign_in(conference.desk)


@pytest.fixture
def published(conference, desk):
    """The address of the event, whose plan is published."""
    conference.published("today")
    return f"/arrangementer/{conference.event_id}"
