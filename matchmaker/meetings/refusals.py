"""Why the verbs of this room say no."""

from matchmaker.meetings.bridge import Objection


class Overlaps(Exception):
    """A slot would overlap another one."""


class TooManySlots(Exception):
    """More slots than an event can hold."""


class OutsideDays(Exception):
    """Slots would stand on days that are not the event's."""


class InUse(Exception):
    """Meetings stand there, in a plan that is kept. `what`: the name of what cannot go."""

    def __init__(self, what: str = "") -> None:
        super().__init__(what)
        self.what = what


class Published(Exception):
    """The event has a published plan."""


class RegistrationClosed(Exception):
    """The last day to register oneself has gone by, or there is none."""


class WishesClosed(Exception):
    """The last day for wishes has gone by."""


class NotTheirs(Exception):
    """The text is or was public, or there are people with accounts to write on it: the private address does not."""


class TooManyMusts(Exception):
    """More musts than one participant may name."""


class AnswerChanged(Exception):
    """Somebody else has answered an invitation otherwise since the page was opened."""


class PeopleChanged(Exception):
    """Somebody else has changed who comes for a participant since the page was opened."""


class LimitsChanged(Exception):
    """Somebody else has changed how many meetings a participant is to have, or when it cannot come, since the page was opened."""


class Busy(Exception):
    """A plan is being computed for the event just now."""


class PlanChanged(Exception):
    """Somebody else has changed the plan since the page was opened."""


class Breaks(Exception):
    """The plan would break these rules."""

    def __init__(self, objections: list[Objection]) -> None:
        super().__init__(objections)
        self.objections = objections


class Begun(Exception):
    """A meeting would come into a slot that has begun, and nobody says that it is held there. `slot`: its number."""

    def __init__(self, slot: int) -> None:
        super().__init__(slot)
        self.slot = slot


class NotYet(Exception):
    """A time that has not come is told as one that was."""


class TooLate(Exception):
    """There is nothing left to come to."""


class NotReady(Exception):
    """There is nothing to plan with: no slots, no tables, or nobody on one side. `missing` names it."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


class NotOver(Exception):
    """The event has not ended yet."""
