"""E-mail by an outbox: a letter is a row in the same transaction as the act, and leaves after the commit, with retries."""

import smtplib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import make_msgid

from flask import Flask, current_app
from sqlalchemy import JSON, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.core.clock import now
from matchmaker.core.database import Base, Created, Identified, Moment, db, transaction
from matchmaker.core.queue import enqueue, every, handles

WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]


@dataclass(frozen=True)
class Attachment:
    """A text that goes with a letter. `kind`: its media type with parameters, as `text/calendar; method=REQUEST`."""

    name: str
    kind: str
    text: str


class Letter(Identified, Created, Base):
    """States: waiting -> sent | failed; kept where no mail server is configured."""

    __tablename__ = "letters"
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default="waiting", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str] = mapped_column(Text, default="")
    attached: Mapped[list[dict[str, str]] | None] = mapped_column(JSON, comment="name, kind and text of each; see Attachment")
    about_kind: Mapped[str] = mapped_column(String(40), default="")
    about_id: Mapped[int | None]


def post(*, to: str, subject: str, body: str, about=None, attached: Sequence[Attachment] = ()) -> Letter:
    """Put a letter in the outbox of the running transaction. Line breaks in the subject are folded to spaces."""
    letter = Letter(
        recipient=to,
        subject=" ".join(subject.split())[:300],
        body=body,
        attached=[asdict(each) for each in attached] or None,
        state="waiting" if current_app.config["MATCHMAKER_MAIL_SERVER"] else "kept",
        about_kind=type(about).__name__.lower() if about is not None else "",
        about_id=getattr(about, "id", None),
    )
    db.session.add(letter)
    db.session.flush()
    if letter.state == "waiting":
        enqueue("deliver_letter", letter_id=letter.id)
    return letter


@handles("deliver_letter")
def deliver(job, *, letter_id: int) -> None:
    """Try once; on failure say when the next try is due. A letter already sent is not sent again."""
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.state != "waiting":
        return
    letter.attempts += 1
    try:
        _send(current_app, letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: an address that no header can hold
        letter.error = f"{type(error).__name__}: {error}"[:1000]
        if letter.attempts > len(WAITS):
            letter.state = "failed"
        else:
            letter.next_try_at = now() + WAITS[letter.attempts - 1]
        return
    letter.state, letter.sent_at, letter.error = "sent", now(), ""


@every(minutes=1)
def try_again() -> None:
    """Queue the letters whose next try is due."""
    with transaction():
        due = select(Letter).where(Letter.state == "waiting", Letter.next_try_at < now()).limit(200)
        for letter in db.session.scalars(due):
            letter.next_try_at = None
            enqueue("deliver_letter", letter_id=letter.id)


@every(minutes=24 * 60)
def forget_old_letters() -> None:
    """Delete letters that wait for nothing more. They hold names, addresses and links, and what they told stands where it happened."""
    limit = now() - timedelta(days=current_app.config["MATCHMAKER_LETTERS_KEPT"])
    over = delete(Letter).where(Letter.state != "waiting", func.coalesce(Letter.sent_at, Letter.created_at) < limit)
    with transaction():
        db.session.execute(over.execution_options(synchronize_session=False))


def _send(app: Flask, letter: Letter) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = app.config["MATCHMAKER_MAIL_FROM"], letter.recipient, letter.subject
    message["Message-ID"] = make_msgid(f"letter-{letter.id}", domain="matchmaker.invalid")
    message.set_content(letter.body)
    for each in letter.attached or ():
        kind = EmailMessage()
        kind["Content-Type"] = each["kind"]
        parameters = {name: value for name, value in kind["Content-Type"].params.items() if name != "charset"}
        message.add_attachment(each["text"], subtype=kind.get_content_subtype(), filename=each["name"], params=parameters)
    host, _, port = app.config["MATCHMAKER_MAIL_SERVER"].partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=20) as server:
        if app.config["MATCHMAKER_MAIL_TLS"]:
            server.starttls()
        if app.config["MATCHMAKER_MAIL_USER"]:
            server.login(app.config["MATCHMAKER_MAIL_USER"], app.config["MATCHMAKER_MAIL_PASSWORD"])
        server.send_message(message)
