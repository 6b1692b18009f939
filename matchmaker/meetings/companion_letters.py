"""The letter to a coordinator who sits in on meetings: which, when and where, when the plan is published and whenever that changes."""

from collections.abc import Mapping

from matchmaker.accounts.letters import write
from matchmaker.accounts.models import User
from matchmaker.core import mail
from matchmaker.matches.letters import address
from matchmaker.meetings import queries, sharing
from matchmaker.meetings.models import Meeting, Plan
from matchmaker.meetings.wording import Names, days


def write_to_companions(plan: Plan, earlier: Plan | None) -> list[mail.Letter]:
    """To each whose meetings are others, or held elsewhere or at another time, than in the version before; who sits in on none and did not is left alone."""
    event = queries.event(plan.event_id)
    assert event is not None  # the plan's own
    sit_in, names, posted = sharing.companions(event), Names(event), []
    if not sit_in:
        return []
    before, now = (_by_person(sit_in, queries.meetings_of(each)) for each in (earlier, plan))
    for user in sorted(set(sit_in.values()), key=lambda each: each.id):
        own = now.get(user.id, [])
        if _said(own) != _said(before.get(user.id, [])):
            words = {"event": event, "names": names, "own": own, "days": days, "first": earlier is None, "link": address("meetings.show", event_id=event.id)}
            posted.append(write("meetings/letters/companion", to=user.email, reader=user, about=event, **words))
    return posted


def _by_person(sit_in: Mapping[tuple[int, int], User], meetings: list[Meeting]) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = {}
    for each in meetings:
        if user := sit_in.get((each.need_id, each.offer_id)):
            found.setdefault(user.id, []).append(each)
    return found


def _said(meetings: list[Meeting]) -> list[tuple[int, int, int, int]]:
    return sorted((each.need_id, each.offer_id, each.slot_id, each.table_id) for each in meetings)
