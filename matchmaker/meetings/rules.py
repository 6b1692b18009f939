"""Who may do what at an event, what a meeting is worth, and which steps are open. Predicates on a person and one object, saved or not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from matchmaker.challenges.states import State
from matchmaker.core.clock import now
from matchmaker.matches.states import Band
from matchmaker.meetings.brief import AnyEvent, AnyParticipant
from matchmaker.meetings.models import Event, Meeting, Participant, Plan, Wish
from matchmaker.meetings.states import OUT, PLAN_STEPS, RUN_STEPS, Answer, Level, PlanState, RunState, Side
from matchmaker.organisations.rules import belongs_to, is_coordinator, may_speak_for, memberships

MOST_MUSTS = 3
"""How many musts one participant may name."""
SAID = {Level.MUST: 40, Level.LIKE: 25}
MUTUAL = 10
REMINDED_BEFORE = timedelta(days=3)
"""How long before the last day for wishes those without any are reminded."""
SURPRISING = frozenset({Band.POSSIBLE, Band.STRETCH})
"""What the suggestions must say of a pair that is to be an unexpected meeting; a strong match is no surprise."""
SUGGESTED = {Band.STRONG: 10, Band.POSSIBLE: 5, Band.STRETCH: 2}


# who


def belongs_somewhere(user) -> bool:
    """Everybody who is a member of something sees the list of events; each sees only those it takes part in."""
    return bool(memberships(user))


def takes_part(user, event: Event) -> bool:
    return any(belongs_to(user, each.organisation) for each in event.participants)


def may_see_event(user, event: Event) -> bool:
    """Coordinators, the members of those who take part, and while one can register, everybody who belongs somewhere."""
    return is_coordinator(user) or takes_part(user, event) or (belongs_somewhere(user) and takes_registrations(event))


def may_look_to_register(user, event: Event) -> bool:
    """Everybody who belongs somewhere; whether there is still time and room is told them in words."""
    return belongs_somewhere(user)


def arranges(user, event) -> bool:
    """Everything about the event itself, its participants and its plan: coordinators. `event` may be any object of an event."""
    return is_coordinator(user)


def speaks_for(user, participant: Participant) -> bool:
    """Gives its wishes and reads its programme: its members, and coordinators on its behalf."""
    return may_speak_for(user, participant.organisation)


def is_own(user, participant: Participant) -> bool:
    """The participant's own people, and no coordinator on their behalf."""
    return belongs_to(user, participant.organisation)


def on_behalf(user, participant: Participant) -> int | None:
    """The organisation's id when the person acts for it without belonging to it; for the audit."""
    return None if user is None or belongs_to(user, participant.organisation) else participant.organisation.id


# when


def day_there(event: AnyEvent) -> date:
    """Today where the event takes place."""
    return now().astimezone(event.zone).date()


def takes_wishes(event: Event) -> bool:
    """To the end of the last day for wishes, where the event takes place."""
    return day_there(event) <= event.wishes_due


def takes_registrations(event: Event) -> bool:
    """To the end of the last day to register oneself, where the event takes place."""
    return event.registration_due is not None and day_there(event) <= event.registration_due


def has_room(event: Event) -> bool:
    return event.capacity is None or placed(event) < event.capacity


def placed(event: Event) -> int:
    """How many have a place: who has declined takes none, nor who waits for one."""
    return sum(each.answer not in OUT for each in event.participants)


def queue(event: Event) -> list[Participant]:
    """Who waits for a place, the first first."""
    return sorted((each for each in event.participants if each.answer == Answer.WAITING), key=lambda each: (each.answered_at or now(), each.id or 0))


def may_change_wishes(user, event: Event) -> bool:
    """Whoever may speak for a participant, until the deadline; coordinators after it too, for those who ring. `user` is None with a private address."""
    return takes_wishes(event) or is_coordinator(user)


def may_describe(participant: Participant, members: Collection, *, was_listed: bool) -> bool:
    """Writes on its draft by the private address: it is a draft, nothing of it was ever public, and the organisation has no `members` with an account.

    `was_listed`: somebody has once consented to show the profile, see `profiles.queries.was_listed`; of a challenge `published_at` tells.
    """
    if members:
        return False
    if (challenge := participant.challenge) is not None:
        return challenge.state == State.DRAFT and challenge.published_at is None
    return participant.profile is not None and not (participant.profile.consent_at or participant.profile.hidden_at or was_listed)


def reminder_is_due(event: Event) -> bool:
    """Some days before the last day for wishes, and not sent yet."""
    return event.reminded_at is None and takes_wishes(event) and event.wishes_due - day_there(event) <= REMINDED_BEFORE


def is_over(event: Event) -> bool:
    """The last day has gone by where the event takes place."""
    return day_there(event) > event.last_day


def took_place(event: AnyEvent) -> bool:
    """A plan was published and its last slot has ended: from then on one can say what one thought of it."""
    return was_published(event) and bool(event.slots) and max(each.ends_at for each in event.slots) <= now()


def outcomes_are_due(event: Event) -> bool:
    """In the three days after the event, from eight in the morning there: how did the meetings go?"""
    here = now().astimezone(event.zone)
    return was_published(event) and here.hour >= 8 and timedelta(0) < here.date() - event.last_day <= timedelta(days=3)


# who can come


def away(participant: AnyParticipant) -> set[int]:
    """The numbers of the slots in which a participant can meet nobody: said so, none of its people can (substitutes count), is gone, or takes no place."""
    if participant.answer in OUT:
        return {each.id for each in participant.event.slots}
    found = {each.slot_id for each in participant.absences}
    if participant.gone_from is not None:
        found |= {each.id for each in participant.event.slots if each.ends_at > participant.gone_from}
    if people := participant.representatives:
        found |= set.intersection(*({each.slot_id for each in person.absences} for person in people))
    return found


def came(participant: AnyParticipant) -> bool:
    """As far as is known: takes a place, and is not marked as gone without having arrived."""
    return participant.answer not in OUT and (participant.gone_from is None or participant.arrived_at is not None)


def closed(event: AnyEvent) -> frozenset[tuple[int, int]]:
    """(slot, table) that can hold nothing, of what is to come: who sits at a table that is closed meanwhile, sits on until the slot ends."""
    shut, at = [each for each in event.tables if each.closed_from is not None], now()
    return frozenset((slot.id, table.id) for table in shut for slot in event.slots if table.closed_in(slot) and slot.starts_at > at)


def least_for(participant: AnyParticipant) -> int:
    """How many meetings a participant is to have at least; none for who is not there."""
    return 0 if participant.answer in OUT or participant.gone_from is not None else participant.least


def was_published(event: AnyEvent) -> bool:
    return any(plan.state != PlanState.DRAFT for plan in event.plans)


def may_delete(user, event: Event) -> bool:
    """While nobody has been told a programme."""
    return arranges(user, event) and not was_published(event)


def plan_may_become(plan: Plan, after: PlanState) -> bool:
    return after in PLAN_STEPS[PlanState(plan.state)]


def may_publish(user, plan: Plan) -> bool:
    """A draft that holds at least one meeting."""
    return arranges(user, plan) and plan_may_become(plan, PlanState.PUBLISHED) and bool(plan.meetings)


def run_may_become(before: RunState, after: RunState) -> bool:
    return after in RUN_STEPS[RunState(before)]


def in_draft(meeting: Meeting) -> bool:
    return PlanState(meeting.plan.state) == PlanState.DRAFT


# what a meeting is worth


@dataclass(frozen=True)
class Worth:
    """What a meeting of a pair is worth (1-100), whether it must take place, and whether only the suggestions want it."""

    value: int
    must: bool = False
    filled_in: bool = False


def worth_of(said: Mapping[Side, Level], band: Band | None, *, silent: bool) -> Worth | None:
    """What a meeting of two is worth; None where it must not or need not take place.

    `said`: what each side says, and the coordinator; `silent`: one of the two has not given any wish at all.
    Each side adds 40 for "must" and 25 for "would like"; 10 more where both wish it; the suggestion adds 10, 5 or 2 by its band.
    A coordinator's must counts 40 and stands in for what the sides have not said. A "no thanks" takes the pair out, except that what a
    coordinator wants stays a must: the planner then says that it cannot be had. Where neither has said anything of the other and one of
    them is silent, the suggestion alone fills in, at what its band adds.
    A meeting must take place when a coordinator says so, or when one side says "must" and the other wishes it too.
    """
    return _worth(said.get(Side.NEED), said.get(Side.OFFER), said.get(Side.COORDINATOR), band, silent)


@cache
def _worth(need: Level | None, offer: Level | None, coordinator: Level | None, band: Band | None, silent: bool) -> Worth | None:
    """The same, of the few things that can be said; a board of eight hundred people asks for thousands of pairs."""
    wanted = [level for level in (need, offer) if level in SAID]
    ordered = coordinator == Level.MUST
    if Level.NO in (need, offer, coordinator) and not ordered:
        return None
    band_adds = SUGGESTED.get(band, 0) if band else 0
    if not wanted and not ordered:
        return Worth(band_adds, filled_in=True) if silent and band_adds and need is None and offer is None else None
    value = sum(SAID[level] for level in wanted) + band_adds + (MUTUAL if len(wanted) == 2 else 0)
    if ordered:
        value = max(value, SAID[Level.MUST] + band_adds)
    must = ordered or (len(wanted) == 2 and Level.MUST in wanted)
    return Worth(min(100, value), must=must)


def is_wished(said: Mapping[Side, Level]) -> bool:
    """One of the two has asked for the other; what a coordinator wants is no wish."""
    return said.get(Side.NEED) in SAID or said.get(Side.OFFER) in SAID


def is_forbidden(said: Mapping[Side, Level]) -> bool:
    """One of the two has said "no thanks", or a coordinator keeps them apart."""
    return Level.NO in said.values()


def too_many_musts(levels: Iterable[Level]) -> bool:
    return sum(level == Level.MUST for level in levels) > MOST_MUSTS


def may_take_back(user, wish: Wish) -> bool:
    """What a coordinator has said of a pair; the sides' own wishes are changed on their page."""
    return arranges(user, wish) and wish.side == Side.COORDINATOR
