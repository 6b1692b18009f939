"""The meetings of an event by what they led to, as one looks through them afterwards."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from matchmaker.meetings.outcomes import Held, Outcome
from matchmaker.meetings.states import NextStep


class Choice(StrEnum):
    """Which of the meetings are shown; the values stand in addresses."""

    LEADS = "noe"
    PILOT = "pilot"
    INTRODUCTION = "introduksjon"
    CONTACT = "kontakt"
    DIFFER = "ulikt"
    NOTHING = "ingenting"
    NOT_HELD = "ikke-holdt"
    UNSAID = "uten-svar"
    ALL = "alle"


FITS: dict[Choice, Callable[[Outcome], bool]] = {
    Choice.LEADS: lambda each: each.leads,
    Choice.PILOT: lambda each: each.leads_to == NextStep.PILOT,
    Choice.INTRODUCTION: lambda each: each.leads_to == NextStep.INTRODUCTION,
    Choice.CONTACT: lambda each: each.leads_to == NextStep.CONTACT,
    Choice.DIFFER: lambda each: each.steps_differ or each.held == Held.DISAGREED,
    Choice.NOTHING: lambda each: each.leads_to == NextStep.NOTHING,
    Choice.NOT_HELD: lambda each: each.held == Held.NO,
    Choice.UNSAID: lambda each: each.held == Held.UNSAID,
    Choice.ALL: lambda each: True,
}
FROM_MOST = (NextStep.PILOT, NextStep.INTRODUCTION, NextStep.CONTACT, None, NextStep.NOTHING)


def choice(asked: str) -> Choice:
    """What an address asks for; those that led to something where it asks for nothing we know."""
    return Choice(asked) if asked in list(Choice) else Choice.LEADS


def choices(outcomes: Iterable[Outcome]) -> dict[Choice, int]:
    """How many there are of each, where there are any; those that led to something always."""
    every = list(outcomes)
    counts = {each: sum(map(fits, every)) for each, fits in FITS.items()}
    return {each: number for each, number in counts.items() if number or each == Choice.LEADS}


def chosen(outcomes: Iterable[Outcome], which: Choice) -> list[Outcome]:
    """Those, from most to least; as many as led to the same stand as they came."""
    return sorted(filter(FITS[which], outcomes), key=lambda each: FROM_MOST.index(each.leads_to))
