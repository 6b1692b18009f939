"""Why somebody has no meeting in a plan, said to that participant, and what it can do. Never what others wish, nor that one of them refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matchmaker.core.i18n import day
from matchmaker.meetings import queries, rules
from matchmaker.meetings.models import Meeting, Participant, Plan
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.states import Answer, Level, Side

MOST = 3
"""Wishes of its own that are gone into."""


@dataclass(frozen=True)
class Without:
    """Sentences: `why` as far as it is known, and the `ways` to a meeting."""

    why: tuple[str, ...]
    ways: tuple[str, ...]


def without_meetings(who: Participant, plan: Plan) -> Without | None:
    """None for who has a meeting in the plan."""
    meetings = queries.meetings_of(plan)
    return None if any(each.other_than(who.id) for each in meetings) else without(who, meetings, queries.material(who.event).said)


def without(who: Participant, meetings: Sequence[Meeting], said: Mapping[Pair, Mapping[Side, Level]]) -> Without:
    """`meetings`: all of the plan, none of them `who`'s; `said`: of every pair, see `queries.material`."""
    event = who.event
    if who.answer == Answer.DECLINED:
        way = _("Kommer dere likevel, sier dere det under «Hvem kommer?». Da er dere med neste gang planen lages.")
        return Without((_("Dere har sagt at dere ikke kommer."),), (way,))
    if who.answer == Answer.WAITING:
        return Without((_("Dere står på venteliste."),), ())
    if who.gone_from is not None:
        return Without((_("Dere er ført opp som borte."),), (_("Er dere her likevel, si fra i innsjekkingen."),))
    away = rules.away(who)
    if event.slots and away >= {each.id for each in event.slots}:
        why = [_("Dere har sagt at dere ikke kan i noen av tidslukene.")]
    elif who.most == 0 and not rules.is_over(event):
        return Without((_("Dere er satt opp med høyst 0 møter."),), (_("Vil dere ha møter, si fra til koordinatoren."),))
    else:
        why = _of_wishes(who, meetings, said)
    ways = []
    if rules.is_over(event):
        return Without(tuple(why), ())
    if away:
        ways.append(_("Kan dere komme til flere tider? Rett det under «Hvem kommer?», eller si det til koordinatoren."))
    if rules.takes_wishes(event):
        ways.append(_("Ønsk flere: jo flere dere vil møte, jo lettere blir det plass. Fristen er %(day)s.", day=day(event.wishes_due)))
    else:
        ways.append(_("Fristen for ønsker er ute, men koordinatoren kan ta imot flere."))
    ways.append(_("Kom likevel: på dagen settes det opp nye møter ved ledige bord, mellom dem som er der."))
    return Without(tuple(why), tuple(ways))


def _of_wishes(who: Participant, meetings: Sequence[Meeting], said: Mapping[Pair, Mapping[Side, Level]]) -> list[str]:
    """Pairs that somebody has forbidden are passed over, as are those of which nothing is known."""
    others, own = {each.id: each for each in who.event.participants}, Side(who.side)
    wished = [pair for pair, levels in said.items() if who.id in pair and levels.get(own) in rules.SAID]
    if not wished:
        return [_("Dere har ikke ønsket å møte noen.")]
    told = []
    for pair in sorted(wished, key=lambda pair: (said[pair][own] != Level.MUST, pair)):
        other = others[pair.offer if pair.need == who.id else pair.need]
        if not rules.is_forbidden(dict(said[pair])) and (words := _in_the_way(who, other, meetings)):
            told.append(words)
    return told[:MOST]


def _in_the_way(who: Participant, other: Participant, meetings: Sequence[Meeting]) -> str:
    """'' where nothing is."""
    if other.answer == Answer.DECLINED:
        return _("%(who)s kommer ikke til arrangementet.", who=other.name)
    if other.answer == Answer.WAITING:
        return ""
    event = who.event
    common = {each.id for each in event.slots} - rules.away(who) - rules.away(other)
    if not common:
        return _("%(other)s og dere kan ikke komme samtidig i noen tidsluke.", other=other.name)
    taken = [each.slot_id for each in meetings if each.other_than(other.id)]
    if len(taken) >= other.most:
        return _("%(other)s har allerede alle møtene sine.", other=other.name)
    if common <= set(taken):
        return _("%(other)s er i andre møter hver gang dere begge kunne ha kommet.", other=other.name)
    seats = Counter(each.slot_id for each in meetings)
    if all(seats[slot] >= len(event.tables) for slot in common - set(taken)):
        return _("Alle bordene er opptatt når både dere og %(other)s kan.", other=other.name)
    return ""
