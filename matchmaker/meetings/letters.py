"""Letters of this room: each representative's own programme, when a plan is published."""

import re
from collections.abc import Iterable

from flask import current_app
from sqlalchemy import select

from matchmaker.accounts.models import User
from matchmaker.core import mail
from matchmaker.core.database import db
from matchmaker.core.i18n import in_language_of
from matchmaker.matches.letters import address
from matchmaker.meetings import queries
from matchmaker.meetings.models import Participant, Plan
from matchmaker.meetings.wording import Names, days


def write_programmes(plan: Plan, participants: Iterable[Participant], *, first: bool) -> list[mail.Letter]:
    """To everybody with an address who comes for these participants; in the language of their account, else in bokmål."""
    event = queries.event(plan.event_id)
    assert event is not None  # the plan's own
    meetings, names = queries.meetings_of(plan), Names(event)
    template = current_app.jinja_env.get_template("meetings/letters/programme.txt")
    readers = [(each, person) for each in participants for person in each.representatives if person.email]
    known = {user.email: user for user in db.session.scalars(select(User).where(User.email.in_([person.email for _each, person in readers])))}
    posted = []
    for each, person in readers:
        own = [
            (names.time(names.slots[meeting.slot_id]), names.table(meeting.table_id), names.who(other))
            for meeting in meetings
            if (other := meeting.other_than(each.id))
        ]
        with in_language_of(known.get(person.email)):
            words = {"person": person, "event": event, "days": days(event), "participant": each, "first": first, "own": own}
            subject, _, body = template.render(link=address("meetings.programme", event_id=event.id, participant_id=each.id), **words).strip().partition("\n")
        posted.append(mail.post(to=person.email, subject=subject, body=re.sub(r"\n{3,}", "\n\n", body).strip() + "\n", about=event))
    return posted
