"""What a participant was told in an earlier version, and does not meet in the plan that is published now."""

from sqlalchemy import or_, select

from matchmaker.core.database import db
from matchmaker.meetings import bridge
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Meeting, Participant, Plan
from matchmaker.meetings.states import PlanState
from matchmaker.meetings.told import told
from matchmaker.meetings.wording import Names


def called_off(names: Names, who: Participant, published: Plan | None) -> list[str]:
    """A line for each pair of the earlier versions that does not meet now, as the letters say it, with when and where it was to be last.

    One query where there are earlier versions, of this participant's meetings alone.
    """
    if published is None or all(each.state != PlanState.REPLACED for each in who.event.plans):
        return []
    columns = (Plan.state, Meeting.need_id, Meeting.offer_id, Meeting.slot_id, Meeting.table_id)
    found = select(*columns).join(Meeting.plan).where(Plan.event_id == who.event_id, Plan.state != PlanState.DRAFT)
    found = found.where(or_(Meeting.need_id == who.id, Meeting.offer_id == who.id)).order_by(Plan.number, Meeting.id)
    last = {(need, offer): (state, Place(need, offer, slot, table)) for state, need, offer, slot, table in db.session.execute(found)}
    gone = [place for state, place in last.values() if state != PlanState.PUBLISHED]
    return next((told(names, each).gone for each in bridge.new_for_whom(gone, []) if each.id == str(who.id)), [])
