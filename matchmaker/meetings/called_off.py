"""What a participant was told before, and does not meet in the plan that is published now."""

from matchmaker.meetings import bridge, queries
from matchmaker.meetings.models import Participant, Plan
from matchmaker.meetings.states import PlanState
from matchmaker.meetings.told import told
from matchmaker.meetings.wording import Names


def called_off(names: Names, who: Participant, published: Plan | None) -> list[str]:
    """A line for each meeting of the version before that is gone, as the letters say it; one query where there is such a version."""
    before = max((each for each in who.event.plans if each.state == PlanState.REPLACED), key=lambda each: each.number, default=None)
    if published is None or before is None:
        return []
    old, new = (bridge.places(queries.meetings_of(each)) for each in (before, published))
    return next((told(names, each).gone for each in bridge.new_for_whom(old, new) if each.id == str(who.id)), [])
