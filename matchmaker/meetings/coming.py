"""The events that one person's organisations take part in and that are not over, with how far each has come; see `wanted_after` for those that are."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from matchmaker.core.clock import today
from matchmaker.core.database import db
from matchmaker.meetings import rules
from matchmaker.meetings.models import Event, Participant, Plan, Wish
from matchmaker.meetings.passes import Purpose, token_for
from matchmaker.meetings.states import PlanState, Side
from matchmaker.meetings.wanted_after import has_ended, own
from matchmaker.organisations.rules import memberships

MOST = 12


@dataclass(frozen=True)
class Coming:
    """One participant of one's own. `given`: how many wishes; `door`: the token of its private address."""

    who: Participant
    given: int
    published: bool
    takes_wishes: bool
    door: str


def coming(user) -> list[Coming]:
    """The nearest first, twelve at most, in three queries however many."""
    if not memberships(user):
        return []
    found = own(user).where(Event.last_day >= today() - timedelta(days=1), ~has_ended()).order_by(Event.first_day, Participant.id)
    people = [each for each in db.session.scalars(found.limit(MOST)).unique() if not rules.is_over(each.event)]
    events = {each.event_id for each in people}
    published = set(db.session.scalars(select(Plan.event_id).where(Plan.event_id.in_(events), Plan.state == PlanState.PUBLISHED)))
    given = _given([each.id for each in people])
    return [
        Coming(each, given.get(each.id, 0), each.event_id in published, rules.takes_wishes(each.event), token_for(each, Purpose.INVITATION)) for each in people
    ]


def _given(numbers: list[int]) -> dict[int, int]:
    """How many wishes each has given itself."""
    sides = [
        select(column.label("who"), func.count().label("number")).where(column.in_(numbers), Wish.side == side).group_by(column)
        for side, column in ((Side.NEED, Wish.need_id), (Side.OFFER, Wish.offer_id))
    ]
    return dict(db.session.execute(sides[0].union_all(sides[1])).tuples().all())
