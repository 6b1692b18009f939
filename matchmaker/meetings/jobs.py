"""Background work of this room: compute a plan, tell how far it has come, and stop when somebody says so."""

import time
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from matchmaker.accounts.models import User
from matchmaker.core.clock import today
from matchmaker.core.database import db, transaction
from matchmaker.core.queue import Job, every, handles
from matchmaker.meetings import bridge, queries, rules, services
from matchmaker.meetings.models import Event, Newcomer, NewcomerState, PlanRun
from matchmaker.meetings.services import planning
from matchmaker.planner.solve import Progress

SECONDS = 30.0
"""How long the best is looked for; what is proven sooner ends sooner."""
TURNS = 3
"""How often it is computed anew because somebody went or came, or a table closed, meanwhile; what is then still wrong is refused and said."""
LOOKS = 0.7
"""Seconds between two looks at the database."""


@handles("meetings.make_plan")
def make_plan(job: Job, *, run_id: int, mend: bool = False) -> None:
    run = db.session.get(PlanRun, run_id)
    event = queries.event(run.event_id) if run else None
    if run is None or event is None or not planning.begin_run(run=run):
        return
    db.session.commit()
    wire = Wire(run_id)
    for _turn in range(TURNS):
        before = _as_things_are(event)
        standing = bridge.places(queries.meetings_of(planning.to_mend_from(event.id) if mend else queries.plan_of(event.id)))
        made = bridge.make(queries.material(event), standing, anew=run.anew, seconds=SECONDS, progress=wire.tell, stop=wire.stopped)
        db.session.expire_all()
        event = queries.event(run.event_id)
        if event is None or _as_things_are(event) == before:
            break
    if event is not None:
        planning.end_run(run=run, event=event, made=made, by=db.session.get(User, run.by_id) if run.by_id else None, mend=mend)
    db.session.commit()


@every(minutes=60)
def remind_of_wishes() -> None:
    """Once for each event whose deadline is near."""
    near = select(Event.id).where(Event.reminded_at.is_(None), Event.wishes_due.between(today() - timedelta(days=1), today() + timedelta(days=4)))
    for number in list(db.session.scalars(near)):
        with transaction():
            event = queries.event(number)
            if event is not None and rules.reminder_is_due(event):
                services.remind(event=event)


@every(minutes=60)
def ask_for_outcomes() -> None:
    """Once for each event, the day after."""
    lately = select(Event.id).where(Event.last_day.between(today() - timedelta(days=4), today()))
    for number in list(db.session.scalars(lately)):
        with transaction():
            event = queries.event(number)
            if event is not None and rules.outcomes_are_due(event):
                services.ask_for_outcomes(event=event)


@every(minutes=60)
def forget_newcomers() -> None:
    """Of each event that is over."""
    waiting = select(Newcomer.event_id).where(Newcomer.state == NewcomerState.WAITING).distinct()
    for number in list(db.session.scalars(waiting)):
        with transaction():
            event = queries.event(number)
            if event is not None:
                services.forget_newcomers(event=event)


def _as_things_are(event: Event) -> tuple:
    """When nobody can meet each participant, and which tables are closed when: on the day more may be missed while the first meetings are mended."""
    return {each.id: rules.away(each) for each in event.participants}, rules.closed(event)


class Wire:
    """Between the solver and the page, on a connection of its own: tells what is reached, and hears whether to stop. Both now and then only."""

    def __init__(self, run_id: int) -> None:
        self.engine, self.run_id = db.engine, run_id
        self._told = self._looked = 0.0
        self._stop = False

    def tell(self, progress: Progress) -> None:
        if time.monotonic() - self._told > LOOKS:
            self._told = time.monotonic()
            said = update(PlanRun).where(PlanRun.id == self.run_id).values(progress=asdict(progress))
            try:
                with self.engine.begin() as connection:
                    connection.execute(said)
            except OperationalError:  # somebody else's long write: what is reached later says more
                self._told = 0.0

    def stopped(self) -> bool:
        if not self._stop and time.monotonic() - self._looked > LOOKS:
            self._looked = time.monotonic()
            with self.engine.connect() as connection:
                self._stop = connection.scalar(select(PlanRun.stop_asked_at).where(PlanRun.id == self.run_id)) is not None
        return self._stop
