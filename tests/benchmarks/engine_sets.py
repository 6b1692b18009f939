"""Where the benchmarks of the engine find their texts."""

import csv
import os
from pathlib import Path

from matchmaker.engine.documents import Document

SHARED = Path(os.environ.get("MATCHMAKER_SHARED", Path(__file__).parents[2].parent / "shared"))


def judged_sets(folders: list[str]) -> list[Path]:
    """The folders named, or every judged set there is."""
    if folders:
        return [Path(folder) for folder in folders]
    found = sorted(path.parent for path in (SHARED / "bench").glob("*/qrels.jsonl"))
    if not found:
        raise SystemExit("No judged sets found: name folders, or set MATCHMAKER_SHARED.")
    return found


def profiles() -> list[Document]:
    """The 5,706 real profiles as offers."""
    with (SHARED / "profiles" / "startups_5706.csv").open(encoding="utf-8", newline="") as file:
        return [
            Document(str(number), f"{row['one_liner']}\n{row['description']}".strip(), "en")
            for number, row in enumerate(csv.DictReader(file))
        ]


def challenges() -> list[Document]:
    """The 970 real challenge statements as needs."""
    with (SHARED / "profiles" / "challenges_970.csv").open(encoding="utf-8", newline="") as file:
        return [
            Document(str(number), f"{row['title']}\n{row['statement']}".strip(), "en")
            for number, row in enumerate(csv.DictReader(file))
        ]
