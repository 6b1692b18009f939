"""One row of a file, whatever the file is."""

from dataclasses import dataclass, field

from matchmaker.core.imports.problems import Problem


@dataclass(frozen=True)
class Row:
    """`line` is where it begins, as an editor or Excel counts. `problem` when the cells could not be told apart."""

    line: int
    cells: list[str] = field(default_factory=list)
    problem: Problem | None = None
