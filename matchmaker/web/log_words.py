"""The audit log in words. The log itself keeps short English names; a test sees to it that each has words."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.challenges import transfer as challenge_tables
from matchmaker.core.audit import AuditEntry
from matchmaker.organisations.models import Role
from matchmaker.organisations.words import ROLES

ACTS = {
    "account created": _l("Konto opprettet"),
    "account deleted": _l("Konto slettet"),
    "address change asked": _l("Bytte av e-postadresse bedt om"),
    "address changed": _l("E-postadresse byttet"),
    "address confirmed": _l("E-postadresse bekreftet"),
    "challenge archived": _l("Utfordring arkivert"),
    "challenge cancelled": _l("Utfordring avlyst"),
    "challenge chosen": _l("Leverandør valgt"),
    "challenge copy": _l("Utfordring kopiert"),
    "challenge create": _l("Utfordring opprettet"),
    "challenge draft": _l("Utfordring tilbake til utkast"),
    "challenge edit": _l("Utfordring endret"),
    "challenge none chosen": _l("Ingen valgt"),
    "challenge published": _l("Utfordring publisert"),
    "challenge under evaluation": _l("Utfordring til vurdering"),
    "challenge withdrawn": _l("Utfordring trukket"),
    "event check-in undone": _l("Innsjekk angret"),
    "event checked in": _l("Sjekket inn"),
    "event copy": _l("Arrangement kopiert"),
    "event create": _l("Arrangement opprettet"),
    "event delete": _l("Arrangement slettet"),
    "event draft described": _l("Utkast beskrevet fra privat lenke"),
    "event draft discarded": _l("Utkast til møteplan forkastet"),
    "event edit": _l("Arrangement endret"),
    "event invitation answered": _l("Invitasjon til arrangement besvart"),
    "event invitations sent": _l("Invitasjoner til arrangement sendt"),
    "event feedback given": _l("Tilbakemelding gitt"),
    "event meeting added": _l("Møte satt inn"),
    "event meeting cancelled": _l("Møte avlyst"),
    "event meeting locked": _l("Møte låst"),
    "event meeting moved": _l("Møte flyttet"),
    "event meeting reported": _l("Svart om et møte"),
    "event meeting unlocked": _l("Møte låst opp"),
    "event meetings swapped": _l("Møter byttet plass"),
    "event newcomer approved": _l("Ny deltaker godkjent"),
    "event newcomer asked": _l("Ny deltaker har meldt seg"),
    "event newcomer declined": _l("Ny deltaker avslått"),
    "event newcomers forgotten": _l("Ubesvarte påmeldinger slettet"),
    "event outcomes asked": _l("Spurt hvordan møtene gikk"),
    "event pair forbidden": _l("To skal ikke møtes"),
    "event pair must meet": _l("To må møtes"),
    "event pair taken back": _l("Ord om to tatt tilbake"),
    "event participant back": _l("Deltaker er her likevel"),
    "event participant changed": _l("Deltaker endret"),
    "event participant gone": _l("Deltaker borte"),
    "event participant late": _l("Deltaker kommer senere"),
    "event participant removed": _l("Deltaker meldt av"),
    "event participants added": _l("Deltakere meldt på"),
    "event place given": _l("Plass gitt fra ventelista"),
    "event plan asked": _l("Møteplan bedt laget"),
    "event plan published": _l("Møteplan publisert"),
    "event plan refused": _l("Møteplan forkastet"),
    "event plan stopped": _l("Møteplan stoppet"),
    "event plan undone": _l("Endring i møteplan angret"),
    "event registered": _l("Meldt seg på arrangement"),
    "event reminded": _l("Møteønsker minnet om"),
    "event slot removed": _l("Tidsluke fjernet"),
    "event slots added": _l("Tidsluker lagt til"),
    "event table closed": _l("Bord stengt"),
    "event table opened": _l("Bord åpnet igjen"),
    "event tables named": _l("Bord satt opp"),
    "event wishes given": _l("Møteønsker gitt"),
    "import started": _l("Import startet"),
    "import undone": _l("Import angret"),
    "index rebuild asked": _l("Indeksen bedt bygd på nytt"),
    "interest chosen": _l("Interesse valgt"),
    "interest declined": _l("Interesse avslått"),
    "interest sent": _l("Interesse meldt"),
    "interest shortlisted": _l("Interesse på kortlista"),
    "interest withdrawn": _l("Interesse trukket"),
    "introduced": _l("Introduksjon sendt"),
    "introduction accepted": _l("Introduksjon takket ja til"),
    "introduction declined": _l("Introduksjon takket nei til"),
    "introduction expired": _l("Introduksjon gått ut"),
    "introduction reminded": _l("Minnet om introduksjon"),
    "introduction withdrawn": _l("Introduksjon trukket"),
    "invitation accepted": _l("Invitasjon tatt imot"),
    "invitation sent": _l("Invitasjon sendt"),
    "invitation sent again": _l("Invitasjon sendt på nytt"),
    "invitation withdrawn": _l("Invitasjon trukket tilbake"),
    "job tried again": _l("Bakgrunnsarbeid prøvd igjen"),
    "letter tried again": _l("Brev forsøkt sendt på nytt"),
    "membership began": _l("Rolle gitt"),
    "membership ended": _l("Rolle avsluttet"),
    "message written": _l("Melding skrevet"),
    "organisation changed": _l("Virksomhet endret"),
    "organisation created": _l("Virksomhet opprettet"),
    "password changed": _l("Passord byttet"),
    "password reset": _l("Nytt passord laget"),
    "profile confirmed": _l("Profil bekreftet"),
    "profile consent given": _l("Samtykke til oppføring gitt"),
    "profile consent withdrawn": _l("Samtykke til oppføring trukket"),
    "profile created": _l("Profil opprettet"),
    "profile edited": _l("Profil endret"),
    "profile logo changed": _l("Logo byttet"),
    "question answer": _l("Spørsmål besvart"),
    "question ask": _l("Spørsmål stilt"),
    "recommendation changed": _l("Anbefaling endret"),
    "recommendation taken back": _l("Anbefaling trukket"),
    "recommended": _l("Anbefalt"),
    "reference doubted": _l("Referanse trukket i tvil"),
    "reference verified": _l("Referanse bekreftet"),
    "registration approved": _l("Registrering godkjent"),
    "registration declined": _l("Registrering avslått"),
    "registration sent": _l("Registrering sendt"),
    "sign-in failed": _l("Innlogging mislyktes"),
    "signed in": _l("Logget inn"),
    "suggestion dismissed": _l("Forslag lagt bort"),
    "suggestion noted": _l("Notat på kortlista"),
    "suggestion shortlisted": _l("Forslag på kortlista"),
    "suggestion taken off shortlist": _l("Forslag tatt av kortlista"),
    "suggestion undone": _l("Forslag hentet fram igjen"),
}
SUBJECTS = {
    "challenge": _l("utfordring"),
    "event": _l("arrangement"),
    "import": _l("import"),
    "interest": _l("interesse"),
    "introduction": _l("introduksjon"),
    "invitation": _l("invitasjon"),
    "job": _l("bakgrunnsarbeid"),
    "letter": _l("brev"),
    "membership": _l("rolle"),
    "organisation": _l("virksomhet"),
    "profile": _l("profil"),
    "question": _l("spørsmål"),
    "recommendation": _l("anbefaling"),
    "reference": _l("referanse"),
    "registration": _l("registrering"),
    "user": _l("person"),
}


FIELDS = {field.name: field.label for field in challenge_tables.FIELDS} | {
    "requirements": _l("Krav"),
    "name": _l("Navn"),
    "org_number": _l("Organisasjonsnummer"),
    "municipality_number": _l("Kommune"),
    "website": _l("Nettsted"),
}
EVENT_FIELDS = {
    "title": _l("Navn"),
    "place": _l("Sted"),
    "first_day": _l("Første dag"),
    "last_day": _l("Siste dag"),
    "wishes_due": _l("Siste dag for møteønsker"),
    "need_least": _l("Avdelinger: minst"),
    "need_most": _l("Avdelinger: høyst"),
    "offer_least": _l("Bedrifter: minst"),
    "offer_most": _l("Bedrifter: høyst"),
}
UNSAID = {"cause", "reference", "name", "kind"}
"""Kept for machines; people read the same in the reason or in what the act is about."""


def act(name: str) -> str:
    """What was done; rooms write the parts of a name with blanks, dots or underscores."""
    return str(ACTS.get(plain(name), name))


def plain(name: str) -> str:
    return name.replace(".", " ").replace("_", " ")


def subject(kind: str) -> str:
    return str(SUBJECTS.get(kind, kind))


def details(entry: AuditEntry, named: Callable[[str, Any], str]) -> list[str]:
    """One line for each thing more the entry says. `named` gives the name of a row by its kind and number."""
    return [line for key, value in entry.detail.items() if key not in UNSAID and (line := _line(key, value, named))]


def _line(key: str, value: Any, named: Callable[[str, Any], str]) -> str:
    match key, value:
        case "changed", dict():
            return ", ".join(_("%(field)s: «%(before)s» ble «%(after)s»", field=_field(name), before=both[0], after=both[1]) for name, both in value.items())
        case "fields", list():
            return ", ".join(_field(name) for name in value)
        case "consent", bool():
            return _("Med bedriftenes samtykke til å bli oppført") if value else ""
        case "challenge", "ended":
            return _("Fordi utfordringen tok slutt")
        case "role", str():
            return _("Rolle: %(role)s", role=ROLES[Role(value)]) if value in list(Role) else value
        case "person", int():
            return _("Person: %(name)s", name=named("user", value))
        case "profile", int():
            return _("Løsning: %(name)s", name=named("profile", value))
        case "count" | "number", int():
            return _("Antall: %(number)s", number=value) if key == "count" else _("Versjon: %(number)s", number=value)
        case "who" | "pair" | "title", str():
            return value
        case "event_fields", list():
            return ", ".join(str(EVENT_FIELDS.get(name, name)) for name in value)
        case "copied_from", int():
            return _("Kopi av: %(title)s", title=named("challenge", value))
        case "file", _name:
            return _("Fil: %(name)s", name=value)
        case "reason", _words:
            return _("Begrunnelse: %(reason)s", reason=value) if value else ""
        case "link", _address:
            return _("Kilde: %(link)s", link=value) if value else ""
    return f"{key}: {value}"


def _field(name: str) -> str:
    return str(FIELDS.get(name, name))
