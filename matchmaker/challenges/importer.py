"""Challenges from a file: the columns, how a row is read and written, and what becomes of it here."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, insert, or_, select

from matchmaker.accounts.models import User
from matchmaker.challenges import content as contents
from matchmaker.challenges import rules
from matchmaker.challenges.events import ChallengeEdited, ChallengeEnded, ChallengePublished
from matchmaker.challenges.models import Challenge, Question, Requirement, Revision, Transition
from matchmaker.challenges.services import edit_challenge
from matchmaker.challenges.states import PUBLIC, State
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.events import announce
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.imports import Import, ImportRow
from matchmaker.core.imports.cells import Cells, finder, import_key, join
from matchmaker.core.imports.importers import Importer, Outcome, Record, held, register
from matchmaker.core.imports.mapping import Field
from matchmaker.core.imports.problems import Problem
from matchmaker.core.reference import sdgs, themes
from matchmaker.core.texts import clean, clean_line
from matchmaker.organisations.models import Kind, Membership, Organisation

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


class ChallengeImporter(Importer):
    kind = "challenges"
    fields = FIELDS

    def read(self, line: int, values: dict[str, str], options: dict[str, Any]) -> tuple[Record, list[Problem]]:
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
        owner, department = _owner(said, options)
        return Record(line, import_key(said.get("title", ""), owner, department), said.get("title", ""), said), cells.problems

    def show(self, record: Record) -> dict[str, str]:
        shown = {name: join(value) if isinstance(value, list) else str(value) for name, value in record.values.items() if name != "requirements"}
        for name, essential in (("essential", True), ("nice", False)):
            if texts := [text for text, must in record.values.get("requirements", ()) if must is essential]:
                shown[name] = join(texts)
        return shown

    def store(self, records: Sequence[Record], import_: Import, *, write: bool) -> list[Outcome]:
        """Options: `create_organisations` lets unknown owners be made; `publish` shows new challenges at once, each announced."""
        by = db.session.get(User, import_.user_id) if import_.user_id else None
        known = _known(records, import_)
        owners = _owners(records, import_, write)
        fresh = [record for record in records if record.key not in known and owners[record.line] is not None]
        made = dict(zip((record.line for record in fresh), _create(fresh, owners, import_, by) if write else [None] * len(fresh)))
        outcomes = []
        for record in records:
            if record.key in known:
                outcomes.append(_update(known[record.key], record, by, write))
            elif record.line in made:
                number, owner = made[record.line], owners[record.line]
                outcomes.append(Outcome(record.line, "created", record.name, number, 1 if number else None, {"organisation": owner[0] if owner and owner[1] else None}))
            else:
                owner_name = _owner(record.values, import_.options)[0]
                outcomes.append(Outcome(record.line, "refused", record.name, problems=[Problem("organisation", "no_organisation", owner_name)]))
        return outcomes

    def undo(self, rows: Sequence[ImportRow], import_: Import) -> None:
        challenges = {each.id: each for each in db.session.scalars(select(Challenge).where(Challenge.id.in_([row.subject_id for row in rows if row.subject_id]))).unique()}
        busy = held(self.kind, list(challenges)) | set(db.session.scalars(select(Question.challenge_id).where(Question.challenge_id.in_(challenges))))
        gone: list[Challenge] = []
        for row in rows:
            challenge = challenges.get(row.subject_id or 0)
            if challenge is None:
                row.outcome = "removed"
            elif challenge.version != row.version or (row.outcome == "created" and challenge.id in busy):
                row.problems = [["", "edited_since" if challenge.version != row.version else "in_use", ""]]
                row.outcome = "kept"
            elif row.outcome == "created":
                gone.append(challenge)
                row.outcome = "removed"
            else:
                _put_back(challenge, row.before or {}, import_)
                row.outcome = "restored"
        db.session.flush()
        _remove(gone, {row.before["organisation"] for row in rows if row.outcome == "removed" and row.before and row.before.get("organisation")})


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


def _requirements(cells: Cells, name: str) -> list[tuple[str, bool]]:
    texts = [clean_line(line) for line in clean(cells.values.get(name)).split("\n") if line.strip()]
    if len(texts) > MOST_REQUIREMENTS:
        cells.refuse(name, "too_many", MOST_REQUIREMENTS)
    if any(len(text) > 500 for text in texts):
        cells.refuse(name, "too_long", 500)
    return [(text, name == "essential") for text in texts]


def _owner(said: dict[str, Any], options: dict[str, Any]) -> tuple[str, str]:
    """(name, department) of whoever has the need."""
    if said.get("organisation"):
        return said["organisation"], said.get("department", "")
    return options.get("organisation_name", ""), options.get("organisation_department", "")


def _known(records: Sequence[Record], import_: Import) -> dict[str, Challenge]:
    """Key -> the challenge of that title and owner as they stand, else the one that once came with the key."""
    keys = {record.key for record in records}
    wanted = select(Challenge).where(or_(Challenge.import_key.in_(keys), Challenge.title.in_({record.name for record in records}))).order_by(Challenge.id.desc())
    candidates = list(db.session.scalars(wanted).unique())
    found = {each.import_key: each for each in candidates if each.import_key}
    found.update((import_key(each.title, each.organisation.name, each.organisation.department), each) for each in candidates)
    return {key: challenge for key, challenge in found.items() if key in keys}


def _owners(records: Sequence[Record], import_: Import, write: bool) -> dict[int, tuple[int | None, bool] | None]:
    """Line -> (organisation's id, whether this import makes it); None where nobody may be made. In a dry run new ones have no id."""
    wanted = {record.line: _owner(record.values, import_.options) for record in records}
    rows = db.session.execute(select(Organisation.id, Organisation.name, Organisation.department).where(Organisation.name.in_({name for name, _ in wanted.values()}), Organisation.kind == Kind.MUNICIPALITY))
    there: dict[tuple[str, str], tuple[int | None, bool]] = {(name, department): (number, False) for number, name, department in rows}
    unknown = [] if not import_.options.get("create_organisations") else [pair for pair in dict.fromkeys(wanted.values()) if pair not in there]
    if unknown and write:
        rows = [{"name": name, "department": department, "kind": Kind.MUNICIPALITY} for name, department in unknown]
        there |= {pair: (number, True) for pair, number in zip(unknown, db.session.scalars(insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True), rows))}
    else:
        there |= {pair: (None, True) for pair in unknown}
    return {line: there.get(pair) for line, pair in wanted.items()}


def _create(records: Sequence[Record], owners: dict, import_: Import, by) -> list[int]:
    """Bulk insert; the ids in order."""
    if not records:
        return []
    moment, publish = now(), bool(import_.options.get("publish"))
    empty = {name: "" for name in (*contents.TEXTS,)} | {name: None for name in (*DAYS, "maturity_wanted", "budget_from", "budget_to")} | {"themes": [], "sdgs": []}
    rows = [
        empty
        | {"language": import_.options.get("language") or "nb"}
        | {name: value for name, value in record.values.items() if name not in ABOUT_OWNER | {"requirements"}}
        | {"organisation_id": owners[record.line][0], "created_by_id": import_.user_id, "import_id": import_.id, "import_key": record.key, "source": import_.file_name}
        | {"state": State.PUBLISHED if publish else State.DRAFT, "published_at": moment if publish else None, "created_at": moment, "version": 1}
        for record in records
    ]
    ids = list(db.session.scalars(insert(Challenge).returning(Challenge.id, sort_by_parameter_order=True), rows))
    demands = [
        {"challenge_id": number, "position": position, "text": text, "essential": essential}
        for number, record in zip(ids, records)
        for position, (text, essential) in enumerate(record.values.get("requirements", ()))
    ]
    if demands:
        db.session.execute(insert(Requirement), demands)
    if publish:
        db.session.execute(insert(Transition), [{"challenge_id": number, "before": State.DRAFT, "after": State.PUBLISHED, "at": moment, "by_id": getattr(by, "id", None)} for number in ids])
        for number in ids:
            announce(ChallengePublished(number))
    return ids


def _update(challenge: Challenge, record: Record, by, write: bool) -> Outcome:
    present = contents.snapshot(contents.values(challenge))
    wanted = {name: value for name, value in record.values.items() if name not in ABOUT_OWNER}
    changed = contents.differing(present, {**present, **contents.snapshot(wanted)})
    outcome = Outcome(record.line, "updated" if changed else "unchanged", record.name, challenge.id)
    if changed and write:
        outcome.before = {name: present[name] for name in changed}
        edit_challenge(challenge=challenge, by=by, content={name: wanted[name] for name in changed})
        db.session.flush()
        outcome.version = challenge.version
    return outcome


def _put_back(challenge: Challenge, before: dict[str, Any], import_: Import) -> None:
    """What the import changed, as it was; what stood meanwhile is kept in the visible history."""
    if rules.is_public(challenge):
        count = db.session.scalar(select(func.count(Revision.id)).where(Revision.challenge_id == challenge.id)) or 0
        db.session.add(Revision(challenge_id=challenge.id, number=count + 1, by_id=import_.user_id, content=contents.snapshot(contents.values(challenge))))
    contents.fill(challenge, {name: date.fromisoformat(value) if name in DAYS and value else value for name, value in before.items()})
    db.session.flush()
    if rules.is_public(challenge):
        announce(ChallengeEdited(challenge.id))


def _remove(challenges: Sequence[Challenge], organisations: set[int]) -> None:
    ids, public = [each.id for each in challenges], [each.id for each in challenges if each.state in PUBLIC]
    for challenge in challenges:
        db.session.expunge(challenge)
    for number in public:
        announce(ChallengeEnded(number))
    if ids:
        db.session.execute(delete(Challenge).where(Challenge.id.in_(ids)).execution_options(synchronize_session=False))
    if organisations:
        alone = ~select(Membership.id).where(Membership.organisation_id == Organisation.id).exists() & ~select(Challenge.id).where(Challenge.organisation_id == Organisation.id).exists()
        db.session.execute(delete(Organisation).where(Organisation.id.in_(organisations), alone).execution_options(synchronize_session=False))


@cache
def _themes():
    return finder({key: (theme.nb, theme.nn, theme.en) for key, theme in themes().items()})


@cache
def _sdgs():
    return finder({key: (goal.nb, goal.nn, goal.en, f"{key}. {goal.nb}", f"{key}. {goal.nn}", f"{key}. {goal.en}") for key, goal in sdgs().items()})


@cache
def _languages():
    return finder({code: (name, *{"nb": ("no", "norsk"), "en": ("engelsk",)}.get(code, ())) for code, name in LANGUAGES.items()})


register(ChallengeImporter())
