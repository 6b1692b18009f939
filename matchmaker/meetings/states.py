"""What a wish, an answer and a report can say, and the states of plans and of their computations with the only steps between them."""

from enum import StrEnum


class Side(StrEnum):
    """Who a participant is, or who said a wish: the department with a need, the company with an offer, or a coordinator."""

    NEED = "need"
    OFFER = "offer"
    COORDINATOR = "coordinator"


class Level(StrEnum):
    MUST = "must"
    LIKE = "like"
    NO = "no"


class Answer(StrEnum):
    """To an invitation."""

    NONE = "none"
    COMES = "comes"
    DECLINED = "declined"
    WAITING = "waiting"
    """For a place: the event was full."""


OUT = frozenset({Answer.DECLINED, Answer.WAITING})
"""Who has answered so takes no place, and is in no plan."""


class NextStep(StrEnum):
    """What two agreed on after a meeting, from least to most."""

    NOTHING = "nothing"
    CONTACT = "contact"
    INTRODUCTION = "introduction"
    PILOT = "pilot"


class PlanState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


class RunState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"


PLAN_STEPS: dict[PlanState, tuple[PlanState, ...]] = {
    PlanState.DRAFT: (PlanState.PUBLISHED,),
    PlanState.PUBLISHED: (PlanState.REPLACED,),
    PlanState.REPLACED: (),
}

RUN_STEPS: dict[RunState, tuple[RunState, ...]] = {
    RunState.WAITING: (RunState.RUNNING, RunState.REFUSED),
    RunState.RUNNING: (RunState.RUNNING, RunState.DONE, RunState.REFUSED),
    RunState.DONE: (),
    RunState.REFUSED: (),
}
"""A computation whose worker died is begun again: running → running."""
