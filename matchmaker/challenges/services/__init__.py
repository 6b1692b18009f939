"""The verbs of this room. Each belongs inside a `transaction()`, changes nothing when it refuses, and leaves an audit entry."""

from matchmaker.challenges.services.asking import answer_question, ask_question
from matchmaker.challenges.services.stepping import (
    archive_challenge,
    cancel_challenge,
    choose,
    choose_none,
    publish_challenge,
    reopen_challenge,
    start_evaluation,
    withdraw_challenge,
)
from matchmaker.challenges.services.writing import copy_challenge, create_challenge, edit_challenge

__all__ = [
    "answer_question",
    "archive_challenge",
    "ask_question",
    "cancel_challenge",
    "choose",
    "choose_none",
    "copy_challenge",
    "create_challenge",
    "edit_challenge",
    "publish_challenge",
    "reopen_challenge",
    "start_evaluation",
    "withdraw_challenge",
]
