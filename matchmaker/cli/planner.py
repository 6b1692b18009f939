"""Commands that make and check plans of meetings from outside; the formats are fixed, others read them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from matchmaker.planner.problem import Meeting, Plan, Problem
from matchmaker.planner.reading import ProblemError, read_meetings, read_plain, read_problem

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
UNREADABLE = 2
Read = TypeVar("Read")


@click.group()
def planner() -> None:
    """Make and check plans of meetings."""


def _in_a_folder(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """Refused before the work begins rather than after it."""
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {click.format_filename(path.parent)}.")
    return path


@planner.command()
@click.argument("problem_path", metavar="PROBLEM.json", type=FILE)
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path), callback=_in_a_folder,
              help="Write the plan here.")  # fmt: skip
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(min=0), help="How long to look for something better.")
@click.option("--keep", "keep_path", type=FILE, help="An old plan, of which as few meetings as possible are changed.")
def solve(problem_path: Path, out: Path, seconds: float, keep_path: Path | None) -> None:
    """Plan the meetings of PROBLEM.json: the most musts, then the least shortfall, then the greatest value."""
    problem = _read(read_problem, problem_path)
    old = _read(read_meetings, keep_path) if keep_path else ()

    from matchmaker.planner.explaining import explained
    from matchmaker.planner.solve import priced
    from matchmaker.planner.solve import solve as plan_meetings

    plan = plan_meetings(problem, seconds=seconds, keep=old)
    plan = explained(problem, priced(problem, plan, keep=old, seconds=seconds / 3), seconds=seconds / 3)
    out.write_text(json.dumps(plan.as_json(), indent=1), encoding="utf-8")
    _print_plan(problem, plan)
    if keep_path:
        _print_changes(old, plan.meetings)


_PRICED = {"shortfall": "the minima", "kept": "the meetings kept", "unexpected": "the unexpected meetings"}


def _print_plan(problem: Problem, plan: Plan) -> None:
    from matchmaker.planner.check import fixed_faults
    from matchmaker.planner.report import gap, spread

    each = spread(problem.by_id, plan.meetings)
    musts = {wish.pair for wish in problem.wishes if wish.must}
    _say(f"status     {plan.status}")
    _say(f"musts      {plan.musts} of {len(musts)} placed (at most {plan.bound.musts})")
    _say(f"shortfall  {plan.shortfall} (at least {plan.bound.shortfall})")
    _say(f"value      {plan.value} (at most {plan.bound.value}, gap {gap(plan):.2f} %)")
    _say(f"meetings   {len(plan.meetings)}; a person has {each.least} to {each.most}, median {each.median:g}, {each.without} have none")
    _say(f"seconds    {plan.seconds:.1f}")
    for goal, cost in plan.price.items():
        if cost is not None:
            _say(f"price      {_PRICED[goal]}: {cost} of value")
    if plan.status == "infeasible":
        for fault in fixed_faults(problem):
            _say(f"fixed meetings break a rule: {fault}")
    for row in plan.unplaced:
        if (row.need, row.offer) in musts:
            _say(f"must not placed: {row.need} – {row.offer}: {row.reason}")
    for reason in plan.short:
        _say(f"short of meetings: {reason}")
    for change in plan.relaxations:
        _say(f"what would help: {change}")


def _print_changes(old: tuple[Meeting, ...], new: tuple[Meeting, ...]) -> None:
    from matchmaker.planner.report import changes, lines

    changed = changes(old, new)
    _say(f"changed    for {len(changed)} people")
    for line in lines(changed):
        _say(f"  {line}")


@planner.command()
@click.argument("problem_path", metavar="PROBLEM.json", type=FILE)
@click.argument("plan_path", metavar="PLAN.json", type=FILE)
@click.pass_context
def check(context: click.Context, problem_path: Path, plan_path: Path) -> None:
    """List every rule of PROBLEM.json that PLAN.json breaks; the exit status is 1 if there is one."""
    from matchmaker.planner.check import faults, fixed_faults

    problem, plan = _read(read_problem, problem_path), _read(read_plain, plan_path)
    found = faults(problem, plan)
    for fault in found:
        _say(str(fault))
    if fixed_faults(problem):
        _say("The fixed meetings of the problem break rules themselves, so no plan can keep them all:")
        for fault in fixed_faults(problem):
            _say(f"  {fault}")
    _say(f"{len(found)} faults" if found else "no faults")
    context.exit(1 if found else 0)


def _read(read: Callable[[Path], Read], path: Path) -> Read:
    try:
        return read(path)
    except ProblemError as error:
        _say(f"{click.format_filename(path)} cannot be used:", err=True)
        for fault in error.faults:
            _say(f"  {fault}", err=True)
        raise click.exceptions.Exit(UNREADABLE) from None


def _say(line: str, *, err: bool = False) -> None:
    """Ids are whatever the file says; what no line can hold is written out as codes."""
    click.echo("".join(char if char.isprintable() else ascii(char)[1:-1] for char in line), err=err)
