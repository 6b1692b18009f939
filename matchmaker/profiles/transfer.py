"""A profile as one row of a table: the columns, how a row is read, and how one is written so that it reads back the same."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from stdnum.no import orgnr

from matchmaker.core.i18n import LANGUAGES as TEXT_LANGUAGES
from matchmaker.core.imports.cells import Cells, finder, import_key, join, plain_address
from matchmaker.core.imports.importers import Record
from matchmaker.core.imports.mapping import Field
from matchmaker.core.imports.problems import Problem
from matchmaker.core.reference import sdgs, themes
from matchmaker.core.texts import clean_line
from matchmaker.organisations.models import Kind
from matchmaker.profiles.content import LANGUAGES, MOST_KEYWORDS, MOST_LINKS, MOST_REFERENCES, TEXT_LIMIT
from matchmaker.profiles.models import Profile
from matchmaker.profiles.places import find_place, place_label

KIND_NAMES = {Kind.STARTUP: _l("Oppstartsbedrift"), Kind.CLUSTER_PARTNER: _l("Klyngepartner")}
REFERENCE_PARTS = {"customer": _l("Referanse: hvem"), "period": _l("Referanse: når"), "result": _l("Referanse: resultat"), "link": _l("Referanse: lenke")}
REFERENCE_LIMITS = {"customer": 200, "period": 60, "result": 2000, "link": 300}


class ReferenceLabel:
    """The header of one reference's column, in the running language: «Referanse: hvem 2»."""

    def __init__(self, part: str, number: int) -> None:
        self.part, self.number = part, number

    def __str__(self) -> str:
        return f"{REFERENCE_PARTS[self.part]} {self.number}"


PLAIN_FIELDS = (
    Field("name", _l("Navn"), ("navn", "namn", "company", "company name", "startup", "bedrift", "virksomhet", "firma", "selskap", "title",
        "organisation", "organization", "løsning"), required=True),
    Field("kind", _l("Hvem"), ("type", "kind", "category", "slag")),
    Field("website", _l("Nettsted"), ("website", "url", "web", "homepage", "hjemmeside", "nettside", "heimeside", "domain")),
    Field("org_number", _l("Organisasjonsnummer"), ("orgnr", "org nr", "org.nr.", "organisation number", "organization number")),
    Field("summary", _l("Hva de gjør, og for hvem"), ("one_liner", "one liner", "tagline", "pitch", "short description",
        "kort beskrivelse", "sammendrag", "samandrag", "about", "om")),
    Field("problem", _l("Problemet de løser"), ("problem", "problem solved", "behov")),
    Field("how", _l("Slik virker det"), ("description", "beskrivelse", "beskriving", "skildring", "long description",
        "how it works", "solution", "løsningen", "details"), instead="summary"),
    Field("maturity", _l("Modenhet (1–9)"), ("maturity", "trl", "modenhet", "modning", "readiness")),
    Field("themes", _l("Tema"), ("themes", "theme", "temaer", "los")),
    Field("sdgs", _l("Bærekraftsmål"), ("sdg", "sdgs", "goals", "berekraftsmål")),
    Field("places", _l("Leverer i"), ("places", "regions", "markets", "counties", "fylker", "kommuner", "fylke")),
    Field("languages", _l("Språk løsningen finnes på"), ("languages", "språk i løsningen")),
    Field("capacity", _l("Nye piloter nå"), ("capacity", "kapasitet", "pilots")),
    Field("links", _l("Lenker"), ("links", "urls", "lenker", "lenkjer")),
    Field("keywords", _l("Stikkord"), ("tags", "keywords", "industry", "industries", "sector", "bransje", "næring", "emneord"), many=True),
    Field("location", _l("Holder til"), ("location", "city", "place", "sted", "stad", "by", "address", "adresse", "hovedkontor")),
    Field("language", _l("Språket teksten er skrevet på"), ("language", "lang", "språk", "målform")),
)  # fmt: skip


def reference_fields(number: int) -> tuple[Field, ...]:
    """The four columns of the reference at this place, counted from 1."""
    return tuple(Field(f"reference_{number}_{part}", ReferenceLabel(part, number), (f"reference {number} {part}",)) for part in REFERENCE_PARTS)


STATUS = Field("status", _l("Status i fila (gir bare varsel)"), ("status", "company status", "operating status", "bedriftsstatus"))
"""Read and warned of, never kept: a profile has no such field, and so no export has the column."""
TEXTS = ("summary", "problem", "how")
OVER = frozenset(
    "inactive inaktiv acquired oppkjøpt closed stengt dead defunct dissolved oppløst avviklet nedlagt konkurs bankrupt slettet deleted merged fusjonert".split()
)
"""Words in a status that say the company may no longer be there, in the words of the lists people import."""

FIELDS = (*PLAIN_FIELDS, STATUS, *(field for number in range(1, MOST_REFERENCES + 1) for field in reference_fields(number)))


def key_of(name: str, website: str) -> str:
    """Two rows with the same name and site are the same company."""
    return import_key(name, plain_address(website))


def read(line: int, values: dict[str, str], options: dict[str, Any]) -> tuple[Record, list[Problem]]:
    """The row as a record whose values hold only what the row says: an empty cell is left out and so changes nothing."""
    cells = Cells(values)
    said: dict[str, Any] = {"name": cells.line("name", 200)}
    if not said["name"]:
        cells.refuse("name", "required")
    readers = {
        "kind": lambda: cells.choice("kind", _kinds()),
        "website": lambda: cells.address("website"),
        "org_number": lambda: _org_number(cells),
        "summary": lambda: cells.text("summary", TEXT_LIMIT),
        "problem": lambda: cells.text("problem", TEXT_LIMIT),
        "how": lambda: cells.text("how", TEXT_LIMIT),
        "maturity": lambda: cells.whole("maturity", 1, 9),
        "themes": lambda: cells.choices("themes", _themes()),
        "sdgs": lambda: cells.choices("sdgs", _sdgs()),
        "places": lambda: cells.choices("places", find_place, most=200),
        "languages": lambda: cells.choices("languages", _languages(LANGUAGES)),
        "capacity": lambda: cells.whole("capacity", 0, 1000),
        "links": lambda: cells.addresses("links", MOST_LINKS),
        "keywords": lambda: _keywords(cells),
        "location": lambda: cells.line("location", 500),
        "language": lambda: cells.choice("language", _languages(tuple(TEXT_LANGUAGES))),
        "status": lambda: cells.text("status", TEXT_LIMIT)[:60],
    }
    said.update((name, value) for name, value in ((name, reader()) for name, reader in readers.items() if cells.has(name)) if value not in ("", None, []))
    references = _references(cells)
    if references:
        said["references"] = references
    return Record(line, key_of(said["name"], said.get("website", "")), said["name"], said, cells.remarks), cells.problems


def warnings(record: Record, standing: Profile | None) -> list[Problem]:
    """What is worth a look: nothing to match by, in the row or from before, and a status that says the company is no longer there."""
    told = any(record.values.get(name) or getattr(standing, name, "") for name in TEXTS)
    told = told or any(reference[2] for reference in record.values.get("references", ())) or any(each.result for each in getattr(standing, "references", ()))
    status = record.values.get("status", "")
    found = [] if told else [Problem("", "no_text")]
    return found + ([Problem("status", "not_active", status)] if OVER & set(re.findall(r"\w+", status.casefold())) else [])


def _org_number(cells: Cells) -> str:
    written = cells.line("org_number", 30)
    number = orgnr.compact(written)
    if written and not orgnr.is_valid(number):
        cells.refuse("org_number", "org_number", written)
    return number


def _keywords(cells: Cells) -> list[str]:
    """Free words: the longest and the last of too many are cut instead of refused, since nothing is decided by them."""
    words = {clean_line(word.replace("|", "/"))[:60].strip() for word in cells.text("keywords", TEXT_LIMIT).replace(";", ",").replace("\n", ",").split(",")} - {
        ""
    }
    return sorted(words)[:MOST_KEYWORDS]


def _references(cells: Cells) -> list[list[str]]:
    found = []
    for number in range(1, MOST_REFERENCES + 1):
        names = {part: f"reference_{number}_{part}" for part in REFERENCE_PARTS}
        if not any(cells.has(name) for name in names.values()):
            continue
        customer, period = cells.line(names["customer"], REFERENCE_LIMITS["customer"]), cells.line(names["period"], REFERENCE_LIMITS["period"])
        if not customer:
            cells.refuse(names["customer"], "required")
        found.append([customer, period, cells.text(names["result"], REFERENCE_LIMITS["result"]), cells.address(names["link"])])
    return found


def written(profiles: Sequence[Profile]) -> Iterator[list[str]]:
    """Header and rows in the running language, with columns for as many references as anybody has."""
    references = min(MOST_REFERENCES, max((len(profile.references) for profile in profiles), default=0))
    fields = [*PLAIN_FIELDS, *(field for number in range(1, references + 1) for field in reference_fields(number))]
    yield [str(field.label) for field in fields]
    for profile in profiles:
        cells = _cells(profile)
        for number, each in enumerate(profile.references[:references], start=1):
            cells.update({f"reference_{number}_{part}": getattr(each, part) for part in REFERENCE_PARTS})
        yield [cells.get(field.name, "") for field in fields]


def _cells(profile: Profile) -> dict[str, str]:
    return {
        "name": profile.name,
        "kind": str(KIND_NAMES.get(Kind(profile.organisation.kind), "")),
        "website": profile.organisation.website,
        "org_number": profile.organisation.org_number,
        "summary": profile.summary,
        "problem": profile.problem,
        "how": profile.how,
        "maturity": str(profile.maturity or ""),
        "themes": join(sorted(themes()[key].name for key in profile.themes if key in themes())),
        "sdgs": join(sorted(profile.sdgs, key=lambda each: (len(each), each))),
        "places": join(place_label(number) for number in profile.places),
        "languages": join(profile.languages),
        "capacity": "" if profile.capacity is None else str(profile.capacity),
        "links": "\n".join(profile.links),
        "keywords": join(profile.keywords),
        "location": profile.location,
        "language": profile.language,
    }


@cache
def _kinds():
    return finder({kind: [*_in_every_language(name), kind.value.replace("_", " ")] for kind, name in KIND_NAMES.items()})


@cache
def _themes():
    return finder({key: (theme.nb, theme.nn, theme.en) for key, theme in themes().items()})


@cache
def _sdgs():
    return finder(
        {key: (goal.nb, goal.nn, goal.en, *(f"{key}{dot} {name}" for name in (goal.nb, goal.nn, goal.en) for dot in (".", ""))) for key, goal in sdgs().items()}
    )


@cache
def _languages(codes: tuple[str, ...]):
    spelled = {
        "nb": ("no", "nb-no", "norsk", "bokmål", "norwegian", "norsk bokmål"),
        "nn": ("nn-no", "nynorsk", "norsk nynorsk"),
        "en": ("eng", "english", "engelsk", "en-us", "en-gb"),
    }
    return finder({code: spelled.get(code, ()) for code in codes})


def _in_every_language(words) -> list[str]:
    found = []
    for language in TEXT_LANGUAGES:
        with force_locale(language):
            found.append(str(words))
    return found
