"""Wishes to a timetable of one-to-one meetings, and nothing else.

The planner is pure: it imports no web framework and no database, and reads no environment.
Its files stand in one order, and each imports only those below it: reasons > solve > model, solver, tables > problem.
``report`` and ``check`` stand beside them: they read problems and plans, and know nothing of how plans are made.
HiGHS is loaded when a problem needs it, never on import.
"""
