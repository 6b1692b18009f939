"""The coordinator's list of who takes part: whom one looks for, by name, side and answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matchmaker.core.collation import alphabetical
from matchmaker.core.texts import clean_line
from matchmaker.meetings.models import Participant
from matchmaker.meetings.states import OUT, Answer, Side


def in_order(participants: Iterable[Participant]) -> list[Participant]:
    """By name as in a Norwegian telephone book, the challenges of one department by their titles."""
    return sorted(participants, key=lambda each: (alphabetical(each.name), alphabetical(each.challenge.title) if each.challenge else "", each.id))


SORTS = ("navn", "svar", "onsker")
"""By name; those first who have not answered, then those who come; those first who have given the fewest wishes."""
SILENT = "silent"
"""Comes, or may come, and has given no wish."""


@dataclass(frozen=True)
class Wanted:
    """`text` in the name or the challenge's title; `side` and `answer` as their states say, "" for all; `answer` may be SILENT."""

    text: str = ""
    side: str = ""
    answer: str = ""
    sort: str = SORTS[0]

    @classmethod
    def asked(cls, arguments: Mapping[str, str]) -> "Wanted":
        """From an address; what means nothing is left out."""
        side, answer = arguments.get("hvem", ""), arguments.get("svar", "")
        known = {*Answer, SILENT}
        sort = arguments.get("sort", "")
        return cls(
            clean_line(arguments.get("navn"))[:200],
            side if side in {Side.NEED, Side.OFFER} else "",
            answer if answer in known else "",
            sort if sort in SORTS else SORTS[0],
        )

    def __bool__(self) -> bool:
        return bool(self.text or self.side or self.answer)

    def among(self, participants: Iterable[Participant], given: Mapping[int, int]) -> list[Participant]:
        """`given`: how many wishes each has given, by its id."""
        found = in_order(each for each in participants if self._is(each, given))
        if self.sort == "svar":
            return sorted(found, key=lambda each: list(Answer).index(Answer(each.answer)))
        return sorted(found, key=lambda each: given.get(each.id, 0)) if self.sort == "onsker" else found

    def _is(self, who: Participant, given: Mapping[int, int]) -> bool:
        words = f"{who.name}\n{who.challenge.title if who.challenge else ''}\n" + "\n".join(f"{each.name}\n{each.email}" for each in who.representatives)
        if self.text.casefold() not in words.casefold() or self.side not in {"", who.side}:
            return False
        if self.answer == SILENT:
            return who.answer not in OUT and not given.get(who.id)
        return self.answer in {"", who.answer}
