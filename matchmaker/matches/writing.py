"""The thread of messages after an introduction, and who is told of what they have not read."""

from datetime import timedelta

from sqlalchemy import select

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.matches import letters, rules
from matchmaker.matches.introducing import need_side, tell
from matchmaker.matches.models import Introduction, Message
from matchmaker.matches.refusing import Closed
from matchmaker.matches.states import IntroductionState

NOTICE_PAUSE = timedelta(hours=1)


def write_message(*, introduction: Introduction, text: str, by) -> Message:
    """Add to the thread; the other side gets a letter unless it has one about something it has not read yet from the last hour.

    Raises Closed when the introduction is not open for messages. The same words twice within a minute count once.
    """
    if IntroductionState(introduction.state) not in rules.CONVERSING:
        raise Closed
    before = db.session.scalar(select(Message).where(Message.introduction_id == introduction.id).order_by(Message.id.desc()).limit(1))
    if before is not None and before.by_id == by.id and before.text == text and before.created_at > now() - timedelta(minutes=1):
        return before
    side = rules.side_of(by, introduction) or "coordinator"
    message = Message(introduction=introduction, by=by, side=side, text=text)
    db.session.add(message)
    read_introduction(introduction=introduction, side=side)
    audit.record("message_written", by=by, subject=introduction)
    for other in {"need", "offer"} - {side}:
        _notice(introduction, other, message)
    return message


def read_introduction(*, introduction: Introduction, side: str) -> None:
    """This side has seen the thread as it is now."""
    if side in {"need", "offer"}:
        setattr(introduction, f"{side}_read_at", now())


def _notice(introduction: Introduction, side: str, message: Message) -> None:
    read, noticed = getattr(introduction, f"{side}_read_at"), getattr(introduction, f"{side}_noticed_at")
    if noticed is not None and (read is None or read <= noticed) and noticed > now() - NOTICE_PAUSE:
        return
    setattr(introduction, f"{side}_noticed_at", now())
    people = need_side(introduction) if side == "need" else letters.readers(introduction.profile.organisation)
    tell("message", people, introduction, by=message.by, text=message.text)
