"""Letters of this room: each in its reader's language, about one introduction, interest or need, with a link to where one answers."""

import re

from flask import current_app
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.core import mail
from matchmaker.core.database import db
from matchmaker.core.i18n import in_language_of
from matchmaker.organisations.models import Membership, Organisation, Role


def members(organisation: Organisation) -> list[User]:
    """The people who belong there now, oldest membership first."""
    return _people(Membership.organisation_id == organisation.id)


def coordinators() -> list[User]:
    """Every coordinator; the administrators where there is none."""
    return _people(Membership.role == Role.COORDINATOR) or _people(Membership.role == Role.ADMINISTRATOR)


def readers(organisation: Organisation) -> list[User]:
    """Who reads letters to this organisation: its members, or the coordinators where it has none yet."""
    return members(organisation) or coordinators()


def write(letter: str, people: list[User], *, about, link: tuple[str, dict], by=None, **words) -> list[mail.Letter]:
    """Post `templates/matches/letters/<letter>.txt` to each person but `by`. Its first line is the subject; `link` is (endpoint, arguments)."""
    endpoint, arguments = link
    template = current_app.jinja_env.get_template(f"matches/letters/{letter}.txt")
    posted = []
    for person in people:
        if person.id == getattr(by, "id", None):
            continue
        with in_language_of(person):
            subject, _, body = template.render(person=person, link=address(endpoint, **arguments), by=by, **words).strip().partition("\n")
        posted.append(mail.post(to=person.email, subject=subject, body=re.sub(r"\n{3,}", "\n\n", body).strip() + "\n", about=about))
    return posted


def address(endpoint: str, **arguments) -> str:
    """The full address of a page, also outside a request."""
    path = current_app.url_map.bind("matchmaker").build(endpoint, arguments)
    return current_app.config["MATCHMAKER_BASE_URL"].rstrip("/") + path


def letters_about(item) -> list[mail.Letter]:
    """What was posted about this object, oldest first."""
    about = (mail.Letter.about_kind == type(item).__name__.lower(), mail.Letter.about_id == item.id)
    return list(db.session.scalars(select(mail.Letter).where(*about).order_by(mail.Letter.id)))


def _people(condition) -> list[User]:
    statement = select(User).join(Membership, Membership.user_id == User.id)
    found = db.session.scalars(statement.where(condition, Membership.ended_at.is_(None), User.deleted_at.is_(None)).order_by(Membership.id))
    return list(dict.fromkeys(found))
