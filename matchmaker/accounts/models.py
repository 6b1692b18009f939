"""A person, the sessions they have open and the one-time links they were sent."""

from datetime import datetime

from flask_babel import gettext as _
from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.clock import now
from matchmaker.core.database import Base, Created, Identified, Moment


class User(UserMixin, Identified, Created, Base):
    """A person. `locale` and `theme` are None until chosen. A deleted person keeps the row, without name and address, so that history stands.

    `times_ended`: how often every session was ended at once; browsers known before that are strangers.
    """

    __tablename__ = "users"
    email: Mapped[str] = mapped_column(String(254), unique=True)
    stored_name: Mapped[str] = mapped_column("name", String(120))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    locale: Mapped[str | None] = mapped_column(String(5))
    theme: Mapped[str | None] = mapped_column(String(10))
    email_confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)
    is_demo: Mapped[bool] = mapped_column(default=False)
    times_ended: Mapped[int] = mapped_column(default=0, server_default="0")
    sessions: Mapped[list["UserSession"]] = relationship(back_populates="user", cascade="all, delete-orphan", order_by="UserSession.id")

    @hybrid_property
    def name(self) -> str:
        """What others see: the person's name, or that they have left."""
        return _("Tidligere bruker") if self.deleted_at else self.stored_name

    @name.inplace.setter
    def _set_name(self, value: str) -> None:
        self.stored_name = value

    @name.inplace.expression
    @classmethod
    def _name_in_sql(cls):
        return cls.stored_name

    @property
    def is_active(self) -> bool:
        return self.deleted_at is None


class UserSession(Identified, Created, Base):
    """One signed-in browser. Ending the row signs that browser out."""

    __tablename__ = "user_sessions"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    last_seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
    browser: Mapped[str] = mapped_column(String(200), default="")
    user: Mapped[User] = relationship(back_populates="sessions")


class OneTimeLink(Identified, Created, Base):
    """A link sent by e-mail that works once and for a while. Only the token's hash is kept. `value` is the new address when the link changes one."""

    __tablename__ = "one_time_links"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    value: Mapped[str] = mapped_column(String(254), default="")
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    user: Mapped[User] = relationship()
