"""The letter to a coordinator who sits in on meetings: which, when and where, when the plan is published and whenever that changes."""

from collections.abc import Iterable, Mapping

from matchmaker.accounts.letters import write
from matchmaker.accounts.models import User
from matchmaker.core import mail
from matchmaker.matches.letters import address
from matchmaker.meetings import bridge, queries, sharing
from matchmaker.meetings.bridge import Place
from matchmaker.meetings.models import Plan
from matchmaker.meetings.wording import Names, days


def write_to_companions(plan: Plan, earlier: Plan | None) -> list[mail.Letter]:
    """To each for whom this version has something new."""
    event = queries.event(plan.event_id)
    assert event is not None  # the plan's own
    sit_in, names, meetings = sharing.companions(event), Names(event), queries.meetings_of(plan)
    words = {"event": event, "names": names, "days": days, "first": earlier is None, "link": address("meetings.show", event_id=event.id)}
    return [
        write("meetings/letters/companion", to=user.email, reader=user, about=event, own=sharing.sat_in_by(sit_in, user, meetings), **words)
        for user in concerned(sit_in, bridge.places(queries.meetings_of(earlier)), bridge.places(meetings))
    ]


def concerned(sit_in: Mapping[tuple[int, int], User], before: Iterable[Place], now: Iterable[Place]) -> list[User]:
    """Whose meetings are others, or held elsewhere or at another time, than before; who sits in on none and did not is left alone."""
    changed = {each[:4] for each in before} ^ {each[:4] for each in now}
    people = {user.id: user for place in changed if (user := sit_in.get((place[0], place[1])))}
    return [people[each] for each in sorted(people)]
