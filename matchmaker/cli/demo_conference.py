"""The demo's partner conference: who takes part, what they wish, a published plan and the version that mended it, each through the area's own verbs."""

from datetime import date, time, timedelta
from typing import Any

from matchmaker.cli.demo_facts import Made, address, rows
from matchmaker.core.database import db
from matchmaker.meetings import bridge, queries, services, times
from matchmaker.meetings.models import Absence, Event, Participant
from matchmaker.meetings.services.people import Comer
from matchmaker.meetings.services.planning import keep_plan
from matchmaker.meetings.states import Level

WEDNESDAY = 2
SECONDS = 5.0


def hold(made: Made) -> None:
    """Everything of `conference.json`, over some days; the plan is computed, checked and published three days ago, and mended yesterday for who falls out."""
    by = made.people["koordinator"]
    made.go_back(12)
    event = prepare(made, next(row for row in rows("conference") if row["what"] == "event"), by)
    made.go_back(10)
    challenges = [made.challenges[row["key"]] for row in rows("conference") if row["what"] == "need"]
    profiles = [made.profiles[row["key"]] for row in rows("conference") if row["what"] == "offer"]
    services.add_participants(event=event, challenges=challenges, profiles=profiles, by=by)
    db.session.flush()
    people = people_of(made, event)
    made.go_back(8)
    for row in rows("conference"):
        if row["what"] in {"need", "offer"}:
            _describe(event, people[row["key"]], row, by)
    for row in rows("conference"):
        if row["what"] == "wishes":
            who = people[row["of"]]
            levels = {people[key].id: level for level in Level for key in row.get(level.value, ())}
            services.give_wishes(participant=who, levels=levels, by=_member(made, who) or by)
        elif row["what"] == "pair":
            need, offer, companion = people[row["need"]], people[row["offer"]], by if row.get("accompanied") else None
            services.say_of_pair(event=event, need=need, offer=offer, level=Level(row["level"]), reason=row["reason"], by=by, companion=companion)
    made.go_back(3)
    publish(event, by)
    made.go_back(1)
    for row in rows("conference"):
        if row["what"] == "absence":
            fallen_out = people[row["key"]]
            away = {sorted(event.slots, key=lambda each: each.starts_at)[number - 1].id for number in row["away"]}
            fallen_out.absences += [Absence(slot_id=slot) for slot in sorted(away - {each.slot_id for each in fallen_out.absences})]
    publish(event, by)


def prepare(made: Made, row: dict[str, Any], by) -> Event:
    day = _wednesday(made, row["in_days"])
    limits = {"need_least": 1, "need_most": 4, "offer_least": 1, "offer_most": 3}
    content = {"title": row["title"], "place": row["place"], "first_day": day, "last_day": day, "wishes_due": made.day(row["wishes_in_days"]), **limits}
    event = services.create_event(content=content, by=by, is_demo=True)
    db.session.flush()
    clock = time.fromisoformat
    whole = times.span(day, clock(row["first"]), clock(row["last"]), event.zone)
    pause = times.span(day, clock(row["pause"][0]), clock(row["pause"][1]), event.zone)
    services.add_slots(event=event, spans=times.generated(whole, minutes=row["minutes"], gap=row["gap"], pauses=[pause]), by=by)
    services.name_tables(event=event, names=row["tables"], by=by)
    db.session.flush()
    return event


def _wednesday(made: Made, days: int) -> date:
    """The first Wednesday from so many days ahead."""
    day = made.day(days)
    assert day is not None  # a number of days was given
    return day + timedelta(days=(WEDNESDAY - day.weekday()) % 7)


def people_of(made: Made, event: Event) -> dict[str, Participant]:
    """By the keys of the files."""
    of = {(each.challenge_id, each.profile_id): each for each in event.participants}
    needs = {key: of[each.id, None] for key, each in made.challenges.items() if (each.id, None) in of}
    return needs | {key: of[None, each.id] for key, each in made.profiles.items() if (None, each.id) in of}


def _describe(event: Event, who: Participant, row: dict[str, Any], by) -> None:
    slots = sorted(event.slots, key=lambda each: each.starts_at)
    away = {slots[number - 1].id for number in row.get("away", ())}
    person = (f"Demo {who.name.removesuffix(' (demo)')}"[:120], address(row["person"]))
    services.change_participant(participant=who, least=row["least"], most=row["most"], away=away, representatives=[Comer(*person)], by=by)
    db.session.flush()


def _member(made: Made, who: Participant):
    """The demo account that belongs to the participant's organisation; None where there is none."""
    return next((person for person in made.people.values() if any(each.organisation_id == who.organisation.id for each in person.memberships)), None)


def publish(event: Event, by) -> None:
    db.session.flush()
    db.session.expire(event)
    fresh = queries.event(event.id)
    assert fresh is not None  # made above
    standing = bridge.places(queries.meetings_of(queries.published_of(event.id)))
    plan = keep_plan(event=fresh, made=bridge.make(queries.material(fresh), standing, seconds=SECONDS))
    db.session.flush()
    db.session.refresh(plan)
    db.session.expire(fresh, ["plans"])
    services.publish_plan(event=fresh, mark=plan.mark, by=by)
