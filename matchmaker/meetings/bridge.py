"""The area's only door to the planner: rows become a problem, a plan becomes rows again, and every plan is checked on the way.

Participants, slots and tables keep their numbers as ids. `findings` of a plan, as kept with it:
`{"price": {goal: value lost to it, or None}, "unexpected": [[need, offer]],
"status", "value", "bound", "seconds", "stopped", "unplaced": [{"need", "offer", "must", "cause", "who", "figures", "persons"}],
"short": [{"who", "lack", "cause", "figures", "persons", "declined": [who]}],
"relaxations": [{"changes": [{"kind", "who", "slot"}], "musts", "shortfall"}]}`.
A change of the kind "without" has "person" and "pair" in the place of "who" and "slot". `persons` are names: see `sharing`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from matchmaker.meetings import rules
from matchmaker.meetings.acquainted import acquainted
from matchmaker.meetings.declined import declined, others, refused, unplaced
from matchmaker.meetings.models import Meeting
from matchmaker.meetings.overview import Seat
from matchmaker.meetings.queries import Material, Pair
from matchmaker.meetings.rest import divided, rest_of
from matchmaker.meetings.rules import Worth
from matchmaker.meetings.running import running
from matchmaker.meetings.states import Side
from matchmaker.meetings.wanting import Wanted, wanted
from matchmaker.planner import check
from matchmaker.planner import problem as planner
from matchmaker.planner.report import PersonChange, changes
from matchmaker.planner.solve import Progress

MOST_UNPLACED = 80
OF_FIGURES = frozenset({"count_musts", "count_shortfall", "count_value", "bound", "status"})
"""Rules about what a plan says of itself; meetings put together by hand say nothing."""
BY_HAND = 1
"""What a meeting is worth that nobody wished and a coordinator has put in."""


class Place(NamedTuple):
    """Who meets, when and where, by the numbers of the rows, and whether it stays."""

    need: int
    offer: int
    slot: int
    table: int
    locked: bool = False

    @property
    def pair(self) -> Pair:
        return Pair(self.need, self.offer)


@dataclass(frozen=True)
class Objection:
    """A rule that meetings break (of `check.RULES`), the participants, or the table, it is about, and when, where that is known.

    `person`: the name of who is wanted in two meetings at once, where it is about one of those (see `sharing`).
    """

    rule: str
    about: tuple[int, ...]
    slot: int | None = None
    person: str = ""


@dataclass(frozen=True)
class Figures:
    """What a plan has of what was wanted. `short`: how many meetings each participant lacks to its minimum."""

    musts: int
    all_musts: int
    wishes: int
    all_wishes: int
    filled_in: int
    short: dict[int, int]


@dataclass(frozen=True)
class Made:
    """A computed plan: its meetings and findings, and the broken rules for which it must not be used."""

    places: tuple[Place, ...]
    findings: dict[str, Any]
    faults: tuple[Objection, ...] = ()


def places(meetings: Iterable[Meeting | Seat]) -> list[Place]:
    return [Place(each.need_id, each.offer_id, each.slot_id, each.table_id, each.locked) for each in meetings]


def worths(material: Material) -> dict[Pair, Worth]:
    """What each pair is worth that may meet and is wanted by somebody, or by the suggestions."""
    spoken, found = _spoken(material), {}
    for pair in {*material.said, *material.bands}:
        silent = pair.need not in spoken or pair.offer not in spoken
        worth = rules.worth_of(material.said.get(pair, {}), material.bands.get(pair), silent=silent)
        if worth is not None:
            found[pair] = worth
    return dict(sorted(found.items()))


def _spoken(material: Material) -> set[int]:
    """Who has given any wish at all."""
    return {id_ for pair, said in material.said.items() for side, id_ in ((Side.NEED, pair.need), (Side.OFFER, pair.offer)) if side in said}


def worth_of(material: Material, pair: Pair) -> Worth | None:
    """What one pair is worth, by the same rules."""
    spoken = _spoken(material)
    silent = pair.need not in spoken or pair.offer not in spoken
    return rules.worth_of(material.said.get(pair, {}), material.bands_of([pair]).get(pair), silent=silent)


def kinds(material: Material, pairs: Iterable[Pair]) -> dict[Pair, Worth | None]:
    """Which of some pairs must meet and which the suggestions fill in. The worth is of what was said alone: other suggestions are not read."""
    found = {pair: rules.worth_of(said, None, silent=False) for pair in pairs if (said := material.said.get(pair))}
    unsaid = [pair for pair in pairs if pair not in found]
    if not unsaid:
        return found
    spoken, bands = _spoken(material), material.bands_of(unsaid)
    return found | {pair: rules.worth_of({}, bands.get(pair), silent=pair.need not in spoken or pair.offer not in spoken) for pair in unsaid}


def unexpected(material: Material) -> dict[Pair, int]:
    """What the pairs are worth that could be a surprise: the suggestions think them possible or a stretch, nobody has said anything of them, and the
    organisations have neither been introduced nor met at another event. None where the event keeps no room for such meetings.
    """
    if not material.event.unexpected_most:
        return {}
    known = acquainted(material.event) | set(material.said)
    return {pair: rules.SUGGESTED[band] for pair, band in material.bands.items() if band in rules.SURPRISING and pair not in known}


def problem_of(material: Material, standing: Sequence[Place] = ()) -> planner.Problem:
    """The problem that the rows pose. Meetings that already stand may stay although nobody wished them; those that are locked must."""
    event, zone = material.event, material.event.zone
    gone, odd = declined(event), unexpected(material)
    worth = {pair: Worth(value) for pair, value in odd.items()} | worths(material)
    worth = {pair: each for pair, each in worth.items() if not gone & {*pair}}
    for place in standing:
        worth.setdefault(place.pair, Worth(BY_HAND))
    forbidden = [pair for pair, said in material.said.items() if rules.is_forbidden(said)]
    return planner.Problem(
        slots=tuple(planner.Slot(str(each.id), *(moment.astimezone(zone).isoformat() for moment in (each.starts_at, each.ends_at))) for each in event.slots),
        tables=tuple(str(each.id) for each in event.tables),
        participants=tuple(
            planner.Participant(str(each.id), str(each.side), frozenset(map(str, rules.away(each))), rules.least_for(each), each.most)  # type: ignore[arg-type]
            for each in event.participants
        ),
        wishes=tuple(planner.Wish(str(pair.need), str(pair.offer), each.value, each.must, pair in odd) for pair, each in sorted(worth.items())),
        forbidden=frozenset(planner.Pair(str(pair.need), str(pair.offer)) for pair in forbidden),
        fixed=tuple(_out(place) for place in standing if place.locked),
        title=event.title,
        timezone=event.timezone,
        staying=str(event.staying),  # type: ignore[arg-type]
        closed=frozenset(planner.Seat(str(slot), str(table)) for slot, table in rules.closed(event)),
        unexpected=event.unexpected_most,
        once=material.sharing.once(worth),
    )


def make(
    material: Material,
    standing: Sequence[Place] = (),
    *,
    anew: bool = False,
    seconds: float = 30.0,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Made:
    """The best plan found in the time. Locked meetings stay; of the others as few as possible change, unless it is made `anew`.

    Once the event has begun only the rest of it is planned: what has begun stays as it was (see `rest`), and the findings are of what is to come.
    """
    from matchmaker.planner.reasons import missing, why_not, why_short
    from matchmaker.planner.relaxing import relaxations
    from matchmaker.planner.solve import priced, solve

    halted, begun = stop or (lambda: False), running(material.event).begun
    held, standing = divided(material.event, standing, begun)
    locked = [place for place in standing if place.locked]
    problem = rest_of(problem_of(material, locked), held, begun)
    if not problem.slots:
        return Made(tuple(held), {})
    hopeless = check.fixed_faults(problem)
    if hopeless:
        return Made((), {}, tuple(_objection(fault) for fault in hopeless))
    keep = [] if anew else [_out(place) for place in standing]
    plan = solve(problem, seconds=seconds, keep=keep, progress=progress, stop=halted)
    faults = check.faults(problem, plan.as_json())
    placed = {meeting.pair for meeting in plan.meetings}
    waiting = sorted((wish for wish in problem.wishes if wish.pair not in placed), key=lambda wish: (not wish.must, -wish.value, wish.pair))
    worth = worths(material)
    filled_in = {pair for pair, each in worth.items() if each.filled_in}
    waiting = [wish for wish in waiting if Pair(int(wish.need), int(wish.offer)) not in filled_in]
    lost = refused(material.event, worth)
    if not begun:
        plan = priced(problem, plan, keep=keep, seconds=seconds / 3)
    odd = {wish.pair for wish in problem.wishes if wish.unexpected}
    findings = {
        "price": plan.price,
        "unexpected": [[int(each.need), int(each.offer)] for each in plan.meetings if each.pair in odd],
        "status": plan.status,
        "value": plan.value,
        "bound": vars(plan.bound).copy(),
        "seconds": round(plan.seconds, 1),
        "stopped": halted(),
        "unplaced": unplaced(material.event, lost)[:MOST_UNPLACED] + [
            {"need": int(wish.need), "offer": int(wish.offer), "must": wish.must, **_reason(why_not(problem, plan.meetings, wish.pair))}
            for wish in waiting[:MOST_UNPLACED]
        ],
        "short": [
            {"lack": lack, **_reason(why_short(problem, id_)), "who": int(id_), "declined": others(int(id_), lost)}
            for id_, lack in missing(problem, plan.meetings).items()
        ],
        "relaxations": [
            {
                "changes": [_change(change) for change in each.changes],
                "musts": each.musts,
                "shortfall": each.shortfall,
            }
            for each in relaxations(problem, plan, seconds=seconds / 3, stop=halted)
        ],
    }
    kept = {(place.need, place.offer, place.slot, place.table) for place in locked}
    found = tuple(_in(meeting, locked=tuple(int(each) for each in meeting) in kept) for meeting in plan.meetings)
    return Made((*held, *found), findings, tuple(_objection(fault) for fault in faults))


def _reason(reason) -> dict[str, Any]:
    return {"cause": reason.cause, "who": [int(each) for each in reason.who], "figures": list(reason.figures), "persons": list(reason.persons)}


def _change(change) -> dict[str, Any]:
    if change.pair:
        return {"kind": change.kind, "person": change.who, "pair": [int(each) for each in change.pair]}
    return {"kind": change.kind, "who": int(change.who) if change.who else None, "slot": int(change.slot) if change.slot else None}


def objections(material: Material, meetings: Sequence[Place]) -> list[Objection]:
    """Every rule that these meetings break, as the check finds them that knows no solver. `board.Board` is quicker, and says when.

    What has begun was held as it was: who is named for two participants, or says no thanks, after that speaks of what is to come.
    """
    problem, begun = problem_of(material, meetings), running(material.event).begun
    past = {planner.Pair(str(place.need), str(place.offer)) for place in meetings if place.slot in begun}
    if past:
        problem = replace(problem, once=tuple(replace(each, pairs=each.pairs - past) for each in problem.once), forbidden=problem.forbidden - past)
    held = [_out(place) for place in meetings]
    musts, shortfall, value = planner.worth(problem, held)
    bound = {"musts": musts, "shortfall": shortfall, "value": value}
    plain = {"version": 1, "meetings": [each._asdict() for each in held], **bound, "bound": bound, "status": "feasible", "seconds": 0}
    plain |= {"unplaced": [], "relaxations": []}
    return [_objection(fault) for fault in check.faults(problem, plain) if fault.rule not in OF_FIGURES]


def _objection(fault: check.Fault) -> Objection:
    if fault.rule == "once":
        return Objection(fault.rule, (), person=fault.where)
    return Objection(fault.rule, tuple(int(part) for part in fault.where.split(" – ") if part.isdigit()))


def figures(material: Material, meetings: Sequence[Place], asked: Wanted | None = None) -> Figures:
    """Counted from the rows as they are now. `asked`: what `wanted` says of the same material, where several plans are counted."""
    asked, held = asked or wanted(material), {place.pair for place in meetings}
    counts = Counter(id_ for place in meetings for id_ in place.pair)
    leasts = {each.id: rules.least_for(each) for each in material.event.participants}
    unsaid = [pair for pair in held if pair not in material.said]
    return Figures(
        musts=len(held & asked.musts),
        all_musts=len(asked.musts),
        wishes=len(held & asked.wishes),
        all_wishes=len(asked.wishes),
        filled_in=sum(1 for each in kinds(material, unsaid).values() if each and each.filled_in),
        short={id_: least - counts[id_] for id_, least in leasts.items() if counts[id_] < least},
    )


def from_best(findings: dict[str, Any]) -> float:
    """How much more value there could be at most, in per cent of what is proven to be possible."""
    best, value = findings["bound"]["value"], findings["value"]
    return 100 * (best - value) / best if best > value else 0.0


def new_for_whom(old: Iterable[Place], new: Iterable[Place]) -> list[PersonChange]:
    """What another plan changes for each participant; ids are the rows' numbers as text."""
    return changes([_out(place) for place in old], [_out(place) for place in new])


def _out(place: Place) -> planner.Meeting:
    return planner.Meeting(*(str(number) for number in place[:4]))


def _in(meeting: planner.Meeting, *, locked: bool = False) -> Place:
    need, offer, slot, table = (int(text) for text in meeting)
    return Place(need, offer, slot, table, locked)
