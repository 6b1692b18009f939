"""Some weeks of life in the demo: questions, a shortlist, introductions, interests, each done by the person and on the day that the file says."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from matchmaker.accounts.models import User
from matchmaker.challenges.services import answer_question, ask_question, withdraw_challenge
from matchmaker.cli.demo_facts import Made, rows
from matchmaker.core.database import db
from matchmaker.matches import choosing, interests, introducing, recommending, writing
from matchmaker.profiles.services import verify_reference


def play(made: Made) -> None:
    """Do every act of `story.json`, oldest first."""
    reasons = {row["key"]: row["ended_reason"] for row in rows("needs") if "ended_reason" in row}
    kept: dict[str, Any] = {}
    for row in sorted(rows("story"), key=itemgetter("days_ago"), reverse=True):
        made.go_back(row["days_ago"])
        found = {"challenge": made.challenges.get(row.get("challenge", "")), "profile": made.profiles.get(row.get("profile", ""))}
        pair = {name: each for name, each in found.items() if each is not None}
        said = {**row, "reason": row.get("reason") or reasons.get(row.get("challenge", ""), "")}
        result = ACTS[row["act"]](said, pair, kept.get(row.get("key", "")), made.people[row["by"]])
        db.session.flush()
        if result is not None and "key" in row:
            kept[row["key"]] = result


def _interest(row: dict, pair: dict, _before: Any, by: User) -> Any:
    sketch = {"idea": row["idea"], "plan": row["plan"], "needs_from_municipality": row["needs"], "price": row["price"]}
    interest = interests.draft_interest(**pair, sketch=sketch, by=by)
    interests.send_interest(interest=interest, by=by)
    return interest


ACTS: dict[str, Callable[[dict, dict, Any, User], Any]] = {
    "ask": lambda row, pair, _, by: ask_question(**pair, by=by, text=row["text"]),
    "answer": lambda row, _, question, by: answer_question(question=question, by=by, text=row["text"]),
    "shortlist": lambda row, pair, _, by: choosing.shortlist(**pair, by=by, note=row["note"]),
    "dismiss": lambda row, pair, _, by: choosing.dismiss(**pair, by=by, reason=row["reason"]),
    "recommend": lambda row, pair, _, by: recommending.recommend(**pair, by=by, text=row["text"]),
    "introduce": lambda row, pair, _, by: introducing.send_introduction(**pair, by=by, message=row["text"]),
    "accept": lambda _row, _pair, introduction, by: introducing.accept_introduction(introduction=introduction, by=by),
    "message": lambda row, _pair, introduction, by: _message(row, introduction, by),
    "interest": _interest,
    "decline_interest": lambda row, _, interest, by: interests.decline_interest(interest=interest, by=by, feedback=row["feedback"]),
    "verify": lambda _row, pair, _, by: _verify(pair, by),
    "withdraw": lambda row, pair, _, by: withdraw_challenge(**pair, by=by, reason=row["reason"]),
}


def _verify(pair: dict, by: User) -> None:
    for reference in pair["profile"].references:
        verify_reference(reference=reference, by=by)


def _message(row: dict, introduction: Any, by: User) -> None:
    writing.write_message(introduction=introduction, by=by, text=row["text"])
