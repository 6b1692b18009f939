"""Saved objects for tests, each with sensible Norwegian content and everything overridable."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from matchmaker.accounts.models import User
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.states import State
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.meetings.models import Event, Participant, Slot, Table
from matchmaker.meetings.states import Side
from matchmaker.organisations.models import Kind, Membership, Organisation, Role
from matchmaker.profiles.models import Profile


class Factories:
    def __init__(self) -> None:
        self.numbers = count(1)

    def _save(self, item):
        """What was made is known already: nothing of it is read again."""
        session = db.session()
        session.add(item)
        session.expire_on_commit = False
        session.commit()
        session.expire_on_commit = True
        return item

    def user(self, **values) -> User:
        number = next(self.numbers)
        return self._save(User(**{"email": f"person{number}@example.test", "name": f"Person {number}", "email_confirmed_at": now(), **values}))

    def organisation(self, **values) -> Organisation:
        number = next(self.numbers)
        return self._save(Organisation(**{"name": f"Virksomhet {number}", "kind": Kind.STARTUP, **values}))

    def municipality(self, **values) -> Organisation:
        number = next(self.numbers)
        return self.organisation(**{"name": "Halden kommune", "department": f"Avdeling {number}", "kind": Kind.MUNICIPALITY, "municipality_number": "3101", **values})

    def member(self, organisation: Organisation, role: Role, **values) -> User:
        user = self.user(**values)
        self._save(Membership(user=user, organisation=organisation, role=role))
        return user

    def department_member(self, organisation: Organisation | None = None) -> User:
        return self.member(organisation or self.municipality(), Role.DEPARTMENT)

    def company_member(self, organisation: Organisation | None = None) -> User:
        return self.member(organisation or self.organisation(), Role.COMPANY)

    def coordinator(self) -> User:
        return self.member(self.organisation(kind=Kind.CLUSTER), Role.COORDINATOR)

    def administrator(self) -> User:
        return self.member(self.organisation(kind=Kind.CLUSTER), Role.ADMINISTRATOR)

    def challenge(self, organisation: Organisation | None = None, *, state: State = State.PUBLISHED, **values) -> Challenge:
        content = {
            "title": "Mindre mat i søpla på kommunens kjøkken",
            "need": "Barnehager og sykehjem kaster mat som er gått ut på dato fordi ingen har oversikt over hva som står på lager. Varene blir glemt til holdbarheten er ute.",
            "situation": "Hvert kjøkken teller på sin måte, på papir, en gang i uka.",
            "effect": "Vi ønsker å halvere det vi kaster i løpet av et år.",
            "affected": "Kokker på to sykehjem og ansatte i to barnehager.",
            "themes": ["helse-og-omsorg"],
            "sdgs": ["12"],
            "contact_name": "Postmottak",
            "contact_email": "post@example.test",
        }
        published = {} if state == State.DRAFT else {"published_at": now()}
        return self._save(Challenge(**{"organisation": organisation or self.municipality(), "state": state, **content, **published, **values}))

    def profile(self, organisation: Organisation | None = None, *, listed: bool = True, **values) -> Profile:
        organisation = organisation or self.organisation()
        content = {
            "name": organisation.name,
            "summary": "Vi gir storkjøkken oversikt over all maten som finnes på lager.",
            "problem": "Varer blir glemt til holdbarhetsdatoen er ute.",
            "how": "Kjøkkenet skanner varene inn. Appen varsler før holdbarhetsdatoen går ut.",
            "maturity": 8,
            "themes": ["helse-og-omsorg"],
            "sdgs": ["12"],
            "languages": ["nb", "en"],
            "capacity": 2,
            "confirmed_at": now(),
        }
        return self._save(Profile(**{"organisation": organisation, **content, "consent_at": now() if listed else None, **values}))

    def event(self, *, challenges=(), profiles=(), slots: int = 3, tables: int = 2, **values) -> Event:
        """An event a month from now (or on `first_day`): slots of 20 minutes from nine o'clock UTC with five between, the needs first among its participants."""
        day: date = values.pop("first_day", None) or (now() + timedelta(days=30)).date()
        content = {"title": "Partnerkonferansen", "place": "Fredrikshalds Teater", "first_day": day, "last_day": day, "wishes_due": day - timedelta(days=7)}
        event = Event(**{**content, **values})
        nine = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        event.slots = [Slot(starts_at=nine + timedelta(minutes=25 * number), ends_at=nine + timedelta(minutes=25 * number + 20)) for number in range(slots)]
        event.tables = [Table(name=f"Bord {number + 1}", position=number) for number in range(tables)]
        event.participants = [Participant(side=Side.NEED, challenge=each, least=1, most=6) for each in challenges]
        event.participants += [Participant(side=Side.OFFER, profile=each, least=1, most=6) for each in profiles]
        return self._save(event)
