"""Publishing a plan: from then on everybody who takes part has a programme, and is written to when it is new."""

from dataclasses import dataclass, field

from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db, take_turns
from matchmaker.meetings import bridge, companion_letters, letters, queries, recipients, rules
from matchmaker.meetings.models import Event, Plan
from matchmaker.meetings.recipients import Audience
from matchmaker.meetings.refusals import Breaks, PlanChanged
from matchmaker.meetings.services.planning import refuse_while_computing
from matchmaker.meetings.states import PlanState


@dataclass(frozen=True)
class Published:
    """The plan as it stands published, and who was written to when it was."""

    plan: Plan
    told: Audience = field(default_factory=Audience)


def publish_plan(*, event: Event, mark: str, by) -> Published:
    """The draft becomes version n and the one before is replaced. Who reads for a participant gets a letter with its programme: the first time all, later
    those for whom something is new; coordinators who sit in get one of their own. Pressing twice publishes once.

    Raises Breaks when the plan breaks a rule as things are now, PlanChanged, Busy.
    """
    take_turns(f"plan of {event.id}")
    refuse_while_computing(event)
    plan = queries.plan_of(event.id)
    if plan is not None and plan.state == PlanState.PUBLISHED:
        return Published(plan)
    if plan is None or plan.mark != mark or not rules.may_publish(by, plan):
        raise PlanChanged
    material, places = queries.material(event), bridge.places(queries.meetings_of(plan))
    if found := bridge.objections(material, places):
        raise Breaks(found)
    earlier = queries.published_of(event.id)
    told = bridge.new_for_whom(bridge.places(queries.meetings_of(earlier)), places)
    if earlier is not None:
        earlier.state = PlanState.REPLACED
        db.session.flush()
    plan.state, plan.published_at, plan.published_by_id, plan.before = PlanState.PUBLISHED, now(), by.id, None
    db.session.flush()
    audit.record("event plan published", by=by, subject=event, number=plan.number)
    new_for = {int(each.id) for each in told}
    concerned = recipients.expecting(event.participants) if earlier is None else [each for each in event.participants if each.id in new_for]
    letters.write_programmes(plan, concerned, None if earlier is None else {int(each.id): each for each in told})
    told_to = companion_letters.audience(event, concerned, queries.meetings_of(plan), material.sharing.sit_in)
    companion_letters.write_to_companions(event)
    return Published(plan, told_to)
