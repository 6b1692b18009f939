"""What is still wanted of those who took part once an event has taken place, for two weeks: how the meetings went, and how it was."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from matchmaker.challenges.models import Challenge
from matchmaker.core.clock import now, today
from matchmaker.core.database import db
from matchmaker.meetings.models import (
    Absence,
    Event,
    Feedback,
    Meeting,
    MeetingReport,
    Participant,
    Plan,
    Representative,
    RepresentativeAbsence,
    Slot,
)
from matchmaker.meetings.states import OUT, PlanState, Side
from matchmaker.organisations.rules import memberships
from matchmaker.profiles.models import Profile

ASKED_FOR = timedelta(days=14)
MOST = 12


@dataclass(frozen=True)
class Wanted:
    """Of one participant of one's own. `untold`: meetings it has not said of how they went; `given`: it has said how it was."""

    who: Participant
    untold: int
    given: bool


@dataclass(frozen=True)
class Heard:
    """Of one event, for who arranged it. `told` and `untold`: its meetings, save those nobody needs to say anything of since somebody was not there.

    `given`: who of the `people` that came has said how it was.
    """

    event: Event
    told: int
    untold: int
    people: int
    given: int


def has_ended():
    """That an event's published plan has run to its end; of a statement that reads events."""
    slot = select(Slot.id).where(Slot.event_id == Event.id).correlate(Event)
    published = exists().where(Plan.event_id == Event.id, Plan.state == PlanState.PUBLISHED).correlate(Event)
    return and_(published, slot.exists(), ~slot.where(Slot.ends_at > now()).exists())


def own(user) -> Select[Participant]:
    """A statement of the participants of the user's organisations, with the event, and with the challenge or profile each takes part with."""
    mine = [each.organisation_id for each in memberships(user)]
    found = select(Participant).join(Participant.event).outerjoin(Participant.challenge).outerjoin(Participant.profile)
    eager = (contains_eager(Participant.event), joinedload(Participant.challenge).lazyload(Challenge.requirements))
    found = found.options(*eager, joinedload(Participant.profile).lazyload(Profile.references))
    return found.where(or_(Challenge.organisation_id.in_(mine), Profile.organisation_id.in_(mine)))


def wanted(user) -> list[Wanted]:
    """Of the user's organisations, the newest event first, twelve at most, in one query; who did not come is not asked."""
    if not memberships(user):
        return []
    theirs = or_(Meeting.need_id == Participant.id, Meeting.offer_id == Participant.id)
    untold = _meetings().where(Plan.event_id == Participant.event_id, theirs, _untold(Participant.side, Side.COORDINATOR))
    untold = untold.correlate(Participant).scalar_subquery()
    found = own(user).add_columns(untold, _has_given()).where(*_recent(), _came(), or_(untold > 0, ~_has_given()))
    found = found.order_by(Event.last_day.desc(), Participant.id)
    return [Wanted(*row) for row in db.session.execute(found.limit(MOST)).unique().tuples()]


def heard() -> list[Heard]:
    """Of every event where something is still wanted, the newest first, in one query."""
    people = select(func.count(Participant.id)).where(Participant.event_id == Event.id, or_(_came(), _has_given()))
    told, untold = (_meetings().where(Plan.event_id == Event.id, each) for each in (_told(*Side), _untold(*Side)))
    columns = [each.correlate(Event).scalar_subquery() for each in (told, untold, people, people.where(_has_given()))]
    found = select(Event).add_columns(*columns).where(*_recent(), or_(columns[1] > 0, columns[3] < columns[2]))
    return [Heard(*row) for row in db.session.execute(found.order_by(Event.last_day.desc(), Event.id.desc())).tuples()]


def _recent() -> tuple:
    return Event.last_day >= today() - ASKED_FOR, has_ended()


def _came():
    """See `rules.came`."""
    return and_(Participant.answer.not_in(OUT), or_(Participant.gone_from.is_(None), Participant.arrived_at.is_not(None)))


def _has_given():
    return exists().where(Feedback.participant_id == Participant.id).correlate(Participant)


def _meetings():
    """How many, of published plans."""
    return select(func.count(Meeting.id)).join(Meeting.plan).join(Slot, Slot.id == Meeting.slot_id).where(Plan.state == PlanState.PUBLISHED)


def _told(*sides):
    """One of these sides has said whether it was held."""
    told = exists().where(MeetingReport.need_id == Meeting.need_id, MeetingReport.offer_id == Meeting.offer_id)
    return told.where(MeetingReport.held.is_not(None), MeetingReport.side.in_(sides)).correlate(Meeting, Participant)


def _untold(*sides):
    """None has, and the two were there; see `rules.away`."""
    two = aliased(Participant)
    away = exists().where(Absence.participant_id == two.id, Absence.slot_id == Meeting.slot_id).correlate(two, Meeting)
    cannot = exists().where(RepresentativeAbsence.representative_id == Representative.id, RepresentativeAbsence.slot_id == Meeting.slot_id)
    people = exists().where(Representative.participant_id == two.id)
    able = people.where(~cannot.correlate(Representative, Meeting)).correlate(two)
    gone = or_(two.answer.in_(OUT), two.gone_from < Slot.ends_at, away, and_(people.correlate(two), ~able))
    missed = exists().where(two.id.in_([Meeting.need_id, Meeting.offer_id]), gone).correlate(Meeting, Slot)
    return and_(~_told(*sides), ~missed)
