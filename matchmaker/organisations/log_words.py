"""The audit log in words. The log itself keeps short English names; what has no words yet is shown by its name."""

from flask_babel import lazy_gettext as _l

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
    "import started": _l("Import startet"),
    "import undone": _l("Import angret"),
    "interest chosen": _l("Interesse valgt"),
    "interest declined": _l("Interesse avslått"),
    "interest sent": _l("Interesse meldt"),
    "interest shortlisted": _l("Interesse på kortlista"),
    "interest withdrawn": _l("Interesse trukket"),
    "introduction reminded": _l("Purret på introduksjon"),
    "invitation accepted": _l("Invitasjon tatt imot"),
    "invitation sent": _l("Invitasjon sendt"),
    "invitation sent again": _l("Invitasjon sendt på nytt"),
    "invitation withdrawn": _l("Invitasjon trukket tilbake"),
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
    "signed in": _l("Logget inn"),
    "suggestion dismissed": _l("Forslag lagt bort"),
    "suggestion noted": _l("Notat på kortlista"),
    "suggestion shortlisted": _l("Forslag på kortlista"),
    "suggestion taken off shortlist": _l("Forslag tatt av kortlista"),
    "suggestion undone": _l("Forslag hentet fram igjen"),
}
SUBJECTS = {
    "challenge": _l("utfordring"),
    "import": _l("import"),
    "interest": _l("interesse"),
    "introduction": _l("introduksjon"),
    "invitation": _l("invitasjon"),
    "letter": _l("brev"),
    "membership": _l("rolle"),
    "organisation": _l("virksomhet"),
    "profile": _l("profil"),
    "question": _l("spørsmål"),
    "recommendation": _l("anbefaling"),
    "registration": _l("registrering"),
    "user": _l("person"),
}


def act(name: str) -> str:
    """What was done; rooms write the parts of a name with blanks, dots or underscores."""
    return str(ACTS.get(name.replace(".", " ").replace("_", " "), name))


def subject(kind: str) -> str:
    return str(SUBJECTS.get(kind, kind))
