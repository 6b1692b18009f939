"""The programme of one participant, or of all: when, where, whom, why, and one question to start with."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.accounts.models import User
from matchmaker.core.collation import alphabetical
from matchmaker.matches.models import Suggestion
from matchmaker.matches.reasons import Reason, reasons_of
from matchmaker.matches.states import Band
from matchmaker.meetings import outcome_queries, queries
from matchmaker.meetings.models import Event, Meeting, Participant, Plan, Slot, Table
from matchmaker.meetings.questions import Question, question_for
from matchmaker.meetings.sharing import companions
from matchmaker.meetings.states import Level


@dataclass(frozen=True)
class Appointment:
    """One meeting as one of the two sees it. `reason`: the first of the match's reasons, where it is a match."""

    slot: Slot
    table: Table
    other: Participant
    suggestion: Suggestion | None
    question: Question
    unexpected: bool = False
    """Nobody wished it: room was kept for it, for what may come of it."""
    companion: str = ""
    """The name of the coordinator who sits in, where one does."""
    wished: bool = False
    """This side asked for it. What the other side wished is not said."""

    @property
    def reason(self) -> Reason | None:
        found = reasons_of(self.suggestion.reasons) if self.suggestion and self.suggestion.band != Band.NONE else []
        return found[0] if found else None


def programme(who: Participant, plan: Plan | None) -> list[Appointment]:
    """In the order of time; nothing where there is no plan."""
    near = queries.suggestions_about(who) if plan else {}
    wished = {(who.id, other) for other, wish in queries.own_wishes(who).items() if wish.level != Level.NO} if plan else set()
    return _programme(who, queries.meetings_of(plan), near, wished, odd_in(plan), companions(who.event) if plan else {})


def programmes(event: Event, plan: Plan | None) -> list[tuple[Participant, list[Appointment]]]:
    """Everybody's, in the order of their names; four queries beside the event's own, however many they are."""
    meetings, near = queries.meetings_of(plan), outcome_queries.suggestions_of_meetings(plan)
    of: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        for id_ in (meeting.need_id, meeting.offer_id):
            of.setdefault(id_, []).append(meeting)
    found, wished, odd, sit_in = [], queries.who_wished_whom(event), odd_in(plan), companions(event) if plan else {}
    for who in sorted(event.participants, key=lambda each: (alphabetical(each.name), each.id)):
        own = of.get(who.id, [])
        found.append((who, _programme(who, own, {each.other_than(who.id) or 0: near.get(each.id) for each in own}, wished, odd, sit_in)))
    return found


def odd_in(plan: Plan | None) -> set[tuple[int, int]]:
    """The pairs of a plan's unexpected meetings, as they were when it was computed."""
    return {(need, offer) for need, offer in plan.findings.get("unexpected", [])} if plan else set()


def _programme(
    who: Participant,
    meetings: list[Meeting],
    near: Mapping[int, Suggestion | None],
    wished: set[tuple[int, int]],
    odd: set[tuple[int, int]],
    sit_in: Mapping[tuple[int, int], User],
) -> list[Appointment]:
    slots, tables = {each.id: each for each in who.event.slots}, {each.id: each for each in who.event.tables}
    others = {each.id: each for each in who.event.participants}
    found = []
    for meeting in meetings:
        if number := meeting.other_than(who.id):
            other, suggestion = others[number], near.get(number)
            pair, question = (meeting.need_id, meeting.offer_id), question_for(who, other, suggestion)
            third = sit_in[pair].name if pair in sit_in else ""
            asked_for = (who.id, other.id) in wished
            found.append(Appointment(slots[meeting.slot_id], tables[meeting.table_id], other, suggestion, question, pair in odd, third, asked_for))
    return found
