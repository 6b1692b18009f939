"""News from accounts."""

from sqlalchemy import delete, select

from matchmaker.accounts.events import AccountDeleted, AddressConfirmed
from matchmaker.accounts.models import User
from matchmaker.core.database import db
from matchmaker.core.events import receives
from matchmaker.organisations import services
from matchmaker.organisations.models import Invitation, Registration


@receives(AddressConfirmed)
def show_coordinators(event: AddressConfirmed) -> None:
    """A request counts from when the address is known to be the person's own."""
    waiting = select(Registration).where(Registration.user_id == event.user_id, Registration.state == "waiting")
    for registration in db.session.scalars(waiting):
        services.tell_coordinators(registration=registration)


@receives(AccountDeleted)
def let_go(event: AccountDeleted) -> None:
    """Memberships end, requests and invitations are erased. The last administrator is refused."""
    services.leave_everything(user=db.session.get_one(User, event.user_id))
    db.session.execute(delete(Registration).where(Registration.user_id == event.user_id))
    db.session.execute(delete(Invitation).where(Invitation.email == event.email))
