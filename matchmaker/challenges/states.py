"""The states of a challenge and the only steps between them. Buttons and services read the same table."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    UNDER_EVALUATION = "under_evaluation"
    CHOSEN = "chosen"
    NONE_CHOSEN = "none_chosen"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


OPEN = frozenset({State.PUBLISHED})
PUBLIC = frozenset(State) - {State.DRAFT}
NEEDS_REASON = frozenset({State.WITHDRAWN, State.CANCELLED, State.NONE_CHOSEN})

STEPS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.PUBLISHED, State.ARCHIVED),
    State.PUBLISHED: (State.UNDER_EVALUATION, State.WITHDRAWN, State.CANCELLED),
    State.UNDER_EVALUATION: (State.CHOSEN, State.NONE_CHOSEN, State.CANCELLED),
    State.CHOSEN: (State.ARCHIVED,),
    State.NONE_CHOSEN: (State.ARCHIVED,),
    State.WITHDRAWN: (State.DRAFT, State.ARCHIVED),
    State.CANCELLED: (State.ARCHIVED,),
    State.ARCHIVED: (State.DRAFT,),
}
"""A draft that was thrown away may be fetched back (archived → draft); what has been public stays archived: `rules.steps_from`."""
