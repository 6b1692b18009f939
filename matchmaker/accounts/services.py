"""What is done with accounts. Every verb runs inside the caller's transaction."""

from flask_babel import gettext as _
from sqlalchemy import delete

from matchmaker.accounts import links, passwords
from matchmaker.accounts.events import AccountDeleted, AddressConfirmed
from matchmaker.accounts.letters import write
from matchmaker.accounts.models import OneTimeLink, User, UserSession
from matchmaker.accounts.queries import by_email
from matchmaker.accounts.rules import may_sign_in
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, rows_changed
from matchmaker.core.events import announce
from matchmaker.core.i18n import LANGUAGES, choose_locale
from matchmaker.core.mail import Letter


class Refused(ValueError):
    """A rule says no; the message is for the person who asked."""


def create_person(*, email: str, name: str, password: str, confirmed: bool = False, locale: str | None = None) -> User:
    """A new person. `confirmed` says that the address is known to be theirs. Raises Refused when the address is taken."""
    if by_email(email):
        raise Refused(_("Det finnes alt en konto med den e-postadressen."))
    user = User(email=email, name=name, password_hash=passwords.hashed(password), locale=locale, email_confirmed_at=now() if confirmed else None)
    db.session.add(user)
    db.session.flush()
    audit.record("account created", by=user, subject=user)
    return user


def person_with(*, email: str, password: str) -> User | None:
    """Who signs in with this address and password; None when nobody does, after the same work. Renews the hash when its parameters are of yesterday."""
    user = by_email(email)
    right = passwords.matches(password, user.password_hash if user else "")
    if user is None or not right or not may_sign_in(user):
        return None
    if passwords.outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    return user


def note_failed_sign_in(*, email: str) -> None:
    """For the log: about whose account somebody was wrong. An address nobody has is not kept: it may be a stranger's, or a password in the wrong field."""
    audit.record("sign-in failed", subject=by_email(email))


def ask_to_confirm(*, user: User) -> Letter:
    """Send the link that shows the address is theirs."""
    return write("accounts/letters/confirm", to=user.email, reader=user, about=user, token=links.make(user, "confirm"), name=user.name)


def confirm_address(*, link: OneTimeLink, password: str) -> User | None:
    """Only the one who has both the letter and the password chosen at registration gets in; None otherwise, and the link still works."""
    if not passwords.matches(password, link.user.password_hash) or not links.use_up(link):
        return None
    _confirm(link.user)
    return link.user


def _confirm(user: User) -> None:
    if user.email_confirmed_at is None:
        user.email_confirmed_at = now()
        audit.record("address confirmed", by=user, subject=user)
        announce(AddressConfirmed(user_id=user.id))


def ask_for_new_password(*, email: str) -> None:
    """Send a link to the person with this address. Nothing happens for others, and the caller must not tell the two apart."""
    user = by_email(email)
    if user is not None and user.is_active and not user.is_demo:
        write("accounts/letters/password", to=user.email, reader=user, about=user, token=links.make(user, "password"), name=user.name)


def set_new_password(*, link: OneTimeLink, password: str) -> User | None:
    """Set the password, which also shows that the address is theirs, and end every session. None when the link was used a moment before."""
    if not links.use_up(link):
        return None
    user = link.user
    _confirm(user)
    _replace_password(user, password)
    end_sessions(user=user)
    audit.record("password reset", by=user, subject=user)
    return user


def change_password(*, user: User, password: str, keep: str = "") -> None:
    """Set a new password and end every session but the one whose token hash is `keep`; tell the person by e-mail."""
    _replace_password(user, password)
    end_sessions(user=user, keep=keep)
    audit.record("password changed", by=user, subject=user)
    write("accounts/letters/password_changed", to=user.email, reader=user, about=user, name=user.name)


def _replace_password(user: User, password: str) -> None:
    user.password_hash = passwords.hashed(password)
    links.drop(user, "password", "email")


def ask_to_change_address(*, user: User, email: str) -> None:
    """Send a link to the new address and a note to the old. When the new one has an account already it is told so, and the asker is not."""
    if by_email(email) is None:
        write("accounts/letters/new_address", to=email, reader=user, about=user, token=links.make(user, "email", value=email), name=user.name)
    else:
        write("accounts/letters/known_address", to=email, reader=by_email(email))
    write("accounts/letters/address_changing", to=user.email, reader=user, about=user, email=email, name=user.name)
    audit.record("address change asked", by=user, subject=user)


def change_address(*, link: OneTimeLink) -> User | None:
    """Take the new address into use. None when the link was used or somebody else has taken the address since."""
    if by_email(link.value) is not None or not links.use_up(link):
        return None
    link.user.email = link.value
    links.drop(link.user, "password")
    audit.record("address changed", by=link.user, subject=link.user)
    return link.user


def end_session(*, user: User, session_id: int) -> bool:
    """Sign the person out on one browser; False when it is not theirs or has ended."""
    statement = delete(UserSession).where(UserSession.id == session_id, UserSession.user_id == user.id)
    return rows_changed(statement) == 1


def end_sessions(*, user: User, keep: str = "") -> int:
    """Sign the person out everywhere but on the browser whose token hash is `keep`, and let no browser be known any longer; how many ended."""
    user.times_ended += 1
    statement = delete(UserSession).where(UserSession.user_id == user.id, UserSession.token_hash != keep)
    return rows_changed(statement)


def change_name(*, user: User, name: str) -> None:
    """A demo account is shared by whoever tries it and keeps its name."""
    if not user.is_demo:
        user.name = name


def choose_preferences(*, user: User, locale: str | None = None, theme: str | None = None) -> None:
    """Keep what the person chose. Raises ValueError for a language or theme that does not exist."""
    if locale not in {None, *LANGUAGES} or theme not in {None, "light", "dark", "auto"}:
        raise ValueError("no such language or theme")
    user.locale = locale or user.locale
    user.theme = theme or user.theme


def keep_language(*, user: User) -> None:
    """Letters come in the language the person was reading when they came, until they choose another. Demo accounts are shared and keep none."""
    if not user.is_demo:
        user.locale = user.locale or choose_locale()


def delete_account(*, user: User, by: User) -> None:
    """Erase who the person was. The row stays, without name and address, so that what the organisation wrote keeps an author."""
    announce(AccountDeleted(user_id=user.id, email=user.email))
    for row in (UserSession, OneTimeLink):
        db.session.execute(delete(row).where(row.user_id == user.id))
    db.session.execute(delete(Letter).where(Letter.recipient == user.email))
    user.email, user.name, user.password_hash = f"{user.id}@deleted.invalid", "", ""
    user.locale = user.theme = user.email_confirmed_at = None
    user.deleted_at = now()
    audit.record("account deleted", by=by, subject=user)
