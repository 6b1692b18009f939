"""Wishes to a timetable of one-to-one meetings, and nothing else.

The planner is pure: it imports no web framework and no database, and reads no environment.
Its files stand in one order, and each imports only those below it: explaining > relaxing > solve > model, solver, tables > problem.
``reading``, ``reasons``, ``report`` and ``check`` stand beside them: they know problems and plans, and nothing of how plans are made.
HiGHS is loaded when a problem needs it, never on import.
"""
