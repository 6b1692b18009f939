"""A small whole world: one object of every kind that an address can name, and one person of every kind that can open it."""

import hashlib
from datetime import timedelta

from flask import url_for

from matchmaker.accounts import links
from matchmaker.accounts.models import User
from matchmaker.challenges.models import Question
from matchmaker.challenges.states import State
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.imports import Import
from matchmaker.core.mail import Letter
from matchmaker.core.queue import Job
from matchmaker.matches.models import Interest, Introduction, Recommendation, Run, Shortlisting, Suggestion
from matchmaker.matches.states import Band, InterestState
from matchmaker.meetings import passes
from matchmaker.meetings.models import Meeting, Newcomer, Plan, Representative, Wish
from matchmaker.meetings.passes import Purpose
from matchmaker.meetings.states import Level, PlanState, Side
from matchmaker.organisations.models import Invitation, Kind, Membership, Registration, Role
from matchmaker.profiles.models import Reference
from tests.factories import Factories

VISITOR, STRANGER = "visitor", "stranger"
DEPARTMENT, OTHER_DEPARTMENT = "department", "other department"
COMPANY, OTHER_COMPANY = "company", "other company"
COORDINATOR, ADMINISTRATOR = "coordinator", "administrator"
EVERYBODY = (VISITOR, STRANGER, DEPARTMENT, OTHER_DEPARTMENT, COMPANY, OTHER_COMPANY, COORDINATOR, ADMINISTRATOR)

HOSTILE = {
    "a page's code": b"<script>alert(1)</script>\"><img src=x onerror=alert(1)>",
    "no character": b"a\x00b",
    "characters that do not show": "a\u202e\u200b\ufeff".encode(),
    "half a character": b"\xed\xa0\xbd",
    "no UTF-8": b"\xff\xfe",
    "other digits": "²³".encode(),
    "too large a number": b"9" * 40,
    "a negative number": b"-1",
    "lines": b"a\r\nSet-Cookie: b=c\r\n\r\n",
    "long": b"x" * 100_000,
    "signs that mean something to a database": b"'\"%_\\|--",
    "a list": b"[]",
}
"""What no page of ours sends."""


class World:
    """The need is DEPARTMENT's, the profile COMPANY's; the introduction, the interest and a published meeting stand between those two.

    A department without an account has brought its draft to the event, and meets the company too. Most private addresses are its own; the badge is
    the company's, which has arrived. The plan's first version was replaced. One registers for another event.
    """

    def __init__(self, arguments: dict, people: dict[str, int | None], tokens: dict[str, str]):
        """`arguments`: by the names that addresses use; `people`: the number of each; `tokens`: of each endpoint that opens to who holds one."""
        self.arguments = arguments
        self.numbers = people
        self.tokens = tokens
        self.people = {role: number and db.session.get_one(User, number) for role, number in people.items()}

    @classmethod
    def made(cls, make: Factories, *, state: State = State.PUBLISHED) -> "World":
        need_owner = make.municipality(department="Oppvekst")
        company = make.organisation(name="TotalCtrl")
        other = make.organisation(name="VannVakt (demo)", is_demo=True)
        people = {
            VISITOR: None,
            STRANGER: make.user(),
            DEPARTMENT: make.department_member(need_owner),
            OTHER_DEPARTMENT: make.department_member(make.municipality(name="Sarpsborg kommune", municipality_number="3105")),
            COMPANY: make.company_member(company),
            OTHER_COMPANY: make.company_member(other),
            COORDINATOR: make.coordinator(),
            ADMINISTRATOR: make.administrator(),
        }
        challenge = make.challenge(need_owner, state=state, answers_due=(now() + timedelta(days=30)).date())
        profile = make.profile(company)
        make.profile(other)
        pair = {"challenge_id": challenge.id, "profile_id": profile.id}
        run = cls.add(Run(direction="need_to_offers", subject_id=challenge.id, model="twin"))
        cls.add(Suggestion(**pair, run_id=run.id, rank=1, score=0.8, band=Band.STRONG, need_hash="a", offer_hash="b"))
        cls.add(Shortlisting(**pair, note="Hemmelig notat"))
        cls.add(Recommendation(**pair, text="Disse bør møtes."))
        introduction = cls.add(Introduction(**pair, message="Vil dere prøve hos oss?", expires_at=now() + timedelta(days=14)))
        interest = cls.add(Interest(**pair, state=InterestState.SENT, idea="Vi prøver i to barnehager.", sent_at=now()))
        question = cls.add(Question(challenge_id=challenge.id, text="Hvor mange kjøkken?"))
        reference = cls.add(Reference(profile_id=profile.id, customer="En kommune", link="https://example.test/"))
        invitation = cls.add(
            Invitation(email="ny@example.test", organisation_id=need_owner.id, role=Role.DEPARTMENT, token_hash=hashlib.sha256(b"x").hexdigest(), expires_at=now() + timedelta(days=14))
        )
        registration = cls.add(Registration(user_id=people[STRANGER].id, kind=Kind.STARTUP, organisation_name="Ny AS"))
        letter = cls.add(Letter(recipient="a@example.test", subject="Hei", body="Hei", state="kept"))
        imported = cls.add(Import(kind="profiles", user_id=people[COORDINATOR].id, file_name="a.csv", stored_name="a.csv"))
        job = cls.add(Job(kind="none", state="done", user_id=people[COORDINATOR].id))
        membership = db.session.query(Membership).filter_by(organisation_id=need_owner.id).one()
        draft = make.challenge(make.municipality(name="Moss kommune", municipality_number="3103"), state=State.DRAFT)
        event = make.event(challenges=[challenge, draft], profiles=[profile])
        need, unknown, offer = event.participants
        offer.arrived_at = now()
        guest = cls.add(Representative(participant=offer, name="Kari Demo", email="kari@example.test", arrived_at=now()))
        wish = cls.add(Wish(event_id=event.id, need_id=need.id, offer_id=offer.id, side=Side.COORDINATOR, level=Level.MUST, reason="Avtalt"))
        older = cls.add(Plan(event_id=event.id, number=1, state=PlanState.REPLACED, published_at=now() - timedelta(days=1)))
        plan = cls.add(Plan(event_id=event.id, number=2, state=PlanState.PUBLISHED, published_at=now()))
        met = {"offer_id": offer.id, "table_id": event.tables[0].id}
        cls.add(Meeting(plan_id=older.id, need_id=need.id, slot_id=event.slots[2].id, **met))
        meeting = cls.add(Meeting(plan_id=plan.id, need_id=need.id, slot_id=event.slots[0].id, **met))
        cls.add(Meeting(plan_id=plan.id, need_id=unknown.id, slot_id=event.slots[1].id, **met))
        to_come = make.event(slots=0, tables=0, registration_due=(now() + timedelta(days=10)).date())  # the other is closed to who does not take part
        newcomer = cls.add(Newcomer(event_id=event.id, kind=Kind.STARTUP, organisation_name="Ny AS", words="Vi måler vann.", name="Ny", email="ny@example.test"))
        arguments = {
            "newcomer_id": newcomer.id,
            "event_id": event.id,
            "participant_id": need.id,
            "other_id": offer.id,
            "slot_id": event.slots[0].id,
            "wish_id": wish.id,
            "meeting_id": meeting.id,
            "challenge_id": challenge.id,
            "profile_id": profile.id,
            "introduction_id": introduction.id,
            "interest_id": interest.id,
            "question_id": question.id,
            "reference_id": reference.id,
            "invitation_id": invitation.id,
            "registration_id": registration.id,
            "organisation_id": need_owner.id,
            "membership_id": membership.id,
            "letter_id": letter.id,
            "import_id": imported.id,
            "job_id": job.id,
            "user_id": people[STRANGER].id,
            "session_id": 999,
            "form": "csv",
            "table": "plan",
            "kind": "profiles",
            "number": 1,
        }
        invited = ("private", "private_answer", "private_draft", "private_wishes", "private_programme", "private_calendar", "private_note", "private_feedback")
        tokens = {
            **{f"meetings.{page}": passes.token_for(unknown, Purpose.INVITATION) for page in invited},
            "meetings.calendar_feed": passes.token_for(unknown, Purpose.CALENDAR),
            **dict.fromkeys(("meetings.badge", "meetings.check_in_badge"), passes.badge_for(guest)),
            "meetings.wall_screen": passes.screen_for(event),
            **dict.fromkeys(("meetings.ask_to_take_part", "meetings.asked_to_take_part"), passes.registration_for(to_come)),
            "organisations.invited": "x",
            "accounts.confirm": links.make(people[STRANGER], "confirm"),
            "accounts.new_password": links.make(people[STRANGER], "password"),
            "accounts.new_address": links.make(people[STRANGER], "email", value="annen@example.test"),
        }
        db.session.commit()
        return cls(arguments, {role: person and person.id for role, person in people.items()}, tokens)

    def address(self, app, endpoint: str, method: str) -> str:
        """Of this world's object, where the endpoint names one."""
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint and method in rule.methods)
        with app.test_request_context():
            return url_for(endpoint, **{name: self.tokens[endpoint] if name == "token" else self.arguments[name] for name in rule.arguments})

    @staticmethod
    def add(item):
        db.session.add(item)
        db.session.commit()
        return item
