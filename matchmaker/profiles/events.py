"""What the rooms above may hear from this one. The names are schema."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ProfileListed:
    """Became visible, or a visible one changed its text or facts."""

    profile_id: int


@dataclass(frozen=True)
class ProfilesListed:
    """Many at once, from an import."""

    profile_ids: tuple[int, ...]


@dataclass(frozen=True)
class ProfileHidden:
    """No longer listed: consent withdrawn, unpublished or removed with its import."""

    profile_id: int


@dataclass(frozen=True)
class ProfilesHidden:
    """Many at once: an import was taken back. The profiles are gone when the news is heard."""

    profile_ids: tuple[int, ...]
