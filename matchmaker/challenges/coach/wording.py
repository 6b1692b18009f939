"""Is it said so that everybody may answer and anybody may read it: brands, narrow requirements, personal data, long sentences, jargon?"""

import re
from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from matchmaker.challenges.coach.findings import Finding, Text
from matchmaker.challenges.coach.jargon import JARGON
from matchmaker.challenges.coach.lists import NARROW, OR_EQUAL, PRODUCTS, WANTS

LONGEST_SENTENCE = 32
PERSONAL = (
    ("id", re.compile(r"(?<!\d)[0-7]\d[014589]\d{3}[ ]?\d{5}(?!\d)")),
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    ("phone", re.compile(
        r"(?<![\d.,])(?:(?:\+|00)47[ ]?)?(?:[2-9]\d(?:[ ]\d\d){3}|[49]\d\d[ ]\d\d[ ]\d{3}|[49]\d{7})(?![\d ]{0,12}(?:kr|kroner|NOK|mill))(?!\d)", re.IGNORECASE,
    )),
)  # fmt: skip


def brand(text: Text) -> Iterator[Finding]:
    """A product wished for. That one is in use today may well be said."""
    for name, start, end, sentence in text.sentences("title", "need", "effect"):
        product = PRODUCTS.search(sentence)
        if product and not OR_EQUAL.search(sentence) and (name == "title" or WANTS[text.language].search(sentence)):
            yield Finding(
                "brand", "important", name,
                _l("«%(product)s» er et produkt. Skriv hva dere trenger å få gjort, så kan flere svare.", product=product.group()),
                _l("I stedet for «vi trenger Teams på nettbrett»: «nattevaktene må kunne nå hverandre mens de er på farten»."),
                start, end, sentence,
            )  # fmt: skip


def one_supplier(text: Text) -> Iterator[Finding]:
    for row, requirement in enumerate(text.requirements):
        product = None if OR_EQUAL.search(requirement) else PRODUCTS.search(requirement)
        narrow = product or NARROW.search(requirement)
        if narrow:
            yield Finding(
                "one_supplier", "important", "requirements",
                _l("«%(words)s» kan gjøre at bare én leverandør kan svare, og at nye bedrifter faller utenfor.", words=narrow.group()),
                _l("I stedet for «må virke i Teams»: «må virke sammen med møteverktøyet vi har, Teams eller tilsvarende»."),
                0, len(requirement), requirement, row,
            )  # fmt: skip


def personal(text: Text) -> Iterator[Finding]:
    fields = [(name, 0, value) for name, value in text.fields.items()] + [("requirements", row, value) for row, value in enumerate(text.requirements)]
    why = {
        "id": _l("Dette ser ut som et fødselsnummer. Ta det bort; teksten blir offentlig."),
        "email": _l("Det står en e-postadresse i teksten. Bruk feltet for kontakt; teksten blir offentlig."),
        "phone": _l("Dette ser ut som et telefonnummer. Bruk feltet for kontakt; teksten blir offentlig."),
    }
    for name, row, value in fields:
        for kind, pattern in PERSONAL:
            if found := pattern.search(value):
                instead = _l("Skriv rollen i stedet: «sykepleieren på nattevakt».")
                yield Finding("personal", "important", name, why[kind], instead, found.start(), found.end(), found.group(), row)


def long_sentence(text: Text) -> Iterator[Finding]:
    for name, start, end, sentence in text.sentences("need", "situation", "effect", "affected"):
        words = len(sentence.split())
        if words > LONGEST_SENTENCE:
            yield Finding(
                "long", "tip", name,
                _l("Setningen har %(words)s ord. Del den i to, så er den lettere å lese.", words=words),
                _l("Én tanke i hver setning. Sett punktum der dere ville trukket pusten."),
                start, end, sentence,
            )  # fmt: skip


def jargon(text: Text) -> Iterator[Finding]:
    for name, start, end, sentence in text.sentences("title", "need", "situation", "effect", "affected"):
        for pattern, plainer in JARGON[text.language]:
            if found := pattern.search(sentence):
                yield Finding(
                    "jargon", "tip", name,
                    _l("«%(word)s» er et ord folk utenfor kommunen snubler i.", word=found.group()),
                    _l("Prøv «%(plainer)s».", plainer=plainer),
                    start, end, sentence,
                )  # fmt: skip


CHECKS = (brand, one_supplier, personal, long_sentence, jargon)
