"""A small whole world: one object of every kind that an address can name, and one person of every kind that can open it."""

import hashlib
from datetime import timedelta

from flask import url_for

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
from matchmaker.meetings.models import Meeting, Newcomer, Plan, Wish
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
    """The need is DEPARTMENT's, the profile COMPANY's; the introduction, the interest and a published meeting stand between those two."""

    def __init__(self, arguments: dict, people: dict[str, int | None]):
        """`arguments`: by the names that addresses use; `people`: the number of each."""
        self.arguments = arguments
        self.numbers = people
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
        event = make.event(challenges=[challenge], profiles=[profile])
        need, offer = event.participants
        wish = cls.add(Wish(event_id=event.id, need_id=need.id, offer_id=offer.id, side=Side.COORDINATOR, level=Level.MUST, reason="Avtalt"))
        plan = cls.add(Plan(event_id=event.id, number=1, state=PlanState.PUBLISHED, published_at=now()))
        meeting = cls.add(Meeting(plan_id=plan.id, need_id=need.id, offer_id=offer.id, slot_id=event.slots[0].id, table_id=event.tables[0].id))
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
            "token": "nonsense",
            "form": "csv",
            "table": "plan",
            "kind": "profiles",
            "number": 1,
        }
        return cls(arguments, {role: person and person.id for role, person in people.items()})

    def address(self, app, endpoint: str, method: str) -> str:
        """Of this world's object, where the endpoint names one."""
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint and method in rule.methods)
        with app.test_request_context():
            return url_for(endpoint, **{name: self.arguments[name] for name in rule.arguments})

    @staticmethod
    def add(item):
        db.session.add(item)
        db.session.commit()
        return item
