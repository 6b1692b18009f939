"""Wishes: of the participants about each other, and what coordinators say of a pair."""

from collections.abc import Mapping

from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.core import audit
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import companion_letters, queries, rules
from matchmaker.meetings.models import Event, Participant, Wish
from matchmaker.meetings.refusals import TooManyMusts, WishesClosed
from matchmaker.meetings.states import Level, Side


def give_wishes(*, participant: Participant, levels: Mapping[int, Level], by) -> None:
    """All that one participant wishes, by the others' ids; who is left out is wished nothing. Ids that are not of the other side are left out.

    `by`: None for who came by the private address. Raises WishesClosed after the deadline (coordinators may still, for those who ring) and TooManyMusts.
    """
    if not rules.may_change_wishes(by, participant.event):
        raise WishesClosed
    others = {each.id for each in participant.event.participants if each.side != participant.side}
    wanted = {id_: level for id_, level in levels.items() if id_ in others}
    if rules.too_many_musts(wanted.values()):
        raise TooManyMusts
    take_turns(f"wishes of {participant.id}")
    before = queries.own_wishes(participant)
    for id_, wish in before.items():
        if id_ not in wanted:
            db.session.delete(wish)
        elif wish.level != wanted[id_]:
            wish.level, wish.by_id = wanted[id_], getattr(by, "id", None)
    for id_, level in wanted.items():
        if id_ not in before:
            need, offer = (participant.id, id_) if participant.side == Side.NEED else (id_, participant.id)
            db.session.add(Wish(event_id=participant.event_id, need_id=need, offer_id=offer, side=participant.side, level=level, by_id=getattr(by, "id", None)))
    behalf = rules.on_behalf(by, participant)
    audit.record("event wishes given", by=by, subject=participant.event, on_behalf_of=behalf, who=participant.name, count=len(wanted))


def say_of_pair(*, event: Event, need: Participant, offer: Participant, level: Level, reason: str, by, companion: User | None = None) -> Wish:
    """A coordinator's must, or that two must not meet, with why. What was said of the pair before is said over.

    `companion`: the coordinator who sits in where they must meet; planned into one meeting at a time, and written to at once where it is published.
    """
    take_turns(f"event {event.id}")
    wish = db.session.scalar(select(Wish).where(Wish.need_id == need.id, Wish.offer_id == offer.id, Wish.side == Side.COORDINATOR))
    if wish is None:
        wish = Wish(event_id=event.id, need_id=need.id, offer_id=offer.id, side=Side.COORDINATOR)
    wish.level, wish.reason, wish.by_id = level, reason, by.id
    wish.companion = companion if level == Level.MUST else None
    db.session.add(wish)
    pair = f"{need.name} – {offer.name}"
    if level == Level.NO:
        audit.record("event pair forbidden", by=by, subject=event, pair=pair, reason=reason)
    else:
        audit.record("event pair must meet", by=by, subject=event, pair=pair, reason=reason, companion=wish.companion.name if wish.companion else "")
    _tell_companions(event)
    return wish


def take_back_of_pair(*, wish: Wish, by) -> None:
    """Who was to sit in is written to at once where the meeting is published."""
    event = db.session.get(Event, wish.event_id)
    assert event is not None  # the wish's own
    audit.record("event pair taken back", by=by, subject=event, pair=f"{wish.need.name} – {wish.offer.name}")
    db.session.delete(wish)
    _tell_companions(event)


def _tell_companions(event: Event) -> None:
    """Who sits in on what counts from now on, also in the plan that is published; afterwards there is nothing to come to."""
    take_turns(f"plan of {event.id}")
    db.session.flush()
    if not rules.is_over(event):
        companion_letters.write_to_companions(event)
