"""What the rooms above may hear from this one. The names are schema."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChallengePublished:
    challenge_id: int


@dataclass(frozen=True)
class ChallengesPublished:
    """Many at once, from an import."""

    challenge_ids: tuple[int, ...]


@dataclass(frozen=True)
class ChallengeEdited:
    """The text or facts of a published challenge changed."""

    challenge_id: int


@dataclass(frozen=True)
class ChallengeEnded:
    """Withdrawn, cancelled, archived, decided or removed with its import: no longer open."""

    challenge_id: int
