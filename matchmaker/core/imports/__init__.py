"""Imports: one file, its column mapping, what became of every row, and how to take all of it back.

Knows no area: what a row means is told by the area's importer, registered under the import's kind (`importers.py`).
"""

from matchmaker.core.imports.models import Import, ImportRow

__all__ = ["Import", "ImportRow"]
