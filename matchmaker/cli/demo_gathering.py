"""The demo's smaller event that is over: who came, what they said of their meetings, and what they thought of it."""

from datetime import timedelta

from matchmaker.cli import demo_conference
from matchmaker.cli.demo_facts import Made, rows
from matchmaker.core import clock
from matchmaker.core.database import db
from matchmaker.meetings import queries, services
from matchmaker.meetings.models import Event
from matchmaker.meetings.states import Level, NextStep, Side

SIDES = {Side.NEED.value, Side.OFFER.value}


def hold(made: Made) -> None:
    """Everything of `gathering.json`: planned some weeks ago, held at least nine days ago, told about the day after."""
    by = made.people["koordinator"]
    made.go_back(26)
    event = demo_conference.prepare(made, next(row for row in rows("gathering") if row["what"] == "event"), by)
    taking_part = [row for row in rows("gathering") if row["what"] in SIDES]
    challenges = [made.challenges[row["key"]] for row in taking_part if row["what"] == Side.NEED]
    profiles = [made.profiles[row["key"]] for row in taking_part if row["what"] == Side.OFFER]
    services.add_participants(event=event, challenges=challenges, profiles=profiles, by=by)
    db.session.flush()
    people = demo_conference.people_of(made, event)
    made.go_back(24)
    for row in taking_part:
        levels = {people[key].id: level for level in Level for key in row.get(level.value, ())}
        services.give_wishes(participant=people[row["key"]], levels=levels, by=by)
    made.go_back(19)
    demo_conference.publish(event, by)
    _tell(made, event, by)


def _tell(made: Made, event: Event, by) -> None:
    """On the day, and the day after."""
    db.session.flush()
    db.session.expire(event)  # its plan was published meanwhile
    people = demo_conference.people_of(made, event)
    clock.fix(min(each.starts_at for each in event.slots) - timedelta(minutes=10))
    for row in rows("gathering"):
        if row.get("came"):
            services.check_in(participant=people[row["key"]], by=by)
        elif row["what"] in SIDES:
            people[row["key"]].gone_from = clock.now()
    clock.fix(max(each.ends_at for each in event.slots) + timedelta(hours=20))
    met = {(each.need_id, each.offer_id): each for each in queries.meetings_of(queries.published_of(event.id))}
    for row in rows("gathering"):
        if "score" in row:
            services.give_feedback(participant=people[row["key"]], score=row["score"], again=row["again"], words=row["words"], by=by)
        meeting = met.get((people[row["need"]].id, people[row["offer"]].id)) if row["what"] == "report" else None
        if meeting is not None:
            step = NextStep(row["next_step"]) if row["next_step"] else None
            services.report_meeting(event=event, meeting=meeting, side=Side(row["by"]), held=row["held"], next_step=step, by=None)
    db.session.flush()
