"""What the planner says, in the reader's language, with the names of participants and the times of slots in the place of numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core.i18n import hour, short_day, weekday
from matchmaker.meetings import rules
from matchmaker.meetings.bridge import Objection
from matchmaker.meetings.brief import AnyEvent, AnyParticipant
from matchmaker.meetings.models import CompanionTold, Meeting, Participant, Plan, Slot
from matchmaker.meetings.overview import Seat
from matchmaker.meetings.shortage import few_partners, few_slots, full, have_declined, listed
from matchmaker.meetings.states import OUT, Answer, NextStep, PlanState


class Names:
    """The names of everything in one event. What is gone meanwhile is called so."""

    def __init__(self, event: AnyEvent) -> None:
        self.event = event
        self.participants = {each.id: each for each in event.participants}
        self.slots = {each.id: each for each in event.slots}
        self.tables = {each.id: each for each in event.tables}
        self.several_days = event.first_day != event.last_day
        self._names = Counter(each.name for each in event.participants)

    def who(self, id_: int) -> str:
        found = self.participants.get(id_)
        return self.told_apart(found) if found else _("en som ikke er med lenger")

    def pair(self, meeting: Meeting | Seat | CompanionTold) -> str:
        return f"{self.who(meeting.need_id)} – {self.who(meeting.offer_id)}"

    def told_apart(self, participant: AnyParticipant) -> str:
        """The name, with the challenge where a department takes part with several."""
        title = participant.challenge.title if participant.challenge and self._names[participant.name] > 1 else ""
        return f"{participant.name} – {title}" if title else participant.name

    def time(self, slot: Slot) -> str:
        """09.25–09.45, with the day before where there are several."""
        zone = self.event.zone
        times = f"{hour(slot.starts_at, zone)}–{hour(slot.ends_at, zone)}"
        return f"{short_day(slot.starts_at.astimezone(zone).date())}, {times}" if self.several_days else times

    def times(self) -> dict[int, str]:
        """Of every slot, by its number."""
        return {each.id: self.time(each) for each in self.event.slots}

    def version(self, plan: Plan) -> str:
        """What a version of the plan is called."""
        if plan.state == PlanState.DRAFT:
            return _("Utkast %(number)s", number=plan.number)
        return _("Versjon %(number)s", number=plan.number)

    def when(self, id_: int | None) -> str:
        slot = self.slots.get(id_ or 0)
        return _("kl. %(time)s", time=self.time(slot)) if slot else _("i en tidsluke som er borte")

    def start(self, id_: int | None) -> str:
        """kl. 09.25, with the day before where there are several."""
        slot = self.slots.get(id_ or 0)
        return self.at(slot.starts_at) if slot else _("i en tidsluke som er borte")

    def at(self, moment: datetime) -> str:
        """kl. 09.25, with the day before where there are several."""
        zone = self.event.zone
        shown = hour(moment, zone)
        return _("kl. %(time)s", time=f"{short_day(moment.astimezone(zone).date())}, {shown}" if self.several_days else shown)

    def closed_table(self, id_: int) -> str:
        """Bord 4 er stengt fra kl. 10.30."""
        found = self.tables.get(id_)
        if found is None or found.closed_from is None:
            return _("%(table)s er stengt.", table=self.table(id_))
        return _("%(table)s er stengt fra %(when)s.", table=found.name, when=self.at(found.closed_from))

    def table(self, id_: int) -> str:
        found = self.tables.get(id_)
        return found.name if found else _("et bord som er borte")

    # what was found

    def reason(self, found: Mapping[str, Any]) -> str:
        """Why something could not be had: `cause`, `who` and `figures` as the plan keeps them. Who has declined since then has declined."""
        if refusing := [each for each in (found.get("need"), found.get("offer")) if each and self._declined(each)]:
            return have_declined([self.who(each) for each in refusing])
        who = found["who"] if isinstance(found["who"], list) else [found["who"]]
        named = [self.who(each) for each in who]
        a, b = named[0] if named else "", named[-1] if named else ""
        persons = ", ".join(found.get("persons", ()))
        n, m = (found["figures"] or [0])[0], (found["figures"] or [0])[-1]
        sentences = {
            "forbidden": lambda: _("En av dem har sagt nei takk, eller en koordinator har sagt at de ikke skal møtes."),
            "no_common_slot": lambda: _("%(a)s og %(b)s kan ikke komme samtidig i noen tidsluke.", a=a, b=b),
            "need_full": lambda: full(a, n),
            "offer_full": lambda: full(a, n),
            "both_full": lambda: _("%(a)s og %(b)s har allerede alle møtene sine.", a=a, b=b),
            "busy": lambda: _("%(a)s eller %(b)s er i et annet møte hver gang begge kunne ha kommet.", a=a, b=b),
            "no_table": lambda: _("Alle bordene er opptatt hver gang begge er ledige."),
            "time_ran_out": lambda: _("Planen ble stoppet før det ble funnet plass."),
            "few_slots": lambda: few_slots(a, n, m),
            "few_partners": lambda: few_partners(a, n, m, others=bool(found.get("declined"))),
            "waiting": lambda: _("%(who)s stod på venteliste da planen ble regnet ut.", who=listed(named)),
            "declined": lambda: _("%(who)s hadde takket nei da planen ble regnet ut.", who=listed(named)),
            "low_maximum": lambda: _("%(a)s skal ha minst %(m)s møter, men høyst %(n)s. Rett det hos deltakeren.", a=a, n=n, m=m),
            "person_busy": lambda: _("%(who)s skal være med på møtet, men er i et annet møte hver gang de to er ledige.", who=persons),
            "partners_or_person_taken": lambda: _("De som %(a)s kan møte, er opptatt, eller %(who)s er det, eller det mangler bord.", a=a, who=persons),
            "partners_taken": lambda: _("De som %(a)s kan møte, er opptatt, eller det mangler bord.", a=a),
        }
        said = str(sentences.get(found["cause"], lambda: _("Det ble ikke plass."))())
        refusing = [self.who(each) for each in found.get("declined") or () if self._declined(each)]
        return f"{have_declined(refusing)} {said}" if refusing else said

    def _declined(self, id_: int) -> bool:
        found = self.participants.get(id_)
        return found is not None and found.answer == Answer.DECLINED

    def helpful(self, found: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The relaxations that can still be asked for: of nobody who has declined, waits for a place, or is gone."""
        lost = {each.id for each in self.event.participants if each.answer in OUT or each.gone_from is not None}
        return [each for each in found if not lost & {change.get("who") for change in each["changes"]}]

    def relaxation(self, found: Mapping[str, Any]) -> str:
        """What a coordinator could give."""
        *asked, last = [self._change(each) for each in found["changes"]]
        words = _("%(first)s, og %(last)s", first=", ".join(asked), last=last) if asked else last
        return words[:1].upper() + words[1:]

    def _change(self, change: Mapping[str, Any]) -> str:
        if change["kind"] == "table":
            return _("ett bord til")
        if change["kind"] == "maximum":
            return _("%(who)s tar ett møte til", who=self.who(change["who"]))
        if change["kind"] == "without":
            a, b = (self.who(each) for each in change["pair"])
            return _("noen andre enn %(who)s er med når %(a)s og %(b)s møtes", who=change["person"], a=a, b=b)
        return _("%(who)s kommer også %(when)s", who=self.who(change["who"]), when=self.when(change["slot"]))

    def brought(self, found: Mapping[str, Any]) -> str:
        """What it would bring."""
        musts, shortfall = found["musts"], found["shortfall"]
        told = [ngettext("%(num)s må-møte til på plass", "%(num)s må-møter til på plass", musts)] if musts > 0 else []
        told += [ngettext("%(num)s møte færre mangler", "%(num)s møter færre mangler", shortfall)] if shortfall > 0 else []
        return ", ".join(told)

    def objection(self, found: Objection) -> str:
        """Why a change is refused, or what is wrong with a plan as things are now."""
        named = [self.who(each) for each in found.about]
        a, b = named[0] if named else "", named[-1] if named else ""
        at = self.start(found.slot) if found.slot else _("da")
        sentences = {
            "two_at_once": lambda: _("%(a)s har allerede et møte %(when)s.", a=a, when=at),
            "unavailable": lambda: _("%(a)s kan ikke komme %(when)s.", a=a, when=at),
            "once": lambda: _("%(a)s har allerede et møte %(when)s.", a=found.person, when=at),
            "too_many": lambda: _("%(a)s har allerede så mange møter som de skal ha.", a=a),
            "table_twice": lambda: _("%(table)s er opptatt %(when)s.", table=self.table(found.about[0]), when=at),
            "table_closed": lambda: self.closed_table(found.about[0]),
            "forbidden": lambda: _("%(a)s og %(b)s skal ikke møtes.", a=a, b=b),
            "pair_twice": lambda: _("%(a)s og %(b)s møtes allerede.", a=a, b=b),
        }
        return str(sentences.get(found.rule, lambda: _("Arrangementet er endret siden planen ble laget."))())

    def closed(self, found: Mapping[Objection, int], ours: Iterable[int]) -> list[tuple[str, int]]:
        """Why what cannot be chosen is not in a list, and how many fall out for each reason, the commonest first.

        `ours`: the participants of the meeting in hand; others are not named, since there may be one for each choice.
        """
        times: dict[tuple[str, str], set[int]] = {}
        counts: Counter[tuple[str, str]] = Counter()
        for objection, number in found.items():
            if objection.rule == "table_closed":
                who = self.closed_table(objection.about[0])
            else:
                who = objection.person or (self.who(objection.about[0]) if objection.about[0] in ours else _("De som møtes der,"))
            key = (objection.rule, who)
            counts[key] += number
            times.setdefault(key, set()).add(objection.slot or 0)
        told = []
        for (rule, who), number in counts.most_common():
            at = ", ".join(self.start(each.id) for each in self.event.slots if each.id in times[rule, who])
            words = _("%(a)s kan ikke komme %(when)s.", a=who, when=at) if rule == "unavailable" else _("%(a)s har allerede et møte %(when)s.", a=who, when=at)
            told.append((who if rule == "table_closed" else str(words), number))
        return told

    def step(self, step: Mapping[str, Any]) -> str:
        """What a change of the plan was, to say that it is undone."""
        pair = f"{self.who(step['about'][0])} – {self.who(step['about'][1])}" if step["about"] else ""
        sentences = {
            "event meeting moved": lambda: _("flyttingen av %(pair)s", pair=pair),
            "event meetings swapped": lambda: _("byttet av plass for %(pair)s", pair=pair),
            "event meeting locked": lambda: _("låsingen av %(pair)s", pair=pair),
            "event meeting unlocked": lambda: _("opplåsingen av %(pair)s", pair=pair),
            "event meeting cancelled": lambda: _("avlysningen av %(pair)s", pair=pair),
            "event meeting added": lambda: _("møtet %(pair)s, som ble satt inn", pair=pair),
        }
        return str(sentences.get(step["act"], lambda: _("planen som ble laget på nytt"))())

    def objections(self, found: Iterable[Objection]) -> str:
        return " ".join(dict.fromkeys(self.objection(each) for each in found))


def step_words() -> dict[NextStep, str]:
    """What comes after a meeting, from most to least: the same words where it is said, shown and exported."""
    return {
        NextStep.PILOT: _("Pilot"),
        NextStep.INTRODUCTION: _("Introduksjon"),
        NextStep.CONTACT: _("Holde kontakten"),
        NextStep.NOTHING: _("Ingenting mer"),
    }


def days(event: AnyEvent) -> str:
    """onsdag 11. mars, or 11. mars – 12. mars"""
    if event.first_day == event.last_day:
        return weekday(event.first_day)
    return f"{short_day(event.first_day)} – {short_day(event.last_day)}"


def times(event: AnyEvent) -> list[str]:
    """onsdag 11. mars kl. 09.00–15.30, a line for each day; without the clock where there are no slots."""
    whole = [(name, f"{hour(slots[0].starts_at, event.zone)}–{hour(slots[-1].ends_at, event.zone)}") for name, slots in by_day(event)]
    return [_("%(day)s kl. %(time)s", day=name, time=time) for name, time in whole] or [days(event)]


def by_day(event: AnyEvent) -> list[tuple[str, list[Slot]]]:
    """The slots under their days, in order."""
    found: dict = {}
    for slot in event.slots:
        found.setdefault(slot.starts_at.astimezone(event.zone).date(), []).append(slot)
    return [(weekday(day), slots) for day, slots in found.items()]


def in_queue(participant: Participant) -> str:
    """Where somebody stands who waits for a place."""
    number = rules.queue(participant.event).index(participant) + 1
    return _("Arrangementet er fullt. Dere står som nummer %(number)s på ventelista, og får brev hvis det blir en plass.", number=number)
