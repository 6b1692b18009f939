"""The example that explains matching: a need and an offer, and which words of the one answer which words of the other.

Both texts are written for the explanation, after what is publicly known of Halden kommune and TotalCtrl.
"""

from dataclasses import dataclass

NEED = (
    "Barnehager og sykehjem i Halden kaster mat som er gått ut på dato, fordi ingen har oversikt over hva som står på lager. "
    "Hvert kjøkken teller på sin måte, og varene blir glemt til holdbarheten er ute.\n\n"
    "Vi vil halvere det vi kaster i løpet av et år, og kunne vise det med tall. "
    "Løsningen må kunne hente varelinjer fra innkjøpsavtalen."
)
OFFER = (
    "TotalCtrl gir oversikt over all maten som finnes på lager, med holdbarhetsdato på hver vare. "
    "Kjøkkenet får beskjed før datoen går ut, så varene blir brukt i tide.\n\n"
    "Hver enhet ser hva den bruker og hva den må kaste, uke for uke."
)
ANSWERS = [
    ("ingen har oversikt over hva som står på lager", "gir oversikt over all maten som finnes på lager"),
    ("varene blir glemt til holdbarheten er ute", "får beskjed før datoen går ut"),
    ("halvere det vi kaster", "ser hva den bruker og hva den må kaste, uke for uke"),
]
UNMET = "hente varelinjer fra innkjøpsavtalen"


@dataclass(frozen=True)
class Pair:
    number: int
    asked: str
    quote: str


Marked = list[tuple[int, int, int | None]]


@dataclass(frozen=True)
class Example:
    """`need_spans` and `offer_spans`: (start, end, number), in characters; number None where the offer is silent."""

    need: str
    offer: str
    need_spans: Marked
    offer_spans: Marked
    pairs: list[Pair]
    unmet: list[str]


def example() -> Example:
    pairs = [Pair(number, asked, quote) for number, (asked, quote) in enumerate(ANSWERS, start=1)]
    asked: Marked = [(*_where(NEED, pair.asked), pair.number) for pair in pairs]
    offered: Marked = [(*_where(OFFER, pair.quote), pair.number) for pair in pairs]
    return Example(NEED, OFFER, [*asked, (*_where(NEED, UNMET), None)], offered, pairs, [UNMET])


def _where(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)
