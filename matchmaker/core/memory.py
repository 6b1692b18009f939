"""The garbage collector, set for pages that read thousands of rows: by its own measure it goes through everything the program consists of, many times a page.

On the board of 800 people that was two thirds of the time (tests/benchmarks/README.md).
"""

import gc

NEW, YOUNG, OLD = 200_000, 20, 50
"""So many new objects before it looks at the new ones; so many such looks before the young, and of those before all."""


def settle() -> None:
    """What is loaded by now stays, so it is not gone through again; what comes is looked at more seldom. Once a process."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.set_threshold(NEW, YOUNG, OLD)
