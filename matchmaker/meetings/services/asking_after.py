"""Asking, once and the day after, how it went with the meetings that nobody has told about."""

from sqlalchemy import select

from matchmaker.core import audit
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import letters, outcome_queries, queries, rules
from matchmaker.meetings.missed import Missing
from matchmaker.meetings.models import Event, Meeting, Participant
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.states import Side

ASKED = "event outcomes asked"


def ask_for_outcomes(*, event: Event) -> int:
    """Write to those who came and have not said how each of their meetings went; the number of letters. Nobody is asked twice: the log remembers."""
    take_turns(f"event {event.id}")
    asked = select(AuditEntry.id).where(AuditEntry.action == ASKED, AuditEntry.subject_kind == "event", AuditEntry.subject_id == event.id)
    if not rules.outcomes_are_due(event) or db.session.scalar(asked.limit(1)) is not None:
        return 0
    posted = letters.ask_for_outcomes(untold(event))
    audit.record(ASKED, subject=event, count=len(posted))
    return len(posted)


def untold(event: Event) -> dict[Participant, list[Meeting]]:
    """The meetings of the published plan of which neither a participant nor a coordinator has said whether they were held.

    Who did not come is not asked, nor who waited for somebody that did not.
    """
    reports, found, absent = outcome_queries.reports(event), {}, Missing(event)
    missing: dict[int, list[Meeting]] = {}
    for meeting in queries.meetings_of(queries.published_plan(event)):
        if absent.at(meeting):
            continue
        said = reports.get(Pair(meeting.need_id, meeting.offer_id), {})
        told = {side for side, report in said.items() if report.held is not None}
        for side, id_ in ((Side.NEED, meeting.need_id), (Side.OFFER, meeting.offer_id)):
            if not told & {side, Side.COORDINATOR}:
                missing.setdefault(id_, []).append(meeting)
    for each in event.participants:
        if each.id in missing and rules.came(each):
            found[each] = missing[each.id]
    return found
