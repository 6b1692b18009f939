"""Linear and integer programs. HiGHS solves them; this is the only file that knows it.

HiGHS and not a constraint solver, since the relaxation of meetings between two sides is nearly always whole, or close to it: what
is left to decide is small. It is loaded when a problem needs it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse

NEARLY = 1e-6
WHOLE_STEP = 0.999
"""Amounts are whole numbers: a gap below one is none."""


class Found(NamedTuple):
    """Columns (columns,), ``None`` where none were found, and a proven bound on the amount: nothing better exists."""

    columns: np.ndarray | None
    bound: float


@dataclass(frozen=True)
class Program:
    """``matrix`` (rows, columns) @ columns between ``low`` and ``high``; columns between ``least`` and ``most``, whole where asked."""

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray


class Solver:
    """One program, asked for the most of one thing after another."""

    def __init__(self, program: Program, expired: Callable[[], bool]) -> None:
        self._program, self._expired = program, expired
        self._held: list[tuple[np.ndarray, float]] = []
        self._relaxed = self._loaded(whole=False)

    def hold(self, weights: np.ndarray, least: float) -> None:
        """From now on ``weights`` @ columns is at least ``least``."""
        self._held.append((weights, least))
        _row(self._relaxed, weights, least)

    def relax(self, weights: np.ndarray) -> Found:
        """The most of ``weights`` @ columns where columns need not be whole; goes on from where the last answer stood."""
        highs = self._relaxed
        highs.changeColsCost(len(weights), np.arange(len(weights), dtype=np.int32), weights.astype(float))
        highs.run()
        if not _optimal(highs):
            return Found(None, np.inf)
        return Found(np.array(highs.getSolution().col_value), highs.getInfo().objective_function_value)

    def whole(self, weights: np.ndarray, seconds: float, start: np.ndarray | None = None, told: Callable[[float, float], None] | None = None) -> Found:
        """The most of ``weights`` @ columns, an amount in whole numbers, with whole columns; ``start`` is where to begin.

        ``told`` hears every better amount, and the bound at that time.
        """
        import highspy

        highs = self._loaded(whole=True)
        for held, least in self._held:
            _row(highs, held, least)
        highs.changeColsCost(len(weights), np.arange(len(weights), dtype=np.int32), weights.astype(float))
        highs.setOptionValue("time_limit", float(seconds))
        highs.setOptionValue("mip_rel_gap", 0.0)
        highs.setOptionValue("mip_abs_gap", WHOLE_STEP)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.astype(float).tolist()
            highs.setSolution(solution)
        if told is not None:
            highs.cbMipImprovingSolution += lambda event: told(event.data_out.objective_function_value, event.data_out.mip_dual_bound)
        highs.run()
        info = highs.getInfo()
        known = np.array(highs.getSolution().col_value) if info.primal_solution_status == 2 else None
        return Found(known, info.mip_dual_bound)

    def _loaded(self, *, whole: bool):
        import highspy

        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        program, lp = self._program, highspy.HighsLp()
        rows, columns = program.matrix.shape
        by_column = program.matrix.tocsc()
        lp.num_row_, lp.num_col_ = rows, columns
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.zeros(columns)
        lp.col_lower_, lp.col_upper_ = program.least.astype(float), program.most.astype(float)
        lp.row_lower_, lp.row_upper_ = program.low.astype(float), program.high.astype(float)
        lp.a_matrix_.start_, lp.a_matrix_.index_ = by_column.indptr.astype(np.int32), by_column.indices.astype(np.int32)
        lp.a_matrix_.value_ = by_column.data.astype(float)
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
        highs.passModel(lp)

        def look(event) -> None:
            if self._expired():
                event.interrupt()

        highs.cbSimplexInterrupt += look
        highs.cbMipInterrupt += look
        return highs


def _row(highs, weights: np.ndarray, least: float) -> None:
    used = np.flatnonzero(weights)
    highs.addRow(float(least), np.inf, len(used), used.astype(np.int32), weights[used].astype(float))


def _optimal(highs) -> bool:
    import highspy

    return highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
