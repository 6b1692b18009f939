"""The verbs of this room."""

from matchmaker.meetings.services.arranging import (
    add_slots,
    copy_event,
    create_event,
    delete_event,
    edit_event,
    name_tables,
    remove_slot,
)
from matchmaker.meetings.services.asking_after import ask_for_outcomes
from matchmaker.meetings.services.bringing_in import bring_in
from matchmaker.meetings.services.changing import add_meeting, cancel_meeting, discard_draft, lock_meeting, move_meeting, swap_meetings, undo_change
from matchmaker.meetings.services.checking_in import check_in, undo_check_in
from matchmaker.meetings.services.closing import close_table, open_table
from matchmaker.meetings.services.describing import describe
from matchmaker.meetings.services.inviting import send_invitations
from matchmaker.meetings.services.mending import report_back, report_gone, report_late
from matchmaker.meetings.services.people import answer_invitation
from matchmaker.meetings.services.planning import ask_for_plan, end_run, stop_run
from matchmaker.meetings.services.publishing import publish_plan
from matchmaker.meetings.services.registering import register
from matchmaker.meetings.services.reminding import remind
from matchmaker.meetings.services.reporting import report_meeting
from matchmaker.meetings.services.taking_part import add_participants, change_participant, remove_participant
from matchmaker.meetings.services.thinking_back import give_feedback
from matchmaker.meetings.services.waiting import give_place
from matchmaker.meetings.services.welcoming import approve_newcomer, ask_to_take_part, decline_newcomer, forget_newcomers
from matchmaker.meetings.services.wishing import give_wishes, say_of_pair, take_back_of_pair

__all__ = [
    "add_meeting",
    "add_participants",
    "add_slots",
    "answer_invitation",
    "approve_newcomer",
    "ask_for_outcomes",
    "ask_for_plan",
    "ask_to_take_part",
    "bring_in",
    "cancel_meeting",
    "change_participant",
    "check_in",
    "close_table",
    "copy_event",
    "create_event",
    "decline_newcomer",
    "delete_event",
    "describe",
    "discard_draft",
    "edit_event",
    "end_run",
    "forget_newcomers",
    "give_feedback",
    "give_place",
    "give_wishes",
    "lock_meeting",
    "move_meeting",
    "name_tables",
    "open_table",
    "publish_plan",
    "register",
    "remind",
    "remove_participant",
    "remove_slot",
    "report_back",
    "report_gone",
    "report_late",
    "report_meeting",
    "say_of_pair",
    "send_invitations",
    "stop_run",
    "swap_meetings",
    "take_back_of_pair",
    "undo_change",
    "undo_check_in",
]
