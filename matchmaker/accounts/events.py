"""What this room announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountDeleted:
    """The person's own data is about to be erased in this transaction. A receiver that raises `Refused` stops it."""

    user_id: int
    email: str


@dataclass(frozen=True)
class AddressConfirmed:
    """The person has shown for the first time that the address is theirs."""

    user_id: int
