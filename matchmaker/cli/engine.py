"""Commands of the engine."""

import click


@click.group()
def engine() -> None:
    """Measure and ask the matching engine."""
