"""TotalCtrl's place for Halden's food-waste need, in three languages, with all 5,706 real profiles beside the demo: at most 10.

    python -m tests.benchmarks.showcase [FOLDER]

FOLDER keeps the index between runs (the first run reads every profile, which takes minutes). The real profiles are looked for
in MATCHMAKER_SHARED, or in `shared` beside the checkout.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.journeys.showcase import demo_app, fill, matcher_with, ranks_of_totalctrl, real_profiles


def main() -> int:
    shared = Path(os.environ.get("MATCHMAKER_SHARED", ROOT.parent / "shared"))
    with tempfile.TemporaryDirectory() as folder:
        app = demo_app(Path(folder))
        with app.app_context():
            fill()
            started = time.monotonic()
            matcher = matcher_with(real_profiles(shared), Path(sys.argv[1] if len(sys.argv) > 1 else folder) / "everything")
            print(f"{matcher.status().offers} profiles ready after {time.monotonic() - started:.0f} s")
            ranks = ranks_of_totalctrl(matcher)
    for language, rank in ranks.items():
        print(f"{language}: {rank}")
    return int(max(ranks.values()) > 10)


if __name__ == "__main__":
    sys.exit(main())
