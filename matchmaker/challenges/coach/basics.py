"""Is what a company needs to know there: for whom, how it is today, what is to be different, and a need rather than a thing?"""

import re
from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from matchmaker.challenges.coach.findings import Finding, Text
from matchmaker.challenges.coach.lists import MEASURES, NOT_WANTED, NUMBERS, PEOPLE, TECHNOLOGY, TODAY, WANTS

FEWEST_WORDS, FEW_WORDS = 8, 18
MOST_BETWEEN = 5
FARTHEST = 200
"""Letters after a wish in which its thing can stand."""


def tells_whom(text: Text) -> bool:
    """Whether it says who is affected: in the field for it, or by a word for people in the need or how it is today."""
    return bool(text.fields["affected"].strip() or PEOPLE[text.language].search(text.fields["need"] + "\n" + text.fields["situation"]))


def tells_effect(text: Text) -> bool:
    """Whether it says what is to be different: in the field for it, or by a word for more or less in the need."""
    return bool(text.fields["effect"].strip() or MEASURES[text.language].search(text.fields["need"]))


def short(text: Text) -> Iterator[Finding]:
    words = len(text.fields["need"].split())
    if words < FEW_WORDS:
        yield Finding(
            "short", "important" if words < FEWEST_WORDS else "tip", "need",
            _l("Behovet er kort. Skriv to–tre setninger, så forstår også de som ikke kjenner kommunen hva som er vanskelig."),
            _l("«Barnehagene kaster mat som er gått ut på dato, fordi ingen har oversikt over lageret. Varene blir glemt.»"),
        )  # fmt: skip


def user(text: Text) -> Iterator[Finding]:
    if not tells_whom(text):
        yield Finding(
            "user", "important", "affected",
            _l("Vi ser ikke hvem det gjelder. Bedriftene må vite hvem de skal hjelpe."),
            _l("«Kokker på to sykehjem og 14 ansatte i barnehagene.»"),
            needed=True,
        )  # fmt: skip


def baseline(text: Text) -> Iterator[Finding]:
    told = f"{text.fields['need']}\n{text.fields['situation']}"
    has_number = bool(NUMBERS[text.language].search(told))
    if not text.fields["situation"] and not has_number and not TODAY[text.language].search(told):
        yield Finding(
            "baseline", "important", "situation",
            _l("Det står ikke hvordan det er i dag. Uten et nullpunkt kan ingen vise at det ble bedre."),
            _l("«Vi kaster 120 kilo mat i uka. Hvert kjøkken teller på papir.»"),
        )  # fmt: skip
    elif not has_number and not NUMBERS[text.language].search(text.described):
        yield Finding(
            "number", "tip", "situation",
            _l("Det finnes ingen tall. Et anslag er bedre enn ingenting: hvor ofte, hvor mange, hvor lenge?"),
            _l("«Omtrent 40 telefoner i uka, fem minutter hver.»"),
        )  # fmt: skip


def effect(text: Text) -> Iterator[Finding]:
    measures, numbers = MEASURES[text.language], NUMBERS[text.language]
    wanted = text.fields["effect"]
    if not tells_effect(text):
        yield Finding(
            "effect", "important", "effect",
            _l("Det står ikke hva dere vil oppnå. Da er det vanskelig å si hva som er et godt svar."),
            _l("«Vi vil halvere det vi kaster i løpet av et år.»"),
            needed=True,
        )  # fmt: skip
    elif wanted and not measures.search(wanted) and not numbers.search(wanted):
        name, start, end, sentence = next(text.sentences("effect"), ("effect", 0, 0, ""))
        yield Finding(
            "effect", "tip", name,
            _l("Dette kan ikke måles ennå. Skriv hva det skal bli mer eller mindre av."),
            _l("I stedet for «en bedre hverdag»: «færre timer til dobbeltføring hver uke»."),
            start, end, sentence,
        )  # fmt: skip


def solution(text: Text) -> Iterator[Finding]:
    for name, start, end, sentence in text.sentences("title", "need", "effect"):
        thing = _thing_wanted(sentence, text.language) or (_opens_with_a_thing(sentence, text.language) if name == "title" else None)
        if thing:
            yield Finding(
                "solution", "important", name,
                _l("Her står det en løsning («%(thing)s») i stedet for et behov. Da får dere bare svar fra dem som selger akkurat det.", thing=thing),
                _l("I stedet for «vi trenger en app»: «hjemmetjenesten får beskjed for sent når en vakt må dekkes»."),
                start, end, sentence,
            )  # fmt: skip


def _thing_wanted(sentence: str, language: str) -> str | None:
    """The technology that the sentence wishes for, if it does: a wish, at most five plain words, and a thing."""
    for wish in WANTS[language].finditer(sentence):
        for thing in TECHNOLOGY[language].finditer(sentence, wish.end(), wish.end() + FARTHEST):
            between = sentence[wish.end() : thing.start()]
            if len(between.split()) > MOST_BETWEEN or re.search(r"[.,;:!?]", between):
                break
            if not NOT_WANTED.search(between):
                return thing.group().strip()
    return None


def _opens_with_a_thing(title: str, language: str) -> str | None:
    thing = TECHNOLOGY[language].search(title)
    return thing.group().strip() if thing and len(title[: thing.start()].split()) <= 2 and not NOT_WANTED.search(title[: thing.start()]) else None


CHECKS = (short, user, baseline, effect, solution)
