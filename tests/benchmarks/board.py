"""How long the plan's pages take in the server for an event of 800 people, and a move of a meeting.

    python -m tests.benchmarks.board [--people 800] [--rounds 25]

Makes an event of twelve slots and 130 tables in a database of its own (SQLite, in a folder that goes), with wishes of both sides,
twenty suggestions for each need and a full board, as first come, first served fills it. Asks for each page in turn, signed in as a
coordinator, without a network between. It tells the time that went by and the processor's own: on a machine that others use too only
the second says what the page costs, and the limit is held against it. Exits with 1 where the 95th percentile of a page passes 300 ms, or of a move one second.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import time

from sqlalchemy import insert, select

from matchmaker.accounts.signing_in import open_session
from matchmaker.app import create_app
from matchmaker.challenges.models import Challenge
from matchmaker.core.database import db
from matchmaker.matches.models import Run, Suggestion
from matchmaker.matches.states import Band
from matchmaker.meetings import queries
from matchmaker.meetings.models import Absence, Meeting, Plan, Representative, Wish
from matchmaker.meetings.states import Level, PlanState, Side
from matchmaker.organisations.models import Kind, Organisation
from matchmaker.profiles.models import Profile
from tests.benchmarks.pages import percentile
from tests.factories import Factories
from tests.planner.problems import first_come, random_problem

SLOTS, TABLES, WISHES, SUGGESTED = 12, 130, 10, 20
PAGE, MOVE = 300.0, 1000.0


def fill(people: int) -> tuple[int, str]:
    """The event's number and a coordinator's session."""
    make, dice = Factories(), random.Random(7)
    needs = round(people * 0.54)
    model = (make.challenge(), make.profile())
    for each in model:
        db.session.refresh(each)
    content = [{name: value for name, value in vars(each).items() if not name.startswith("_") and name not in {"id", "organisation", "version"}} for each in model]
    sides = []
    for kind, number, texts, named in ((Challenge, needs, content[0], "title"), (Profile, people - needs, content[1], "name")):
        municipal = kind is Challenge
        rows = [
            {"name": "Fredrikstad kommune" if municipal else f"Selskap {nth}", "department": f"Avdeling {nth}" if municipal else "", "kind": Kind.MUNICIPALITY if municipal else Kind.STARTUP}
            for nth in range(number)
        ]
        owners = list(db.session.scalars(insert(Organisation).returning(Organisation.id), rows))
        filled = [texts | {"organisation_id": owner, named: f"{named} {nth}"} for nth, owner in enumerate(owners)]
        sides.append(list(db.session.scalars(insert(kind).returning(kind), filled)))
    event = make.event(challenges=sides[0], profiles=sides[1], slots=SLOTS, tables=TABLES)
    problem = random_problem(7, needs, people - needs, SLOTS, TABLES, WISHES)
    ids = dict(zip([each.id for each in problem.participants], [each.id for each in event.participants]))
    number = {each.id: at for at, each in enumerate(event.participants)}
    for each, planned in zip(event.participants, problem.participants):
        each.least, each.most = planned.min_meetings, max(planned.min_meetings, planned.max_meetings)
    slots = dict(zip([each.id for each in problem.slots], [each.id for each in event.slots]))
    tables = dict(zip(problem.tables, [each.id for each in event.tables]))
    db.session.execute(insert(Absence), [{"participant_id": ids[each.id], "slot_id": slots[slot]} for each in problem.participants for slot in each.unavailable])
    named = [{"participant_id": id_, "name": f"Person {id_}", "email": f"person{id_}@demo.invalid"} for id_ in number]
    db.session.execute(insert(Representative), named)
    said = []
    for wish in problem.wishes:
        pair = {"event_id": event.id, "need_id": ids[wish.need], "offer_id": ids[wish.offer], "reason": ""}
        said.append(pair | {"side": Side.NEED, "level": Level.MUST if wish.must else Level.LIKE})
        if wish.value >= 60:
            said.append(pair | {"side": Side.OFFER, "level": Level.LIKE})
    db.session.execute(insert(Wish), said)
    run = Run(direction="need_to_offers", subject_id=1, model="none")
    db.session.add(run)
    db.session.flush()
    near = [
        {"challenge_id": need.id, "profile_id": offer.id, "run_id": run.id, "rank": rank, "score": 0.5, "band": Band.POSSIBLE, "reasons": {}, "need_hash": "", "offer_hash": ""}
        for need in sides[0]
        for rank, offer in enumerate(dice.sample(sides[1], SUGGESTED), 1)
    ]
    db.session.execute(insert(Suggestion), near)
    plan = Plan(event_id=event.id, number=1, state=PlanState.DRAFT)
    db.session.add(plan)
    db.session.flush()
    held = [meeting for meeting in first_come(problem)][: SLOTS * TABLES - 20]
    rows = [{"plan_id": plan.id, "need_id": ids[each.need], "offer_id": ids[each.offer], "slot_id": slots[each.slot], "table_id": tables[each.table], "locked": False} for each in held]
    db.session.execute(insert(Meeting), rows)
    session = open_session(make.coordinator(), browser="benchmark")
    db.session.commit()
    print(f"{len(number)} people, {len(said)} wishes, {len(near)} suggestions, {len(rows)} meetings at {SLOTS * TABLES} places")
    return event.id, session


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=25)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/board.sqlite", "SECRET_KEY": "benchmark", "QUEUE_IMMEDIATE": True}
        app = create_app(settings | {"MATCHMAKER_MODEL": "twin", "RATELIMIT_ENABLED": False, "WTF_CSRF_ENABLED": False}, instance_path=folder)
        with app.app_context():
            db.create_all()
            event, session = fill(arguments.people)
        return measure(app, f"/arrangementer/{event}/plan", event, session, arguments.rounds)


def measure(app, here: str, event: int, session: str, rounds: int) -> int:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = session, True
    with app.app_context():
        plan = queries.plan_of(event)
        meetings, slots = [each.id for each in queries.meetings_of(plan)], [each.id for each in queries.event(event).slots]
    dice, missed = random.Random(3), 0
    asked = {
        "plan, a slot": lambda: client.get(f"{here}?tid={dice.choice(slots)}"),
        "plan, people": lambda: client.get(f"{here}?visning=personer&page={dice.randint(1, 20)}"),
        "plan, a person sought": lambda: client.get(f"{here}?visning=personer&sok=selskap+{dice.randint(1, 90)}"),
        "a meeting": lambda: client.get(f"{here}/moter/{dice.choice(meetings)}"),
        "versions": lambda: client.get(f"{here}/versjoner"),
    }
    for name, ask in asked.items():
        ask()
        missed += told(name, [timed(ask) for _ in range(rounds)], PAGE)
    moves = []
    while len(moves) < min(rounds, 10):
        with app.app_context():
            plan = queries.plan_of(event)
            one = dice.choice(list(db.session.scalars(select(Meeting.id).where(Meeting.plan_id == plan.id))))
            mark = plan.mark
        place = re.search(r'<option value="(\d+-\d+)"', client.get(f"{here}/moter/{one}").text)
        if place:
            moves.append(timed(lambda: client.post(f"{here}/moter/{one}", data={"act": "move", "place": place[1], "mark": mark})))  # noqa: B023 - called at once
    return int(missed + told("a move", moves, MOVE) > 0)


def timed(ask) -> tuple[float, float]:
    """Milliseconds that went by, and those the processor worked."""
    begun, worked = time.perf_counter(), time.process_time()
    answer = ask()
    assert answer.status_code in {200, 303}, answer.status_code
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


def told(name: str, values: list[tuple[float, float]], limit: float) -> bool:
    whole, own = zip(*values)
    late = percentile(list(own), 0.95)
    cells = f"whole: median {statistics.median(whole):5.0f} ms, p95 {percentile(list(whole), 0.95):5.0f}; processor: median {statistics.median(own):5.0f}, p95 {late:5.0f}"
    print(f"{name:<24} {cells} (at most {limit:.0f}): {'kept' if late <= limit else 'MISSED'}", flush=True)
    return late > limit


if __name__ == "__main__":
    sys.exit(main())
