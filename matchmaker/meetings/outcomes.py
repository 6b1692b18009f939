"""What came of an event, counted from what is stored: the published plan, what each side said of its meetings, and what came after."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from matchmaker.matches.models import Introduction
from matchmaker.matches.rules import CONVERSING
from matchmaker.meetings import bridge, outcome_queries, queries, rules
from matchmaker.meetings.missed import Missing, dropped
from matchmaker.meetings.models import Event, Feedback, Meeting, MeetingReport, Participant
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.rules import SAID
from matchmaker.meetings.states import OUT, Answer, NextStep, Side

Said = Mapping[Side, MeetingReport]


class Held(StrEnum):
    """Whether a meeting took place, by those who said something of it."""

    YES = "yes"
    NO = "no"
    DISAGREED = "disagreed"
    UNSAID = "unsaid"


class Wanted(StrEnum):
    """Why a meeting is worth holding; the first that fits."""

    MUST = "must"
    MUTUAL = "mutual"
    ONE_SIDED = "one_sided"
    FILLED_IN = "filled_in"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Outcome:
    """What is known of one meeting. `step`: what comes next; None where nobody said, or where the two say different things (`steps_differ`)."""

    meeting: Meeting
    held: Held
    step: NextStep | None = None
    steps_differ: bool = False
    wanted: Wanted = Wanted.BY_HAND
    missed: bool = False
    """Nobody has said anything of it, and one of the two was not there."""
    answers: Mapping[Side, NextStep] = field(default_factory=dict)
    """What each of the two says comes next."""
    introduction: Introduction | None = None
    """The newest between the two, whenever it was made."""
    introduced_after: bool = False
    """Since they met, and the introduction waits for an answer or has got a yes."""

    @property
    def leads_to(self) -> NextStep | None:
        """What comes next of a meeting that was held, as far as is known; a plan for one that was not is no result of it."""
        return self.step if self.held != Held.NO else None

    @property
    def leads(self) -> bool:
        """To something more: those who said what comes next all name something, unless it was not held, or one has been introduced to the other since."""
        return self.introduced_after or (self.held != Held.NO and bool(self._named) and NextStep.NOTHING not in self._named)

    @property
    def asks_for_introduction(self) -> bool:
        """They are not introduced, and all who said what comes next name what takes an introduction."""
        return self.introduction is None and bool(self._named) and self._named <= {NextStep.PILOT, NextStep.INTRODUCTION}

    @property
    def _named(self) -> set[NextStep]:
        return set(self.answers.values()) if self.steps_differ else {self.step} if self.step is not None else set()


@dataclass(frozen=True)
class Granted:
    """Of so many possible meetings, so many are in the plan."""

    placed: int
    all: int


@dataclass(frozen=True)
class Came:
    arrived: int
    stayed_away: int
    declined: int
    unknown: int

    @property
    def any_known(self) -> bool:
        return bool(self.arrived or self.stayed_away or self.declined)


@dataclass(frozen=True)
class Thought:
    """Feedback of so many of `came`: who came as far as is known, and who gave any. `average` is None while nobody has; `words` only where there are some."""

    given: int
    came: int
    of: int
    average: float | None
    scores: Mapping[int, int]
    again: int
    not_again: int
    words: tuple[tuple[Participant, Feedback], ...]


def held_of(said: Said) -> Held:
    """The coordinator's word first; else what the sides say, where they do not contradict each other."""
    desk = said.get(Side.COORDINATOR)
    if desk is not None and desk.held is not None:
        return Held.YES if desk.held else Held.NO
    told = {report.held for side, report in said.items() if side != Side.COORDINATOR and report.held is not None}
    return Held.DISAGREED if len(told) > 1 else {True: Held.YES, False: Held.NO}[told.pop()] if told else Held.UNSAID


def step_of(said: Said) -> tuple[NextStep | None, bool]:
    """What comes next, and whether the two sides say different things of it. The coordinator's word first."""
    desk = said.get(Side.COORDINATOR)
    if desk is not None and desk.next_step is not None:
        return NextStep(desk.next_step), False
    told = set(answers_of(said).values())
    return (told.pop(), False) if len(told) == 1 else (None, bool(told))


def answers_of(said: Said) -> dict[Side, NextStep]:
    """What the two themselves say comes next."""
    return {side: NextStep(each.next_step) for side, each in said.items() if side != Side.COORDINATOR and each.next_step is not None}


@dataclass(frozen=True)
class Results:
    """All that the page shows. `spread`: for each side, how many participants have each number of meetings."""

    outcomes: tuple[Outcome, ...]
    granted: Mapping[Wanted, Granted]
    spread: Mapping[Side, Mapping[int, int]]
    came: Came
    thought: Thought
    introductions: int
    """Between the two of a meeting, made since it began."""

    @property
    def planned(self) -> int:
        return len(self.outcomes)

    @property
    def held(self) -> Counter[Held]:
        return Counter(each.held for each in self.outcomes)

    @property
    def missed(self) -> int:
        """Of those that were not held, the ones that nobody needed to say it of."""
        return sum(each.missed for each in self.outcomes)

    @property
    def steps(self) -> Counter[NextStep]:
        return Counter(each.leads_to for each in self.outcomes if each.leads_to is not None)

    @property
    def steps_differ(self) -> int:
        return sum(each.steps_differ for each in self.outcomes)

    @property
    def leading(self) -> int:
        return sum(each.leads for each in self.outcomes)

    @property
    def wished(self) -> Granted:
        """Of all that a side or a coordinator asked for."""
        asked = [each for wanted, each in self.granted.items() if wanted not in (Wanted.FILLED_IN, Wanted.BY_HAND)]
        return Granted(sum(each.placed for each in asked), sum(each.all for each in asked))

    @property
    def per_participant(self) -> float:
        """Meetings of the plan, on average; 0 where nobody takes part."""
        counts = [(number, people) for side in self.spread.values() for number, people in side.items()]
        everybody = sum(people for _number, people in counts)
        return sum(number * people for number, people in counts) / everybody if everybody else 0


def results(event: Event) -> Results:
    """Of the published version, and of what was dropped from it once it had begun; ten queries beside the event's own, however large it is."""
    plan = queries.published_plan(event)
    meetings, reports = queries.meetings_of(plan), outcome_queries.reports(event)
    material = queries.material(event)
    worth, pairs = bridge.worths(material), {Pair(each.need_id, each.offer_id) for each in meetings}
    kinds = {pair: _wanted(material.said.get(pair, {}), each.must, each.filled_in) for pair, each in worth.items()}
    found, missing, order = [], Missing(event), {each.id: each.starts_at for each in event.slots}
    every_one = sorted([*meetings, *dropped(event, missing)], key=lambda each: order[each.slot_id])
    introduced = outcome_queries.introduced(event, every_one)
    between = {Pair(each.need_id, each.offer_id): each for each in reversed(introduced)}
    for meeting in every_one:
        pair = Pair(meeting.need_id, meeting.offer_id)
        said = reports.get(pair, {})
        (step, differ), held = step_of(said), held_of(said)
        missed = held == Held.UNSAID and bool(missing.at(meeting))
        outcome = Outcome(meeting, Held.NO if missed else held, step, differ, kinds.get(pair, Wanted.BY_HAND), missed, answers_of(said))
        if (newest := between.get(pair)) is not None:
            outcome = replace(outcome, introduction=newest.introduction, introduced_after=newest.after and newest.introduction.state in CONVERSING)
        found.append(outcome)
    every = Counter(kinds.values()) + Counter(Wanted.BY_HAND for each in found if each.wanted == Wanted.BY_HAND)
    placed = Counter(kinds.get(pair, Wanted.BY_HAND) for pair in pairs)
    return Results(
        outcomes=tuple(found),
        granted={wanted: Granted(placed[wanted], every[wanted]) for wanted in Wanted if every[wanted]},
        spread={side: _spread(event, side, meetings) for side in (Side.NEED, Side.OFFER)},
        came=_came(event.participants),
        thought=_thought(event, outcome_queries.feedback(event)),
        introductions=sum(each.after for each in introduced),
    )


def _wanted(said: Mapping, must: bool, filled_in: bool) -> Wanted:
    wishes = [said.get(side) in SAID for side in (Side.NEED, Side.OFFER)]
    return Wanted.MUST if must else Wanted.FILLED_IN if filled_in else Wanted.MUTUAL if all(wishes) else Wanted.ONE_SIDED


def _spread(event: Event, side: Side, meetings: Iterable[Meeting]) -> dict[int, int]:
    """From none to the most that anybody has, with nothing left out between; who takes no place has none here either."""
    counts = Counter(id_ for meeting in meetings for id_ in (meeting.need_id, meeting.offer_id))
    have = Counter(counts[each.id] for each in event.participants if each.side == side and (each.answer not in OUT or counts[each.id]))
    return {number: have[number] for number in range(max(have, default=0) + 1)} if have else {}


def _came(participants: Iterable[Participant]) -> Came:
    """`gone_from` without an arrival: did not come. Who came and left has come."""
    found = Counter(
        "arrived" if each.arrived_at else "declined" if each.answer == Answer.DECLINED else "stayed_away" if each.gone_from else "unknown"
        for each in participants
        if each.answer != Answer.WAITING or each.arrived_at
    )
    return Came(**{name: found[name] for name in ("arrived", "stayed_away", "declined", "unknown")})


def _thought(event: Event, given: Mapping[int, Feedback]) -> Thought:
    scores = Counter(each.score for each in given.values())
    words = tuple((each, given[each.id]) for each in event.participants if each.id in given and given[each.id].words)
    return Thought(
        given=len(given),
        came=sum(rules.came(each) or each.id in given for each in event.participants),
        of=len(event.participants),
        average=sum(score * count for score, count in scores.items()) / len(given) if given else None,
        scores={score: scores[score] for score in range(1, 6)},
        again=sum(each.again is True for each in given.values()),
        not_again=sum(each.again is False for each in given.values()),
        words=words,
    )
