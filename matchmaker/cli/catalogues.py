"""Translations: `python -m matchmaker.cli.catalogues` compiles them when they changed; `… collect` brings new texts into the catalogues first.

Message ids are the bokmål texts, so only nynorsk and English have catalogues.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "matchmaker" / "translations"
LANGUAGES = ("nn", "en")
KEYWORDS = {"_": None, "_l": None, "_n": (1, 2), "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """The catalogue as it stands; an empty one where there is none."""
    if not path(language).exists():
        return Catalog(locale=language, fuzzy=False)
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


def collected() -> Catalog:
    """Every text the code and the templates mark for translation."""
    found = Catalog(fuzzy=False)
    for folder, method in (("matchmaker", [("**.py", "python")]), ("templates", [("**.html", "jinja2"), ("**.txt", "jinja2")])):
        rows = extract_from_dir(ROOT / folder, method, {"**": {"silent": "false"}}, keywords=KEYWORDS)
        for _file, _line, message, _comments, context in rows:
            found.add(message, context=context)
    return found


def collect() -> None:
    """Add new texts untranslated, drop those no longer used, keep the rest."""
    template = collected()
    for language in LANGUAGES:
        catalogue = read(language)
        catalogue.update(template, no_fuzzy_matching=True)
        for message in catalogue:
            message.flags.discard("fuzzy")  # a text that got a plural has lost nothing that was translated; what is missing is empty
        catalogue.obsolete.clear()
        path(language).parent.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        write_po(buffer, catalogue, width=0, omit_header=False, sort_output=True, no_location=True, include_previous=False)
        path(language).write_bytes(_without_dates(buffer.getvalue()))


def compile_changed() -> None:
    for language in LANGUAGES:
        source, target = path(language), path(language).with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, read(language))


def _without_dates(text: bytes) -> bytes:
    """Dates in the header would make every collection a change."""
    return b"".join(line for line in text.splitlines(keepends=True) if not line.startswith((b'"POT-Creation-Date', b'"PO-Revision-Date')))


if __name__ == "__main__":
    if sys.argv[1:] == ["collect"]:
        collect()
    compile_changed()
