"""What administrators read and mend: figures and the outbox."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, or_, select

from matchmaker.accounts.models import User
from matchmaker.core import audit
from matchmaker.core.audit import AuditEntry
from matchmaker.core.database import db
from matchmaker.core.letters import holds_text
from matchmaker.core.mail import Letter
from matchmaker.core.queue import enqueue
from matchmaker.organisations.models import Organisation

LETTER_STATES = {"waiting": _l("Venter"), "sent": _l("Sendt"), "failed": _l("Kom ikke fram"), "kept": _l("Ligger her")}


def figures() -> dict[str, int]:
    """People, organisations, log entries and letters by state, in four queries."""
    counts = {row: db.session.scalar(select(func.count()).select_from(row)) or 0 for row in (Organisation, AuditEntry)}
    people = db.session.scalar(select(func.count(User.id)).where(User.deleted_at.is_(None))) or 0
    by_state = {state: count for state, count in db.session.execute(select(Letter.state, func.count()).group_by(Letter.state))}
    return {
        "people": people,
        "organisations": counts[Organisation],
        "entries": counts[AuditEntry],
        **{state: by_state.get(state, 0) for state in LETTER_STATES},
    }


def organisation_choices() -> list[tuple[str, str]]:
    """Every organisation by name, for a select."""
    rows = db.session.execute(select(Organisation.id, Organisation.name, Organisation.department).order_by(Organisation.name, Organisation.department))
    return [(str(number), f"{name}, {department}" if department else name) for number, name, department in rows]


def letter(letter_id: int) -> Letter | None:
    return db.session.get(Letter, letter_id)


def letters(*, state: str = "", text: str = "") -> Select:
    """The outbox, newest first, in one state, to addresses or with subjects that hold the text."""
    statement = select(Letter).order_by(Letter.id.desc())
    if state in LETTER_STATES:
        statement = statement.where(Letter.state == state)
    if text:
        statement = statement.where(or_(holds_text(Letter.recipient, text), holds_text(Letter.subject, text)))
    return statement


def try_letter_again(*, letter: Letter, by) -> bool:
    """Send a letter that failed or waits for its next try; False for those that are sent or stay here."""
    if letter.state not in {"failed", "waiting"}:
        return False
    letter.state, letter.attempts, letter.next_try_at, letter.error = "waiting", 0, None, ""
    enqueue("deliver_letter", letter_id=letter.id)
    audit.record("letter tried again", by=by, subject=letter)
    return True
