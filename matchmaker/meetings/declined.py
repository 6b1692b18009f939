"""Who has said no to the invitation: no change can give a wish for them, and they are partners for nobody; a plan says so."""

from collections.abc import Iterable, Mapping
from typing import Any

from matchmaker.meetings.brief import AnyEvent
from matchmaker.meetings.queries import Pair
from matchmaker.meetings.rules import Worth
from matchmaker.meetings.states import OUT, Answer


def declined(event: AnyEvent) -> set[int]:
    """By their numbers; who waits for a place is out of the plan in the same way."""
    return {each.id for each in event.participants if each.answer in OUT}


def refused(event: AnyEvent, worth: Mapping[Pair, Worth]) -> dict[Pair, Worth]:
    """The wished pairs of which one has declined, what must be first, then the dearest."""
    gone = declined(event)
    lost = [(pair, each) for pair, each in worth.items() if gone & {*pair} and not each.filled_in]
    return dict(sorted(lost, key=lambda item: (not item[1].must, -item[1].value, item[0])))


def unplaced(event: AnyEvent, lost: Mapping[Pair, Worth]) -> list[dict[str, Any]]:
    """As a plan's findings keep them."""
    gone, waits = declined(event), {each.id for each in event.participants if each.answer == Answer.WAITING}
    found = []
    for pair, each in lost.items():
        who = waits & {*pair}
        cause = {"cause": "waiting" if who else "declined", "who": sorted(who or gone & {*pair}), "figures": []}
        found.append({**pair._asdict(), "must": each.must, **cause})
    return found


def others(id_: int, lost: Iterable[Pair]) -> list[int]:
    """Whom one participant would have met in these pairs."""
    return sorted(other for pair in lost if id_ in pair for other in pair if other != id_)
