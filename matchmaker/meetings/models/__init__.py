"""Events with their slots and tables, participants, wishes, plans with their meetings, and what was said afterwards."""

from matchmaker.meetings.models.events import Event, Slot, Table
from matchmaker.meetings.models.newcomers import Newcomer, NewcomerState
from matchmaker.meetings.models.people import Absence, CompanionTold, Participant, Representative, RepresentativeAbsence, Wish
from matchmaker.meetings.models.plans import Meeting, Plan, PlanRun
from matchmaker.meetings.models.reports import Feedback, MeetingReport

__all__ = [
    "Absence",
    "CompanionTold",
    "Event",
    "Feedback",
    "Meeting",
    "MeetingReport",
    "Newcomer",
    "NewcomerState",
    "Participant",
    "Plan",
    "PlanRun",
    "Representative",
    "RepresentativeAbsence",
    "Slot",
    "Table",
    "Wish",
]
