"""One question to start a meeting with, as the side that asks it would say it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from matchmaker.challenges.models import Challenge
from matchmaker.matches.models import Suggestion
from matchmaker.matches.reasons import reasons_of, unmet_of
from matchmaker.matches.states import Band
from matchmaker.meetings.models import Participant
from matchmaker.meetings.states import Side

LONGEST = 260
"""Characters of somebody's words in a question; more is a text, not a question."""


class About(StrEnum):
    """What a question begins from, the most telling first."""

    UNMET = "unmet"
    REASON = "reason"
    EFFECT = "effect"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Question:
    """`quoted`: somebody's own words, in `language`; '' where there are none to begin from. `asking`: the side that asks."""

    about: About
    asking: Side
    quoted: str = ""
    language: str = ""

    @property
    def words(self) -> str:
        """What is asked, said after the quoted words, in the language of the reader."""
        if self.asking == Side.NEED:
            sentences = {
                About.UNMET: lambda: _("Dette sier profilen deres ingenting om. Hvordan løser dere det?"),
                About.REASON: lambda: _("Hvordan ville det ha sett ut hos oss?"),
                About.EFFECT: lambda: _("Hva skal til for at vi kommer dit?"),
                About.NOTHING: lambda: _("Hva er det minste vi kan prøve sammen?"),
            }
        else:
            sentences = {
                About.UNMET: lambda: _("Dette sier profilen vår ingenting om. Hva må en løsning få til hos dere?"),
                About.REASON: lambda: _("Hvordan gjør dere det i dag, og hva har dere prøvd?"),
                About.EFFECT: lambda: _("Hvordan vil dere merke at dere er kommet dit?"),
                About.NOTHING: lambda: _("Hva er det minste vi kan prøve hos dere?"),
            }
        return str(sentences[self.about]())

    @property
    def lines(self) -> list[str]:
        """As plain text, for letters: the quoted words on a line of their own."""
        return [*([_("«%(quoted)s»", quoted=self.quoted)] if self.quoted else []), self.words]


def question_for(who: Participant, other: Participant, suggestion: Suggestion | None) -> Question:
    """From what is asked and not offered, else from the first of the reasons, else from the effect the need is to have, unless that is a draft."""
    asking, needing = Side(who.side), who if who.challenge else other
    need = needing.challenge
    assert need is not None  # one of two who meet is a need
    kept = suggestion.reasons if suggestion and suggestion.band != Band.NONE else None
    if unmet := [each for each in unmet_of(kept) if len(each) <= LONGEST]:
        return Question(About.UNMET, asking, unmet[0], need.language)
    profile = who.profile or other.profile
    for reason in reasons_of(kept):
        quoted, language = (reason.quotes[0], profile.language if profile else "") if asking == Side.NEED else (reason.asked, need.language)
        if len(quoted) <= LONGEST:
            return Question(About.REASON, asking, quoted, language)
    return Question(About.EFFECT, asking, effect, need.language) if needing.is_public and (effect := _effect(need)) else Question(About.NOTHING, asking)


def _effect(need: Challenge) -> str:
    """The first sentence of what the need is to bring about."""
    first = re.split(r"(?<=[.!?])\s|\n", need.effect.strip(), maxsplit=1)[0]
    return first if len(first) <= LONGEST else ""
