"""The coordinator's list of who takes part: whom one looks for, by name, side and answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matchmaker.core.texts import clean_line
from matchmaker.meetings.models import Participant
from matchmaker.meetings.states import Answer, Side

SILENT = "silent"
"""Comes, or may come, and has given no wish."""


@dataclass(frozen=True)
class Wanted:
    """`text` in the name or the challenge's title; `side` and `answer` as their states say, "" for all; `answer` may be SILENT."""

    text: str = ""
    side: str = ""
    answer: str = ""

    @classmethod
    def asked(cls, arguments: Mapping[str, str]) -> "Wanted":
        """From an address; what means nothing is left out."""
        side, answer = arguments.get("hvem", ""), arguments.get("svar", "")
        known = {*Answer, SILENT}
        return cls(clean_line(arguments.get("navn"))[:200], side if side in {Side.NEED, Side.OFFER} else "", answer if answer in known else "")

    def __bool__(self) -> bool:
        return bool(self.text or self.side or self.answer)

    def among(self, participants: Iterable[Participant], given: Mapping[int, int]) -> list[Participant]:
        """`given`: how many wishes each has given, by its id."""
        return [each for each in participants if self._is(each, given)]

    def _is(self, who: Participant, given: Mapping[int, int]) -> bool:
        words = f"{who.name}\n{who.challenge.title if who.challenge else ''}\n" + "\n".join(f"{each.name}\n{each.email}" for each in who.representatives)
        if self.text.casefold() not in words.casefold() or self.side not in {"", who.side}:
            return False
        if self.answer == SILENT:
            return who.answer != Answer.DECLINED and not given.get(who.id)
        return self.answer in {"", who.answer}
