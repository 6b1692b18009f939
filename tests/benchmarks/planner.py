"""Plans of meetings against their proven bounds and against first come, first served, and how little mending changes.

    python -m tests.benchmarks.planner [PROBLEM.json …]

Without files: every problem in `plans` of MATCHMAKER_SHARED, or of `shared` beside the checkout, and a made one of 800 people.
Each problem is solved in a process of its own, so that the memory said is its own.
"""

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from matchmaker.planner.check import faults
from matchmaker.planner.problem import Meeting, Problem, worth
from matchmaker.planner.reading import read_problem
from matchmaker.planner.report import gap, table_changes
from matchmaker.planner.solve import solve
from tests.benchmarks.engine_sets import SHARED
from tests.planner.problems import first_come, random_problem

LIMITS = ((100, 10, 0.5), (400, 60, 1.0), (800, 120, 2.0))
"""People at most, seconds, per cent from the bound."""
MEMORY = 4.0
MENDED, MEND_SECONDS, MEND_MOVED = 5, 5.0, 3
MEND_FROM = 300
"""From how many people on mending is measured."""
KIB_TO_GB = 1024 / 1e9


def allowed(problem: Problem) -> tuple[float, float]:
    """Seconds and per cent that a problem of this size may take."""
    return next(((seconds, share) for people, seconds, share in LIMITS if len(problem.participants) <= people), LIMITS[-1][1:])


def measure(problem: Problem) -> bool:
    """Solve, check and print one problem, and mend it where it is big; whether every limit was kept."""
    seconds, share = allowed(problem)
    began = time.monotonic()
    plan = solve(problem, seconds=seconds)
    took = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB_TO_GB
    broken = faults(problem, json.loads(json.dumps(plan.as_json())))
    began = time.monotonic()
    naive = first_come(problem)
    naive_took = time.monotonic() - began
    print(f"{problem.title}: {len(problem.participants)} people, {len(problem.slots)} slots, {len(problem.tables)} tables, {len(problem.wishes)} wishes")
    proven = (plan.musts, plan.shortfall) == (plan.bound.musts, plan.bound.shortfall)
    row("planner", (plan.musts, plan.shortfall, plan.value), took, problem, plan.meetings)
    row("bound", (plan.bound.musts, plan.bound.shortfall, plan.bound.value))
    row("first come", worth(problem, naive), naive_took, problem, naive)
    kept = not broken and proven and gap(plan) <= share and took <= seconds and memory <= MEMORY
    print(f"  {plan.status}, gap {gap(plan):.3f} % (at most {share}), {took:.1f} s (at most {seconds}), {memory:.2f} GB (at most {MEMORY}), "
          f"{len(broken)} broken rules{'' if proven else ', musts or shortfall not proven'}: {said(kept)}", flush=True)  # fmt: skip
    for fault in broken[:10]:
        print(f"    {fault}")
    return (mend(problem, plan.meetings) and kept) if MEND_FROM <= len(problem.participants) <= LIMITS[1][0] else kept


def row(name: str, goals: tuple[int, int, int], took: float | None = None, problem: Problem | None = None, meetings: Sequence[Meeting] = ()) -> None:
    cells = "".join(f"{word} {number:6}  " for word, number in zip(("musts", "shortfall", "value"), goals))
    if problem:
        walks = [number for id_, number in table_changes(problem, meetings).items() if any(id_ in meeting.pair for meeting in meetings)]
        cells += f"{took:7.2f} s  {statistics.mean(walks or [0]):.2f} table changes a person who meets"
    print(f"  {name:11} {cells}")


def mend(problem: Problem, old: Sequence[Meeting]) -> bool:
    """Take out one participant after another, each from the same plan, and print what becomes of the others' meetings."""
    kept = True
    meeting = sorted({id_ for each in old for id_ in each.pair})
    for gone in random.Random(1).sample(meeting, MENDED):
        away = frozenset(slot.id for slot in problem.slots)
        people = tuple(replace(each, unavailable=away) if each.id == gone else each for each in problem.participants)
        began = time.monotonic()
        plan = solve(replace(problem, participants=people), seconds=MEND_SECONDS, keep=old)
        took = time.monotonic() - began
        broken = faults(replace(problem, participants=people), json.loads(json.dumps(plan.as_json())))
        others = [each for each in old if gone not in each.pair]
        moved = len(set(others) - set(plan.meetings))
        came = len({each.pair for each in plan.meetings} - {each.pair for each in old})
        good = not broken and took <= MEND_SECONDS and moved <= MEND_MOVED
        kept &= good
        print(f"  without {gone}: {took:.1f} s (at most {MEND_SECONDS:g}), {len(old) - len(others)} meetings fell out, {moved} others moved or lost "
              f"(at most {MEND_MOVED}), {came} new, {plan.status}, {len(broken)} broken rules: {said(good)}", flush=True)  # fmt: skip
    return kept


def said(kept: bool) -> str:
    return "kept" if kept else "MISSED"


def problems(paths: list[str]) -> list[Problem]:
    """Those named, or the public ones and the big one, the smallest first."""
    found = [Path(path) for path in paths] or sorted((SHARED / "plans").glob("*.json"))
    if not found:
        raise SystemExit("No problems found: name files, or set MATCHMAKER_SHARED.")
    made = [] if paths else [random_problem(800, 430, 370, 12, 130, 10)]
    return sorted([*(read_problem(path) for path in found), *made], key=lambda problem: len(problem.participants))


def main() -> int:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as alone:
        return int(not all([alone.submit(measure, problem).result() for problem in problems(sys.argv[1:])]))


if __name__ == "__main__":
    sys.exit(main())
