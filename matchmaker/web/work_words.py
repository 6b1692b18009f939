"""Background work in words: what each kind of job does, and what stopped it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matchmaker.core.queue import Job

KINDS = {
    "deliver_letter": _l("Sende et brev"),
    "import": _l("Lese inn en fil"),
    "undo_import": _l("Angre en import"),
    "matches.forget_challenge": _l("Ta en utfordring ut av indeksen"),
    "matches.mend_index": _l("Rette opp indeksen"),
    "matches.place_profile": _l("Lese en løsning og finne utfordringer til den"),
    "matches.rank_challenge": _l("Lese en utfordring og finne løsninger til den"),
    "matches.rank_challenges": _l("Lese nye utfordringer og finne løsninger til dem"),
    "matches.read_profiles": _l("Lese nye løsninger"),
    "matches.rebuild_index": _l("Bygge indeksen på nytt"),
    "matches.renew_all": _l("Fornye alle forslag"),
    "meetings.make_plan": _l("Lage en møteplan"),
}
CAUSES = (
    (("Every worker that began it died",), _l("Alle som begynte på arbeidet, falt fra. Ofte er det for lite minne.")),
    (("OperationalError", "StaleDataError"), _l("Databasen svarte ikke, eller noen andre lagret samtidig.")),
    (("EncoderUnavailable",), _l("Modellen som leser tekstene, kunne ikke lastes.")),
    (("Unreadable", "FileNotFoundError"), _l("Fila er borte eller kan ikke leses.")),
    (("PermissionError", "OSError"), _l("Disken er full, eller mappa kan ikke skrives til.")),
    (("MemoryError",), _l("Det er for lite minne.")),
)


def kind(name: str) -> str:
    return str(KINDS.get(name, name))


def cause(job: Job) -> str:
    """Why it stopped; what the machine said stands beside it."""
    return str(next((words for starts, words in CAUSES if job.message.startswith(starts)), _("Noe uventet stoppet arbeidet.")))
