"""An event as tables: header and rows in the running language. No note is in them, and nobody's "no thanks"."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _

from matchmaker.matches.states import Band
from matchmaker.meetings import bridge, outcome_queries, outcomes, queries
from matchmaker.meetings.listing import in_order
from matchmaker.meetings.models import Event, MeetingReport
from matchmaker.meetings.outcomes import Held, Wanted
from matchmaker.meetings.rules import SAID
from matchmaker.meetings.states import Answer, Level, NextStep, Side
from matchmaker.meetings.wording import Names, step_words

Rows = Iterator[list[str]]


def participants(event: Event) -> Rows:
    """Who takes part, who comes for each, and whether they did."""
    yield [
        _("Deltaker"), _("Avdeling eller bedrift"), _("Utfordring"), _("Personer"), _("E-post"), _("Minst antall møter"), _("Høyst antall møter"),
        _("Svar"), _("Ønsker gitt"), _("Møter i planen"), _("Kom"), _("Borte fra tidsluka"),
    ]  # fmt: skip
    answers = {Answer.NONE: "", Answer.COMES: _("kommer"), Answer.DECLINED: _("takket nei"), Answer.WAITING: _("på venteliste")}
    given = queries.wishes_given(event)
    planned = Counter(id_ for each in queries.meetings_of(queries.published_plan(event)) for id_ in (each.need_id, each.offer_id))
    for each in in_order(event.participants):
        people = each.representatives
        yield [
            each.name, _side(each.side), each.challenge.title if each.challenge else "", "; ".join(person.name for person in people if person.name),
            "; ".join(person.email for person in people if person.email), str(each.least), str(each.most), answers[Answer(each.answer)],
            str(given.get(each.id, 0)), str(planned[each.id]), _moment(event, each.arrived_at), _moment(event, each.gone_from),
        ]  # fmt: skip


def wishes(event: Event) -> Rows:
    """Every pair that is worth a meeting, and why. Where one of the two has said no, that is not told: the cell is empty, as if nothing was said."""
    who = [_("Avdelingen"), _("Bedriften"), _("Koordinatoren")]
    yield [_("Avdeling"), _("Bedrift"), *who, _("Forslag"), _("Fylt inn av forslagene"), _("Må-møte"), _("Verdi")]
    material, names = queries.material(event), Names(event)
    levels = {Level.MUST: _("må"), Level.LIKE: _("vil gjerne")}
    bands = {Band.STRONG: _("Sterk match"), Band.POSSIBLE: _("Mulig match"), Band.STRETCH: _("Svak match")}
    for pair, worth in sorted(bridge.worths(material).items(), key=lambda each: (-each[1].must, -each[1].value, each[0])):
        said = {side: levels[level] for side, level in material.said.get(pair, {}).items() if level in SAID}
        band = material.bands.get(pair)
        yield [
            names.who(pair.need), names.who(pair.offer), said.get(Side.NEED, ""), said.get(Side.OFFER, ""), said.get(Side.COORDINATOR, ""),
            bands.get(band, "") if band else "", _yes(worth.filled_in), _yes(worth.must), str(worth.value),
        ]  # fmt: skip


def meetings(event: Event) -> Rows:
    """The published plan, and what came of each meeting."""
    yield [_("Begynner"), _("Slutter"), _("Bord"), _("Avdeling"), _("Bedrift"), _("Hvorfor"), _("Holdt"), _("Neste steg")]
    names, held, steps, wanted = Names(event), _held(), step_words(), _wanted()
    for each in outcomes.results(event).outcomes if queries.published_plan(event) else ():
        meeting, slot = each.meeting, names.slots[each.meeting.slot_id]
        step = _("de to svarer ulikt") if each.steps_differ else steps[each.step] if each.step else ""
        times = [_moment(event, slot.starts_at), _moment(event, slot.ends_at)]
        yield [*times, names.table(meeting.table_id), names.who(meeting.need_id), names.who(meeting.offer_id), wanted[each.wanted], held[each.held], step]


def reports(event: Event) -> Rows:
    """What each said of each meeting, without their notes, and what became of the introduction."""
    who = [_("Avdelingen"), _("Bedriften"), _("Koordinatoren")]
    said_by = [f"{each}: {what}" for each in who for what in (_("holdt"), _("neste steg"))]
    yield [_("Avdeling"), _("Bedrift"), *said_by, _("Introdusert etterpå")]
    names, steps = Names(event), step_words()
    between = outcome_queries.introduced(event, queries.meetings_of(queries.published_plan(event)))
    introduced = {(each.need_id, each.offer_id): each.introduction for each in between if each.after}
    said = outcome_queries.reports(event)
    for need, offer in sorted({*said, *introduced}):
        told = said.get(queries.Pair(need, offer), {})
        cells = [cell for side in Side for cell in _told(told.get(side), steps)]
        introduction = introduced.get((need, offer))
        yield [names.who(need), names.who(offer), *cells, _moment(event, introduction.created_at) if introduction else ""]


def feedback(event: Event) -> Rows:
    yield [_("Deltaker"), _("Avdeling eller bedrift"), _("Nytte (1–5)"), _("Ville kommet igjen"), _("Med egne ord")]
    given, names = outcome_queries.feedback(event), Names(event)
    for each in event.participants:
        if (said := given.get(each.id)) is not None:
            yield [names.told_apart(each), _side(each.side), str(said.score), "" if said.again is None else _yes(said.again, no=_("nei")), said.words]


def _told(report: MeetingReport | None, steps: dict[NextStep, str]) -> list[str]:
    if report is None:
        return ["", ""]
    return ["" if report.held is None else _yes(report.held, no=_("nei")), steps[NextStep(report.next_step)] if report.next_step else ""]


def _side(side: str) -> str:
    return _("avdeling") if side == Side.NEED else _("bedrift")


def _yes(said: bool, no: str = "") -> str:
    return _("ja") if said else no


def _moment(event: Event, at: datetime | None) -> str:
    """2026-12-16 09:25 on the clock of the place: sorted as text it is sorted by time."""
    return at.astimezone(event.zone).strftime("%Y-%m-%d %H:%M") if at else ""


def _held() -> dict[Held, str]:
    return {Held.YES: _("ja"), Held.NO: _("nei"), Held.DISAGREED: _("de to svarer ulikt"), Held.UNSAID: ""}


def _wanted() -> dict[Wanted, str]:
    return {
        Wanted.MUST: _("må-møte"),
        Wanted.MUTUAL: _("ønsket av begge"),
        Wanted.ONE_SIDED: _("ønsket av den ene"),
        Wanted.FILLED_IN: _("fylt inn av forslagene"),
        Wanted.BY_HAND: _("satt inn for hånd"),
    }
