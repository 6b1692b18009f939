"""What a participant was told in an earlier version, and does not meet in the plan that is published now, or meets elsewhere."""

from sqlalchemy import or_, select

from matchmaker.core.database import db
from matchmaker.meetings import bridge
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Meeting, Participant, Plan
from matchmaker.meetings.states import PlanState
from matchmaker.meetings.told import told
from matchmaker.meetings.wording import Names


def what_changed(names: Names, who: Participant, published: Plan | None) -> list[str]:
    """A line for each pair of the earlier versions that does not meet now, with when and where it was to be last, and for each that was moved, with where
    it was before; as the letters say it. One query where there are earlier versions, of this participant's meetings alone.
    """
    if published is None or all(each.state != PlanState.REPLACED for each in who.event.plans):
        return []
    columns = (Plan.state, Meeting.need_id, Meeting.offer_id, Meeting.slot_id, Meeting.table_id)
    found = select(*columns).join(Meeting.plan).where(Plan.event_id == who.event_id, Plan.state != PlanState.DRAFT)
    found = found.where(or_(Meeting.need_id == who.id, Meeting.offer_id == who.id)).order_by(Plan.number, Meeting.id)
    then: dict[tuple[int, int], Place] = {}
    last: dict[tuple[int, int], tuple[str, Place]] = {}
    for state, need, offer, slot, table in db.session.execute(found):
        pair, place = (need, offer), Place(need, offer, slot, table)
        if pair in last and last[pair][1] != place:
            then[pair] = last[pair][1]
        last[pair] = state, place
    stands = {pair: place for pair, (state, place) in last.items() if state == PlanState.PUBLISHED}
    before = [then.get(pair, place) if pair in stands else place for pair, (_state, place) in last.items()]
    lines = [told(names, each) for each in bridge.new_for_whom(before, stands.values()) if each.id == str(who.id)]
    return [line for each in lines for line in (*each.gone, *each.moved)]
