"""The programme of one participant: when, where, whom, and why."""

from dataclasses import dataclass

from matchmaker.matches.models import Suggestion
from matchmaker.matches.reasons import Reason, reasons_of
from matchmaker.matches.states import Band
from matchmaker.meetings import queries
from matchmaker.meetings.models import Participant, Plan, Slot, Table


@dataclass(frozen=True)
class Appointment:
    """One meeting as one of the two sees it. `reason`: the first of the match's reasons, where it is a match."""

    slot: Slot
    table: Table
    other: Participant
    suggestion: Suggestion | None

    @property
    def reason(self) -> Reason | None:
        found = reasons_of(self.suggestion.reasons) if self.suggestion and self.suggestion.band != Band.NONE else []
        return found[0] if found else None


def programme(who: Participant, plan: Plan | None) -> list[Appointment]:
    """In the order of time; nothing where there is no plan."""
    slots, tables = {each.id: each for each in who.event.slots}, {each.id: each for each in who.event.tables}
    others = {each.id: each for each in who.event.participants}
    near = queries.suggestions_about(who) if plan else {}
    found = []
    for meeting in queries.meetings_of(plan):
        if other := meeting.other_than(who.id):
            found.append(Appointment(slots[meeting.slot_id], tables[meeting.table_id], others[other], near.get(other)))
    return found
