"""Challenges from a file: the columns, how a row is read and written, and what becomes of it here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, or_, select

from matchmaker.accounts.models import User
from matchmaker.challenges import content as contents
from matchmaker.challenges import rules, transfer
from matchmaker.challenges.events import ChallengeEdited, ChallengeEnded, ChallengesPublished
from matchmaker.challenges.models import Challenge, Question, Requirement, Revision, Transition
from matchmaker.challenges.services import edit_challenge
from matchmaker.challenges.states import PUBLIC, State
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.events import announce
from matchmaker.core.imports import Import, ImportRow
from matchmaker.core.imports.cells import import_key
from matchmaker.core.imports.importers import Importer, Outcome, Record, held, register
from matchmaker.core.imports.problems import Problem
from matchmaker.organisations.models import Kind, Membership, Organisation


class ChallengeImporter(Importer):
    kind = "challenges"
    fields = transfer.FIELDS

    def read(self, line: int, values: dict[str, str], options: dict[str, Any]) -> tuple[Record, list[Problem]]:
        return transfer.read(line, values, options)

    def show(self, record: Record) -> dict[str, str]:
        return transfer.show(record)

    def store(self, records: Sequence[Record], import_: Import, *, write: bool) -> list[Outcome]:
        """Options: `create_organisations` lets unknown owners be made; `publish` shows new challenges at once and announces them together."""
        by = db.session.get(User, import_.user_id) if import_.user_id else None
        known = _known(records, import_)
        owners = _owners(records, import_, write)
        fresh = [record for record in records if record.key not in known and owners[record.line] is not None]
        made = dict(zip((record.line for record in fresh), _create(fresh, owners, import_, by) if write else [None] * len(fresh), strict=True))
        outcomes = []
        for record in records:
            if record.key in known:
                outcomes.append(_update(known[record.key], record, by, write))
            elif record.line in made:
                number, owner = made[record.line], owners[record.line]
                outcomes.append(
                    Outcome(record.line, "created", record.name, number, 1 if number else None, {"organisation": owner[0] if owner and owner[1] else None})
                )
            else:
                owner_name = transfer.owner_of(record.values, import_.options)[0]
                outcomes.append(Outcome(record.line, "refused", record.name, problems=[Problem("organisation", "no_organisation", owner_name)]))
        return outcomes

    def undo(self, rows: Sequence[ImportRow], import_: Import) -> None:
        challenges = {
            each.id: each for each in db.session.scalars(select(Challenge).where(Challenge.id.in_([row.subject_id for row in rows if row.subject_id]))).unique()
        }
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


def _known(records: Sequence[Record], import_: Import) -> dict[str, Challenge]:
    """Key -> the challenge of that title and owner as they stand, else the one that once came with the key."""
    keys = {record.key for record in records}
    wanted = (
        select(Challenge).where(or_(Challenge.import_key.in_(keys), Challenge.title.in_({record.name for record in records}))).order_by(Challenge.id.desc())
    )
    candidates = list(db.session.scalars(wanted).unique())
    found = {each.import_key: each for each in candidates if each.import_key}
    found.update((import_key(each.title, each.organisation.name, each.organisation.department), each) for each in candidates)
    return {key: challenge for key, challenge in found.items() if key in keys}


def _owners(records: Sequence[Record], import_: Import, write: bool) -> dict[int, tuple[int | None, bool] | None]:
    """Line -> (organisation's id, whether this import makes it); None where nobody may be made. In a dry run new ones have no id."""
    wanted = {record.line: transfer.owner_of(record.values, import_.options) for record in records}
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.department).where(
            Organisation.name.in_({name for name, _ in wanted.values()}), Organisation.kind == Kind.MUNICIPALITY
        )
    )
    there: dict[tuple[str, str], tuple[int | None, bool]] = {(name, department): (number, False) for number, name, department in rows}
    unknown = [] if not import_.options.get("create_organisations") else [pair for pair in dict.fromkeys(wanted.values()) if pair not in there]
    if unknown and write:
        new = [{"name": name, "department": department, "kind": Kind.MUNICIPALITY} for name, department in unknown]
        made = db.session.scalars(insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True), new)
        there |= {pair: (number, True) for pair, number in zip(unknown, made, strict=True)}
    else:
        there |= {pair: (None, True) for pair in unknown}
    return {line: there.get(pair) for line, pair in wanted.items()}


def _create(records: Sequence[Record], owners: dict, import_: Import, by) -> list[int]:
    """Bulk insert; the ids in order."""
    if not records:
        return []
    moment, publish = now(), bool(import_.options.get("publish"))
    empty: dict[str, Any] = (
        {name: "" for name in (*contents.TEXTS,)}
        | {name: None for name in (*transfer.DAYS, "maturity_wanted", "budget_from", "budget_to")}
        | {"themes": [], "sdgs": []}
    )
    rows = [
        empty
        | {"language": import_.options.get("language") or "nb"}
        | {name: value for name, value in record.values.items() if name not in transfer.ABOUT_OWNER | {"requirements"}}
        | {
            "organisation_id": owners[record.line][0],
            "created_by_id": import_.user_id,
            "import_id": import_.id,
            "import_key": record.key,
            "source": import_.file_name,
        }
        | {"state": State.PUBLISHED if publish else State.DRAFT, "published_at": moment if publish else None, "created_at": moment, "version": 1}
        for record in records
    ]
    ids = list(db.session.scalars(insert(Challenge).returning(Challenge.id, sort_by_parameter_order=True), rows))
    demands = [
        {"challenge_id": number, "position": position, "text": text, "essential": essential}
        for number, record in zip(ids, records, strict=True)
        for position, (text, essential) in enumerate(record.values.get("requirements", ()))
    ]
    if demands:
        db.session.execute(insert(Requirement), demands)
    if publish:
        db.session.execute(
            insert(Transition),
            [{"challenge_id": number, "before": State.DRAFT, "after": State.PUBLISHED, "at": moment, "by_id": getattr(by, "id", None)} for number in ids],
        )
        announce(ChallengesPublished(tuple(ids)))
    return ids


def _update(challenge: Challenge, record: Record, by, write: bool) -> Outcome:
    present = contents.snapshot(contents.values(challenge))
    wanted = {name: value for name, value in record.values.items() if name not in transfer.ABOUT_OWNER}
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
    contents.fill(challenge, {name: date.fromisoformat(value) if name in transfer.DAYS and value else value for name, value in before.items()})
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
        alone = (
            ~select(Membership.id).where(Membership.organisation_id == Organisation.id).exists()
            & ~select(Challenge.id).where(Challenge.organisation_id == Organisation.id).exists()
        )
        db.session.execute(delete(Organisation).where(Organisation.id.in_(organisations), alone).execution_options(synchronize_session=False))


register(ChallengeImporter())
