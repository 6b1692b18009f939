"""A challenge as one row of a table: the columns, how a row is read, and how one is written so that it reads back the same."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from matchmaker.challenges import content as contents
from matchmaker.challenges.models import Challenge
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.imports.cells import Cells, finder, import_key, join
from matchmaker.core.imports.importers import Record
from matchmaker.core.imports.mapping import Field
from matchmaker.core.imports.problems import Problem
from matchmaker.core.reference import sdgs, themes
from matchmaker.core.texts import clean, clean_line

TEXT_LIMIT, MOST_REQUIREMENTS, MOST_MONEY = 10_000, 30, 10**9
FIELDS = (
    Field("title", _l("Tittel"), ("title", "tittel", "name", "navn", "challenge", "utfordring", "headline"), required=True),
    Field("organisation", _l("Virksomhet"), ("agency", "organisation", "organization", "municipality", "kommune", "virksomhet", "verksemd", "owner")),
    Field("department", _l("Avdeling"), ("department", "avdeling", "unit", "enhet", "eining")),
    Field("need", _l("Behovet"), ("statement", "need", "behov", "description", "beskrivelse", "skildring", "problem", "problem statement")),
    Field("situation", _l("Situasjonen i dag"), ("situation", "situasjon", "current situation", "baseline")),
    Field("effect", _l("Ønsket effekt"), ("effect", "effekt", "goal", "outcome", "mål")),
    Field("affected", _l("Hvem det gjelder"), ("affected", "users", "brukere", "brukarar", "målgruppe")),
    Field("essential", _l("Må-krav"), ("requirements", "must", "essential", "krav")),
    Field("nice", _l("Bør-krav"), ("nice to have", "should", "ønsker")),
    Field("test_places", _l("Steder å teste"), ("test places", "sites", "teststed")),
    Field("test_from", _l("Test fra"), ("test from", "start", "from")),
    Field("test_to", _l("Test til"), ("test to", "end", "to")),
    Field("contribution", _l("Kommunen stiller med"), ("contribution", "bidrag")),
    Field("themes", _l("Tema"), ("themes", "theme", "temaer", "los")),
    Field("sdgs", _l("Bærekraftsmål"), ("sdg", "sdgs", "berekraftsmål")),
    Field("maturity_wanted", _l("Modenhet minst (1–9)"), ("trl", "maturity", "modenhet")),
    Field("budget_from", _l("Budsjett fra (kr)"), ("budget from", "budget min")),
    Field("budget_to", _l("Budsjett til (kr)"), ("budget to", "budget max", "budget", "budsjett")),
    Field("questions_due", _l("Spørsmålsfrist"), ("questions due", "question deadline")),
    Field("answers_due", _l("Svarfrist"), ("answers due", "deadline", "frist", "due date")),
    Field("contact_name", _l("Kontaktperson"), ("contact", "contact name", "kontakt")),
    Field("contact_email", _l("Kontaktens e-post"), ("contact email", "email", "e-post", "epost")),
    Field("language", _l("Språk"), ("language", "lang", "målform")),
)
TEXTS = ("need", "situation", "effect", "affected", "test_places", "contribution")
DAYS = ("test_from", "test_to", "questions_due", "answers_due")
ABOUT_OWNER = {"organisation", "department"}


def read(line: int, values: dict[str, str], options: dict[str, Any]) -> tuple[Record, list[Problem]]:
    """Options: `organisation_name` and `organisation_department` own the rows that name nobody."""
    cells = Cells(values)
    said: dict[str, Any] = {"title": cells.line("title", 200)}
    if not said["title"]:
        cells.refuse("title", "required")
    said.update({name: cells.text(name, TEXT_LIMIT) for name in TEXTS if cells.has(name)})
    said.update({name: cells.day(name) for name in DAYS if cells.has(name)})
    said.update({name: cells.line(name, most) for name, most in (("organisation", 200), ("department", 120), ("contact_name", 120)) if cells.has(name)})
    if cells.has("themes"):
        said["themes"] = cells.choices("themes", _themes())
    if cells.has("sdgs"):
        said["sdgs"] = cells.choices("sdgs", _sdgs())
    if cells.has("maturity_wanted"):
        said["maturity_wanted"] = cells.whole("maturity_wanted", 1, 9)
    said.update({name: cells.whole(name, 0, MOST_MONEY) for name in ("budget_from", "budget_to") if cells.has(name)})
    if cells.has("contact_email"):
        said["contact_email"] = cells.line("contact_email", 254)
        if "@" not in said["contact_email"]:
            cells.refuse("contact_email", "email", said["contact_email"])
    if cells.has("language"):
        said["language"] = cells.choice("language", _languages())
    if cells.has("essential") or cells.has("nice"):
        said["requirements"] = [*_requirements(cells, "essential"), *_requirements(cells, "nice")]
    for first, last in (("budget_from", "budget_to"), ("test_from", "test_to"), ("questions_due", "answers_due")):
        if said.get(first) and said.get(last) and said[first] > said[last]:
            cells.refuse(first, "from_to", f"{said[first]} – {said[last]}")
    if "organisation" not in said and not options.get("organisation_name"):
        cells.refuse("organisation", "required")
    said = {name: value for name, value in said.items() if value not in ("", None, [])}
    owner, department = owner_of(said, options)
    return Record(line, import_key(said.get("title", ""), owner, department), said.get("title", ""), said, cells.remarks), cells.problems


def show(record: Record) -> dict[str, str]:
    shown = {name: join(value) if isinstance(value, list) else str(value) for name, value in record.values.items() if name != "requirements"}
    for name, essential in (("essential", True), ("nice", False)):
        if texts := [text for text, must in record.values.get("requirements", ()) if must is essential]:
            shown[name] = join(texts)
    return shown


def written(challenges: Iterable[Challenge]) -> Iterator[list[str]]:
    """Header and rows in the running language; a file that `ChallengeImporter` reads back as unchanged."""
    yield [str(field.label) for field in FIELDS]
    for challenge in challenges:
        cells: dict[str, Any] = {name: value.isoformat() if isinstance(value, date) else value for name, value in contents.values(challenge).items()}
        cells |= {"organisation": challenge.organisation.name, "department": challenge.organisation.department, "sdgs": join(challenge.sdgs)}
        cells["themes"] = join(sorted(themes()[key].name for key in challenge.themes if key in themes()))
        for name, essential in (("essential", True), ("nice", False)):
            cells[name] = "\n".join(" ".join(each.text.split()) for each in challenge.requirements if each.essential is essential)
        yield ["" if cells[field.name] is None else str(cells[field.name]) for field in FIELDS]


def owner_of(said: dict[str, Any], options: dict[str, Any]) -> tuple[str, str]:
    """(name, department) of whoever has the need."""
    if said.get("organisation"):
        return said["organisation"], said.get("department", "")
    return options.get("organisation_name", ""), options.get("organisation_department", "")


def _requirements(cells: Cells, name: str) -> list[tuple[str, bool]]:
    texts = [clean_line(line) for line in clean(cells.values.get(name)).split("\n") if line.strip()]
    if len(texts) > MOST_REQUIREMENTS:
        cells.refuse(name, "too_many", MOST_REQUIREMENTS)
    if any(len(text) > 500 for text in texts):
        cells.refuse(name, "too_long", 500)
    return [(text, name == "essential") for text in texts]


@cache
def _themes():
    return finder({key: (theme.nb, theme.nn, theme.en) for key, theme in themes().items()})


@cache
def _sdgs():
    return finder({key: (goal.nb, goal.nn, goal.en, f"{key}. {goal.nb}", f"{key}. {goal.nn}", f"{key}. {goal.en}") for key, goal in sdgs().items()})


@cache
def _languages():
    return finder({code: (name, *{"nb": ("no", "norsk"), "en": ("engelsk",)}.get(code, ())) for code, name in LANGUAGES.items()})
