"""Words that hide what is meant, each with a plainer one. After the Language Council of Norway's advice on plain language (klarspråk)."""

import re

_NORSE = {
    r"implementer(?:e|er|ing|t)": "ta i bruk", r"iverksett(?:e|er|es)?": "sette i gang", r"iverksetj(?:e|er|ast)": "setje i gang",
    r"samhandling(?:en)?": "samarbeid", r"samhandle(?:r)?": "samarbeide",
    r"fasilitere(?:r)?": "legge til rette for", r"adressere(?:r)?": "ta tak i", r"operasjonaliser(?:e|er|ing)": "gjøre i praksis",
    r"i henhold til": "etter", r"herunder": "blant annet", r"vedrørende": "om",
    r"ovennevnte": "det vi skrev over", r"foreta(?:r|s)?": "gjøre", r"benytte(?:r|s|t)?": "bruke", r"i forbindelse med": "ved, når",
    r"med hensyn til": "om", r"på bakgrunn av": "fordi", r"synergi(?:er|effekt\w*)?": "nytte for flere",
    r"verdikjede(?:n|r)?": "alle ledd", r"økosystem(?:et|er)?": "samarbeidspartnere", r"holistisk\w*": "samlet", r"helhetlig tilnærming": "se alt samlet",
    r"sømløs\w*": "uten stopp", r"kapasitetsbygging": "opplæring", r"interessenter?": "de det gjelder",
    r"stakeholder(?:s|e)?": "de det gjelder", r"best practice": "det som virker", r"use ?case(?:s|r)?": "bruksområde",
    r"digital transformasjon": "nye måter å jobbe på", r"disruptiv\w*": "helt ny", r"innovativ\w* løsning\w*": "ny måte å gjøre det på",
    r"proaktiv\w*": "i forkant", r"optimaliser(?:e|er|ing|t)": "gjøre bedre", r"effektiviser(?:e|er|ing)": "spare tid på",
    r"tverretatlig\w*": "på tvers av avdelinger", r"tilgjengeliggjør(?:e|es|ing)?": "vise, dele", r"problematikk(?:en)?": "problemer",
    r"ressursallokering": "fordeling av folk og penger", r"incentiv(?:er|ene)?": "grunn til å", r"insentiv(?:er|ene)?": "grunn til å",
    r"pro ?bono": "gratis", r"end-?to-?end": "fra start til slutt", r"datadrevet|datadrive": "bygd på tall",
}  # fmt: skip
_EN = {
    r"utili[sz]e[sd]?": "use", r"leverage[sd]?": "use", r"facilitate[sd]?": "help", r"holistic\w*": "whole", r"seamless\w*": "smooth, without a break",
    r"synerg(?:y|ies)": "shared benefit", r"stakeholders?": "the people it concerns",
    r"ecosystems?": "partners", r"best practice": "what works", r"use cases?": "use", r"digital transformation": "new ways of working",
    r"disruptive": "entirely new", r"innovative solutions?": "a new way of doing it", r"operationali[sz]e[sd]?": "put into practice",
    r"in accordance with": "under, by", r"with regard to": "about", r"prior to": "before", r"going forward": "from now on", r"value chains?": "every link",
    r"capacity building": "training", r"optimi[sz]e[sd]?": "improve", r"end-to-end": "from start to finish", r"paradigm\w*": "way of thinking",
}  # fmt: skip


def _compiled(words: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), plainer) for pattern, plainer in words.items()]


JARGON = {"nb": _compiled(_NORSE), "nn": _compiled(_NORSE), "en": _compiled(_EN)}
