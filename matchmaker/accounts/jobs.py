"""Forgetting: what is over is not kept longer than it is of use."""

from datetime import timedelta

from sqlalchemy import delete

from matchmaker.accounts.models import OneTimeLink, User, UserSession
from matchmaker.accounts.signing_in import LASTS
from matchmaker.core.clock import now
from matchmaker.core.database import db, transaction
from matchmaker.core.queue import every

NEVER_CONFIRMED = timedelta(days=30)


@every(minutes=60)
def forget_what_is_over() -> None:
    """Delete sessions too old to count, links a month after they ran out, and people who never confirmed their address within a month."""
    old = now() - NEVER_CONFIRMED
    over = (
        delete(UserSession).where(UserSession.last_seen_at < now() - LASTS),
        delete(OneTimeLink).where(OneTimeLink.expires_at < old),
        delete(User).where(User.email_confirmed_at.is_(None), User.deleted_at.is_(None), User.created_at < old),
    )
    with transaction():
        for statement in over:
            db.session.execute(statement.execution_options(synchronize_session=False))
