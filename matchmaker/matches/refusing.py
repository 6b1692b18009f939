"""Why a step was refused."""


class Closed(Exception):
    """The step is not open any more: somebody answered, withdrew or let it run out in the meantime."""
