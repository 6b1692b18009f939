"""What is wanted of a plan, whatever the suggestions say."""

from dataclasses import dataclass

from matchmaker.meetings import rules
from matchmaker.meetings.queries import Material, Pair


@dataclass(frozen=True)
class Wanted:
    """The pairs that must meet, and those that one of the two wishes, by what is said now."""

    musts: frozenset[Pair]
    wishes: frozenset[Pair]


def wanted(material: Material) -> Wanted:
    """Suggestions alone want nothing here, so none are read. What is said is shared by many pairs (see `queries.material`), and is asked for once."""
    musts, wishes = set(), set()
    for key, said in {id(said): said for said in material.said.values()}.items():
        worth = rules.worth_of(said, None, silent=False)
        if worth and worth.must:
            musts.add(key)
        if worth and rules.is_wished(said):
            wishes.add(key)
    return Wanted(*(frozenset(pair for pair, said in material.said.items() if id(said) in found) for found in (musts, wishes)))
