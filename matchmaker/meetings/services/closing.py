"""A table that is lost for the rest of the event, and had again. What stood there is mended with the fewest changes; nothing is published."""

from datetime import datetime

from matchmaker.core import audit
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import queries, rules
from matchmaker.meetings.models import Table
from matchmaker.meetings.services.mending import drop_mended
from matchmaker.meetings.services.planning import ask_for_plan


def close_table(*, table: Table, at: datetime, by) -> bool:
    """Nothing is held there in slots that begin at `at` or later; who sits there just then sits on. Whether a mended plan was asked for."""
    event = table.event
    take_turns(f"plan of {event.id}")
    table.closed_from = at
    audit.record("event table closed", by=by, subject=event, table=table.name)
    db.session.flush()
    closed = rules.closed(event)
    missed = [each for each in queries.meetings_of(queries.plan_of(event.id)) if (each.slot_id, each.table_id) in closed]
    if missed or queries.is_going(*queries.newest_run(event)):
        ask_for_plan(event=event, anew=False, by=by, mend=True)
        return True
    return False


def open_table(*, table: Table, by) -> bool:
    """As before it was closed. A draft that was only made to mend goes where what is published can be held again. Whether a mended plan was asked for."""
    event = table.event
    take_turns(f"plan of {event.id}")
    db.session.refresh(table, ["closed_from"])
    if table.closed_from is None:
        return False
    table.closed_from = None
    audit.record("event table opened", by=by, subject=event, table=table.name)
    db.session.flush()
    if drop_mended(event) is False:
        ask_for_plan(event=event, anew=False, by=by, mend=True)
        return True
    return False
