"""Which of bokmål, nynorsk and English a text is in: counted small words, since these three are told apart by them.

A library would bring a hundred languages and megabytes; short Norwegian texts are what those are worst at.
"""

import re

_MARKS = {
    "nb": """jeg ikke fra hvordan hva hvor hvilke hvilken noen noe mye bare gjør gjøre gjøres være vært kommer kommune
    kommunen kommuner kommunene skolen ukene uker hun selv dere deres ble blir også slik disse etter å og i på som er en
    av til med det den de for at har kan vil skal må et om eller men mer mange ved når vi oss vår våre alle når bedre
    tjenester elever ansatte brukere løsning løsninger øke redusere mellom heller begge hver enn flere første sykehjem
    hjem hjemme uten få får gi gir mindre barn bygger lager tilbyr hjelper opp ut inn fornybar heter nå hos melk uke
    boliger penger dager varer måler barnehager skoler avfall utslipp""".split(),
    "nn": """eg ikkje frå korleis kva kvar kvifor nokon noko mykje berre gjer gjere gjera vere vore kjem kommune
    kommunen kommunar kommunane skulen veker ho sjølv dykk dykkar vart blir òg slik desse etter å og i på som er ein ei
    av til med det den dei for at har kan vil skal må eit om eller men meir mange ved når vi oss vår våre alle betre
    tenester elevar tilsette brukarar løysing løysingar auke redusere mellom heller begge kvar enn fleire første sjukeheim
    heim heime utan få får gje gjev mindre born lagar tilbyr hjelper opp ut inn fornybar heiter no hjå mjølk veke
    bustader pengar dagar varer måler barnehagar skular avfall utslepp saman skule dykkar korleis vere berekraftig""".split(),
    "en": """the of and to in a is for that with on as are by an be this from it we our you your or at can which
    have has will their they not more who how what all any its helps help using use into new city data between need needs
    people company companies services service without when than through""".split(),
}
_WORD = re.compile(r"[^\W\d_]+")
_NYNORSK = re.compile(r"^(?:kv(?:a|ar|en|ifor|ile)|.*(?:leik|heiter|ande)|.*(?:ane|ar)$)")


def detect_language(text: str) -> str:
    """``nb``, ``nn``, ``en``, or an empty string when the text does not say (too short, another language)."""
    words = [word.lower() for word in _WORD.findall(text[:4000])]
    if not words:
        return ""
    counts = {lang: sum(word in marks for word in words) for lang, marks in _SETS.items()}
    norwegian = max(counts["nb"], counts["nn"])
    if counts["en"] > norwegian:
        return "en"
    if norwegian == 0:
        return _by_letters(text, words)
    if norwegian == counts["en"]:
        return "" if not set("æøå") & set(text.lower()) else "nb"
    return "nn" if counts["nn"] > counts["nb"] else "nb"


def _by_letters(text: str, words: list[str]) -> str:
    """Titles without small words: Norwegian letters decide, then the endings that only one of the two has."""
    if not set("æøåÆØÅ") & set(text):
        return ""
    return "nn" if any(_NYNORSK.match(word) for word in words) else "nb"


_SETS = {lang: frozenset(marks) for lang, marks in _MARKS.items()}
