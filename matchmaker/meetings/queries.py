"""What the pages of events read, and all that a plan depends on. An event comes with its parts in a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from matchmaker.challenges.models import Challenge
from matchmaker.core.clock import today
from matchmaker.core.database import db
from matchmaker.core.paging import Page, page_of
from matchmaker.core.queue import Job
from matchmaker.matches.models import Suggestion
from matchmaker.matches.states import Band
from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.models import Event, Meeting, Participant, Plan, PlanRun, Representative, Slot, Table, Wish
from matchmaker.meetings.sharing import Sharing, sharing_of
from matchmaker.meetings.states import Level, PlanState, RunState, Side
from matchmaker.organisations.rules import memberships
from matchmaker.profiles.models import Profile

PARTS = (
    selectinload(Event.slots),
    selectinload(Event.tables),
    selectinload(Event.plans),
    selectinload(Event.participants).options(
        joinedload(Participant.challenge).lazyload(Challenge.requirements),
        joinedload(Participant.profile).lazyload(Profile.references),
        selectinload(Participant.absences),
        selectinload(Participant.representatives).selectinload(Representative.absences),
    ),
)


class Pair(NamedTuple):
    """Two participants, by their ids."""

    need: int
    offer: int


def event(event_id: int) -> Event | None:
    """An event with slots, tables, plans and participants; None where there is none. Each participant holds on to it: whoever asks for one of them
    and lets go of the event would else have it read again, piece by piece.
    """
    found = db.session.scalar(select(Event).where(Event.id == event_id).options(*PARTS))
    for each in found.participants if found else ():
        set_committed_value(each, "event", found)
    return found


def event_made_with(key: str) -> Event | None:
    return db.session.scalar(select(Event).where(Event.creation_key == key))


def participant(event_id: int, participant_id: int) -> Participant | None:
    found = event(event_id)
    return next((each for each in found.participants if each.id == participant_id), None) if found else None


def slot(event_id: int, slot_id: int) -> Slot | None:
    found = event(event_id)
    return next((each for each in found.slots if each.id == slot_id), None) if found else None


def wish(event_id: int, wish_id: int) -> Wish | None:
    return db.session.scalar(select(Wish).where(Wish.id == wish_id, Wish.event_id == event_id))


def meeting(event_id: int, meeting_id: int) -> Meeting | None:
    """A meeting of the plan that stands now; one of an older version is not to be had."""
    found = db.session.scalar(select(Meeting).join(Meeting.plan).where(Meeting.id == meeting_id, Plan.event_id == event_id))
    return found if found is not None and found.plan.state != PlanState.REPLACED else None


def plan_of(event_id: int) -> Plan | None:
    """The plan one works with, as it stands now: the draft, else what is published."""
    return standing_draft(event_id) or published_of(event_id)


def standing_draft(event_id: int) -> Plan | None:
    return _plan(event_id, PlanState.DRAFT)


def published_of(event_id: int) -> Plan | None:
    return _plan(event_id, PlanState.PUBLISHED)


def _plan(event_id: int, state: PlanState) -> Plan | None:
    found = select(Plan).where(Plan.event_id == event_id, Plan.state == state)
    return db.session.scalar(found.execution_options(populate_existing=True))


def current_plan(found: AnyEvent) -> Plan | None:
    return next((plan for state in (PlanState.DRAFT, PlanState.PUBLISHED) for plan in found.plans if plan.state == state), None)


def published_plan(found: AnyEvent) -> Plan | None:
    return next((plan for plan in found.plans if plan.state == PlanState.PUBLISHED), None)


def meetings_of(plan: Plan | None) -> list[Meeting]:
    """A plan's meetings by time; none for no plan."""
    if plan is None:
        return []
    found = select(Meeting).join(Slot, Slot.id == Meeting.slot_id).join(Table, Table.id == Meeting.table_id).where(Meeting.plan_id == plan.id)
    return list(db.session.scalars(found.order_by(Slot.starts_at, Table.position, Meeting.id)))


def version(event_id: int, number: int) -> Plan | None:
    """A version of an event's plan by its number, the draft too."""
    return db.session.scalar(select(Plan).where(Plan.event_id == event_id, Plan.number == number))


def places_in(found: AnyEvent) -> dict[int, list[tuple[int, int, int, int, bool]]]:
    """(need, offer, slot, table, locked) of the meetings of every version, by the plan's id, in one query."""
    columns = (Meeting.need_id, Meeting.offer_id, Meeting.slot_id, Meeting.table_id, Meeting.locked)
    held: dict[int, list] = {each.id: [] for each in found.plans}
    for plan, *place in db.session.execute(select(Meeting.plan_id, *columns).join(Meeting.plan).where(Plan.event_id == found.id).order_by(Meeting.id)):
        held[plan].append(tuple(place))
    return held


@dataclass(frozen=True)
class Line:
    """An event in a list, with what a reader of the list may do there."""

    event: Event
    own: list[Participant]
    taking_part: int
    slots: int
    published: bool


def events(user, *, coordinating: bool) -> tuple[Page, list[Line]]:
    """A page of events, the coming first by their day; for members those they take part in or can register for. Six queries, however many there are."""
    mine = [each.organisation_id for each in memberships(user)]
    owned = (
        select(Participant)
        .outerjoin(Participant.challenge)
        .outerjoin(Participant.profile)
        .where(or_(Challenge.organisation_id.in_(mine), Profile.organisation_id.in_(mine)))
    )
    found = select(Event)
    if not coordinating:
        found = found.where(or_(Event.id.in_(owned.with_only_columns(Participant.event_id)), Event.registration_due >= today()))
    coming = Event.last_day >= today()
    page = page_of(found.order_by(case((coming, 0), else_=1), case((coming, Event.first_day)), Event.first_day.desc(), Event.id.desc()))
    numbers = [each.id for each in page.items]
    options = (joinedload(Participant.challenge).lazyload(Challenge.requirements), joinedload(Participant.profile).lazyload(Profile.references))
    own = list(db.session.scalars(owned.where(Participant.event_id.in_(numbers)).options(*options).order_by(Participant.id)).unique())
    people, slots = _counts(Participant, numbers), _counts(Slot, numbers)
    told = set(db.session.scalars(select(Plan.event_id).where(Plan.event_id.in_(numbers), Plan.state == PlanState.PUBLISHED)))
    owners = {each.id: [one for one in own if one.event_id == each.id] for each in page.items}
    return page, [Line(each, owners[each.id], people.get(each.id, 0), slots.get(each.id, 0), each.id in told) for each in page.items]


def _counts(kind, numbers: list[int]) -> dict[int, int]:
    counted = select(kind.event_id, func.count()).where(kind.event_id.in_(numbers)).group_by(kind.event_id)
    return dict(db.session.execute(counted).tuples().all())


def has_meetings(*conditions) -> bool:
    """Whether a meeting of any version stands there, as `Meeting.slot_id == 7` or the like says."""
    return db.session.scalar(select(Meeting.id).where(*conditions).limit(1)) is not None


@dataclass
class Material:
    """All that a plan depends on: the event with its parts, what each said of each pair, and how near the suggestions find it."""

    event: AnyEvent
    said: Mapping[Pair, Mapping[Side, Level]]
    reasons: dict[Pair, str] = field(default_factory=dict)
    """Why a coordinator wants or forbids a pair."""

    @cached_property
    def bands(self) -> dict[Pair, Band]:
        """Of all pairs that the suggestions know, in one query when somebody asks."""
        return _bands(self.event)

    @cached_property
    def sharing(self) -> Sharing:
        return sharing_of(self.event)

    def bands_of(self, pairs: Collection[Pair]) -> dict[Pair, Band]:
        """Of some pairs, without reading those of all."""
        return _bands(self.event, pairs) if pairs else {}


def material(found: AnyEvent) -> Material:
    """Two queries beside the event's own, and one more for the bands. What is said of a pair is shared by all of which the same is said."""
    of_event = Wish.event_id == found.id
    said_by = [func.max(case((Wish.side == side, Wish.level))) for side in Side]
    rows = db.session.execute(select(Wish.need_id, Wish.offer_id, *said_by).where(of_event).group_by(Wish.need_id, Wish.offer_id))
    said = {Pair(need, offer): _said(*levels) for need, offer, *levels in rows}
    reasons = select(Wish.need_id, Wish.offer_id, Wish.reason).where(of_event, Wish.reason != "")
    return Material(found, said, {Pair(need, offer): reason for need, offer, reason in db.session.execute(reasons)})


@cache
def _said(*levels: str | None) -> Mapping[Side, Level]:
    """What each side says, in the order of the sides; those that say nothing are left out."""
    return MappingProxyType({side: Level(level) for side, level in zip(Side, levels) if level})


def _bands(found: AnyEvent, pairs: Collection[Pair] | None = None) -> dict[Pair, Band]:
    """Of all pairs, or of these."""
    there = {id_ for pair in pairs for id_ in pair} if pairs is not None else {each.id for each in found.participants}
    needs = {each.challenge_id: each.id for each in found.participants if each.challenge_id and each.id in there}
    offers = {each.profile_id: each.id for each in found.participants if each.profile_id and each.id in there}
    near = select(Suggestion.challenge_id, Suggestion.profile_id, Suggestion.band).where(
        Suggestion.challenge_id.in_(list(needs)), Suggestion.profile_id.in_(list(offers))
    )
    return {Pair(needs[challenge], offers[profile]): Band(band) for challenge, profile, band in db.session.execute(near)}


def suggestions_about(who: Participant) -> dict[int, Suggestion]:
    """What the suggestions say of one participant and each of the other side, by the other's id."""
    others = {(each.profile_id if who.side == Side.NEED else each.challenge_id): each.id for each in who.event.participants if each.side != who.side}
    if who.side == Side.NEED:
        found = select(Suggestion).where(Suggestion.challenge_id == who.challenge_id, Suggestion.profile_id.in_(list(others)))
        return {others[each.profile_id]: each for each in db.session.scalars(found)}
    found = select(Suggestion).where(Suggestion.profile_id == who.profile_id, Suggestion.challenge_id.in_(list(others)))
    return {others[each.challenge_id]: each for each in db.session.scalars(found)}


def own_wishes(who: Participant) -> dict[int, Wish]:
    """What one participant has wished itself, by the other's id. Never what others say of it."""
    mine, theirs = (Wish.need_id, Wish.offer_id) if who.side == Side.NEED else (Wish.offer_id, Wish.need_id)
    found = db.session.scalars(select(Wish).where(mine == who.id, Wish.side == who.side))
    return {(each.offer_id if theirs is Wish.offer_id else each.need_id): each for each in found}


def who_wished_whom(found: AnyEvent) -> set[tuple[int, int]]:
    """Who asks for whom in an event, by their ids: the one who wishes first."""
    asked = select(Wish.need_id, Wish.offer_id, Wish.side).where(Wish.event_id == found.id, Wish.level != Level.NO, Wish.side != Side.COORDINATOR)
    return {(need, offer) if side == Side.NEED else (offer, need) for need, offer, side in db.session.execute(asked)}


def wishes_given(found: AnyEvent) -> dict[int, int]:
    """How many wishes each participant has given, by its id."""
    given: dict[int, int] = {}
    for side, column in ((Side.NEED, Wish.need_id), (Side.OFFER, Wish.offer_id)):
        counted = select(column, func.count()).where(Wish.event_id == found.id, Wish.side == side).group_by(column)
        given |= dict(db.session.execute(counted).tuples().all())
    return given


def newest_run(found: AnyEvent) -> tuple[PlanRun | None, Job | None]:
    """The last computation that was asked for, and its job."""
    row = db.session.execute(
        select(PlanRun, Job).outerjoin(Job, Job.id == PlanRun.job_id).where(PlanRun.event_id == found.id).order_by(PlanRun.id.desc()).limit(1)
    ).first()
    return (row[0], row[1]) if row else (None, None)


def is_going(run: PlanRun | None, job: Job | None) -> bool:
    """The computation has not ended, and neither has its job."""
    return run is not None and run.state in {RunState.WAITING, RunState.RUNNING} and job is not None and not job.ended
