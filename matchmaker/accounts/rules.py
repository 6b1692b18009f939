"""What a person may do with their own account; usable on unsaved objects."""


def may_change_identity(user) -> bool:
    """Demo accounts are shared: nobody changes their address or password, or deletes them."""
    return bool(getattr(user, "is_authenticated", False)) and not user.is_demo


def may_sign_in(user) -> bool:
    """Only people who are still here and have shown that the address is theirs."""
    return user is not None and user.deleted_at is None and user.email_confirmed_at is not None


def may_be_tried(user) -> bool:
    """Open to one-press sign-in from the list of demo accounts."""
    return user is not None and user.is_demo and may_sign_in(user)
