"""What can be wrong with a file or a row. Kept as codes and told in the language of whoever reads."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

REASONS = {
    "empty_file": _l("Fila er tom."),
    "header_only": _l("Fila har overskrifter, men ingen rader."),
    "binary": _l("Dette er verken en CSV-fil eller et Excel-ark. Lagre som .csv eller .xlsx og prøv igjen."),
    "old_excel": _l("Dette er det gamle Excel-formatet (.xls). Åpne fila og lagre den som .xlsx."),
    "locked": _l("Excel-fila er låst med passord. Lagre den uten passord."),
    "broken_workbook": _l("Excel-fila er skadet, eller ikke et regneark."),
    "too_big_inside": _l("Excel-fila blir for stor når den pakkes ut. Del den i flere."),
    "too_many_columns": _l("Fila har flere enn %(value)s kolonner. Ta bort dem som ikke skal med."),
    "too_many_rows": _l("Fila har flere enn %(value)s rader. Del den i flere."),
    "file_gone": _l("Fila er slettet. Last den opp på nytt."),
    "unmapped": _l("Velg en kolonne for «%(value)s»."),
    "mapped_twice": _l("Bare én kolonne kan gå til «%(value)s»."),
    "encoding": _l("Tegnsettet stemmer ikke: linje %(value)s kan ikke leses. Velg et annet tegnsett, eller lagre fila som UTF-8."),
    "required": _l("Mangler."),
    "too_long": _l("For langt: høyst %(value)s tegn."),
    "too_many": _l("For mange: høyst %(value)s."),
    "unknown": _l("Ukjent verdi: «%(value)s»."),
    "number": _l("Ikke et tall: «%(value)s»."),
    "range": _l("Utenfor det som er lov: «%(value)s»."),
    "date": _l("Ikke en dato: «%(value)s». Skriv 2026-03-11 eller 11.03.2026."),
    "address": _l("Ikke en nettadresse: «%(value)s». Raden er med, uten den."),
    "left_out": _l("Det er bare plass til én: «%(value)s» er ikke med."),
    "email": _l("Ikke en e-postadresse: «%(value)s»."),
    "org_number": _l("Ikke et gyldig organisasjonsnummer: «%(value)s»."),
    "duplicate": _l("Står allerede på linje %(value)s i samme fil."),
    "taken": _l("Virksomheten «%(value)s» har allerede en annen profil."),
    "no_organisation": _l("Vi kjenner ikke virksomheten «%(value)s»."),
    "extra_cells": _l("Raden har flere ruter enn det er overskrifter. Står det et skilletegn i en tekst uten anførselstegn?"),
    "unclosed": _l("Et anførselstegn er ikke lukket, så resten av fila ble lest som én tekst."),
    "cell_too_big": _l("En rute er større enn %(value)s tegn."),
    "from_to": _l("Det første er større enn det siste: «%(value)s»."),
    "no_text": _l("Ingen tekst om hva de gjør."),
    "not_active": _l("Status er «%(value)s»."),
    "edited_since": _l("Endret etter importen, og derfor beholdt."),
    "in_use": _l("Tatt i bruk etter importen, og derfor beholdt."),
}


@dataclass(frozen=True)
class Problem:
    """`field` is '' when the whole row or file is meant."""

    field: str
    code: str
    value: str = ""

    @property
    def kept(self) -> list[str]:
        return [self.field, self.code, self.value[:200]]

    @property
    def text(self) -> str:
        return reason(self.code, self.value)


def reason(code: str, value: str = "") -> str:
    """The words for a code, in the running language."""
    text = str(REASONS[code])
    return text % {"value": value if len(value) <= 60 else value[:59] + "…"} if "%(value)s" in text else text


class Unreadable(ValueError):
    """The file as a whole cannot be read (further)."""

    def __init__(self, code: str, value: object = "") -> None:
        super().__init__(code)
        self.code, self.value = code, str(value)

    @property
    def text(self) -> str:
        return reason(self.code, self.value)
