"""Profiles from a file: organisations and profiles made in bulk, known ones updated, all of it taken back on request."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.orm import selectinload

from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.events import announce
from matchmaker.core.imports import Import, ImportRow
from matchmaker.core.imports.importers import Importer, Outcome, Record, held, register
from matchmaker.core.imports.problems import Problem
from matchmaker.core.imports.snapshots import changes, restore, snapshot
from matchmaker.organisations.models import Kind, Membership, Organisation
from matchmaker.profiles import transfer
from matchmaker.profiles.content import ReferenceContent
from matchmaker.profiles.events import ProfilesHidden, ProfilesListed
from matchmaker.profiles.models import Profile, Reference, folded
from matchmaker.profiles.services import write_references

OF_ORGANISATION = ("website", "org_number")
NOT_COLUMNS = {"kind", "references", "status", *OF_ORGANISATION}


@dataclass
class _Standing:
    """An organisation by its name: `id` None when this import makes it, `busy` when it has a profile."""

    id: int | None
    website: str
    busy: bool


class ProfileImporter(Importer):
    kind = "profiles"
    fields = transfer.FIELDS

    def read(self, line: int, values: dict[str, str], options: dict[str, Any]) -> tuple[Record, list[Problem]]:
        return transfer.read(line, values, options)

    def show(self, record: Record) -> dict[str, str]:
        return {name: _words(value) for name, value in record.values.items()}

    def store(self, records: Sequence[Record], import_: Import, *, write: bool) -> list[Outcome]:
        """New rows go in by bulk, known ones through their objects. Announces one `ProfilesListed` for all that people may see now."""
        known = _known(records, import_)
        fresh = [record for record in records if record.key not in known]
        outcomes = {record.line: outcome for record, outcome in zip(fresh, _create(fresh, import_, write), strict=True)}
        for record in records:
            if record.key in known:
                outcomes[record.line] = _update(known[record.key], record, write)
        if write:
            db.session.flush()
            for record in records:
                if record.key in known and outcomes[record.line].outcome == "updated":
                    outcomes[record.line].version = known[record.key].version
            visible = [
                known[record.key].id for record in records if record.key in known and outcomes[record.line].outcome == "updated" and known[record.key].listed
            ]
            if import_.options.get("consent"):
                visible += [outcome.subject_id for outcome in outcomes.values() if outcome.outcome == "created" and outcome.subject_id]
            if visible:
                announce(ProfilesListed(tuple(sorted(visible))))
        for record in records:
            outcomes[record.line].warnings = transfer.warnings(record, known.get(record.key))
        return [outcomes[record.line] for record in records]

    def undo(self, rows: Sequence[ImportRow], import_: Import) -> None:
        """What was created and nobody has touched goes, its organisation with it when it came the same way and has no members."""
        profiles = _by_id([row.subject_id for row in rows])
        busy = held(self.kind, list(profiles))
        gone: list[Profile] = []
        for row in rows:
            profile = profiles.get(row.subject_id or 0)
            if profile is None:
                row.outcome = "removed"
            elif profile.version != row.version or (row.outcome == "created" and profile.id in busy):
                row.problems = [["", "edited_since" if profile.version != row.version else "in_use", ""]]
                row.outcome = "kept"
            elif row.outcome == "created":
                gone.append(profile)
                row.outcome = "removed"
            else:
                _put_back(profile, row.before or {})
                row.outcome = "restored"
        db.session.flush()
        made = {row.before["organisation"] for row in rows if row.outcome == "removed" and row.before and row.before.get("organisation")}
        _remove(gone, made)
        restored = tuple(profiles[row.subject_id].id for row in rows if row.outcome == "restored" and row.subject_id and profiles[row.subject_id].listed)
        if restored:
            announce(ProfilesListed(restored))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(" – ".join(part for part in each if part) if isinstance(each, list) else str(each) for each in value)
    return str(value)


def _known(records: Sequence[Record], import_: Import) -> dict[str, Profile]:
    """Key -> the profile that is meant: of that name and site as they stand, else the one that once came with the key, else of that name
    where one of the two tells no site (but not another row of this very import)."""
    keys, names = {record.key for record in records}, {record.name for record in records}
    wanted = (
        select(Profile).where(or_(Profile.import_key.in_(keys), Profile.name.in_(names))).options(selectinload(Profile.references)).order_by(Profile.id.desc())
    )
    candidates = list(db.session.scalars(wanted).unique())
    found = {profile.import_key: profile for profile in candidates if profile.import_key}
    found.update((transfer.key_of(profile.name, site), profile) for profile in candidates for site in profile.links if site)
    found.update((transfer.key_of(profile.name, profile.organisation.website), profile) for profile in candidates)
    others = {profile.name: profile for profile in candidates if profile.import_id != import_.id}
    for record in records:
        other = others.get(record.name)
        if record.key not in found and other and not (record.values.get("website") and (other.organisation.website or other.links)):
            found[record.key] = other
    return {key: profile for key, profile in found.items() if key in keys}


def _update(profile: Profile, record: Record, write: bool) -> Outcome:
    wanted = {name: value for name, value in record.values.items() if name not in NOT_COLUMNS}
    changed = changes(profile, wanted)
    around = changes(profile.organisation, {name: record.values[name] for name in OF_ORGANISATION if name in record.values})
    before_references = [[each.customer, each.period, each.result, each.link] for each in profile.references]
    references = record.values.get("references")
    moved = references is not None and references != before_references
    outcome = Outcome(record.line, "updated" if changed or around or moved else "unchanged", record.name, profile.id)
    if outcome.outcome == "unchanged" or not write:
        return outcome
    outcome.before = {"columns": snapshot(profile, changed), "organisation": snapshot(profile.organisation, around)}
    restore(profile, changed)
    restore(profile.organisation, around)
    if moved:
        outcome.before["references"] = before_references
    if moved or not changed:
        _write_references(profile, references if moved and references is not None else before_references)
    return outcome


def _write_references(profile: Profile, wanted: list[list[str]]) -> None:
    """Keeps the mark on those that say the same as before, wherever they stand now."""
    ids: defaultdict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for each in profile.references:
        ids[each.customer, each.period, each.result, each.link].append(each.id)
    contents = []
    for customer, period, result, link in wanted:
        same = ids[customer, period, result, link]
        contents.append(ReferenceContent(customer, period, result, link, same.pop(0) if same else None))
    write_references(profile, tuple(contents))


def _put_back(profile: Profile, before: dict[str, Any]) -> None:
    restore(profile, before.get("columns", {}))
    restore(profile.organisation, before.get("organisation", {}))
    if "references" in before:
        _write_references(profile, before["references"])


def _create(records: Sequence[Record], import_: Import, write: bool) -> list[Outcome]:
    """Bulk inserts: organisations that are not there yet, profiles, references."""
    places = _organisations(records, import_, write)
    taken = {record.line: problem for record, (_, _, problem) in zip(records, places, strict=True) if problem}
    outcomes = [
        Outcome(record.line, "refused", record.name, problems=[taken[record.line]]) if record.line in taken else Outcome(record.line, "created", record.name)
        for record in records
    ]
    good = [(record, place, outcome) for record, place, outcome in zip(records, places, outcomes, strict=True) if outcome.outcome == "created"]
    if not write or not good:
        return outcomes
    moment = now()
    rows = [_profile_row(record, organisation, import_, moment) for record, (organisation, _, _), _ in good]
    ids = list(db.session.scalars(insert(Profile).returning(Profile.id, sort_by_parameter_order=True), rows))
    for number, (_, (organisation, made, _), outcome) in zip(ids, good, strict=True):
        outcome.subject_id, outcome.version, outcome.before = number, 1, {"organisation": organisation if made else None}
    references = [
        {"profile_id": number, "position": position, "customer": said[0], "period": said[1], "result": said[2], "link": said[3]}
        for number, (record, _, _) in zip(ids, good, strict=True)
        for position, said in enumerate(record.values.get("references", ()))
    ]
    if references:
        db.session.execute(insert(Reference), references)
    return outcomes


def _profile_row(record: Record, organisation: int | None, import_: Import, moment) -> dict[str, Any]:
    values: dict[str, Any] = {"summary": "", "problem": "", "how": "", "maturity": None, "themes": [], "sdgs": [], "places": [], "languages": []}
    values |= {"capacity": None, "links": [], "keywords": [], "location": "", "language": import_.options.get("language") or "nb"}
    values |= {name: value for name, value in record.values.items() if name not in NOT_COLUMNS}
    consent = moment if import_.options.get("consent") else None
    return values | {
        "organisation_id": organisation,
        "import_id": import_.id,
        "import_key": record.key,
        "source": import_.file_name,
        "consent_at": consent,
        "created_at": moment,
        "version": 1,
        "search_text": folded(**values),
    }


def _organisations(records: Sequence[Record], import_: Import, write: bool) -> list[tuple[int | None, bool, Problem | None]]:
    """(organisation's id, whether this import makes it, what stands in the way) for each record.

    An organisation of that name without a profile is used. Where another company already has the name, the site is added to tell them apart.
    """
    kinds = [record.values.get("kind") or import_.options.get("kind") or Kind.STARTUP for record in records]
    names = {record.name for record in records} | {_told_apart(record) for record in records}
    statement = select(Organisation.id, Organisation.name, Organisation.kind, Organisation.website, exists().where(Profile.organisation_id == Organisation.id))
    there = {
        (name, kind): _Standing(number, site, busy)
        for number, name, kind, site, busy in db.session.execute(statement.where(Organisation.name.in_(names), Organisation.department == ""))
    }
    places: list[tuple[int | None, bool, Problem | None]] = []
    new: list[dict[str, Any]] = []
    waiting: list[int] = []
    for record, kind in zip(records, kinds, strict=True):
        name = next((each for each in dict.fromkeys((record.name, _told_apart(record))) if _is_free(there.get((each, kind)), record)), None)
        if name is None:
            places.append((None, False, Problem("name", "taken", record.name)))
            continue
        found = there.get((name, kind))
        if found:
            found.busy = True
            places.append((found.id, False, None))
            continue
        there[(name, kind)] = _Standing(None, record.values.get("website", ""), busy=True)
        waiting.append(len(places))
        places.append((None, True, None))
        new.append(
            {"name": name, "kind": kind, "department": "", "website": record.values.get("website", ""), "org_number": record.values.get("org_number", "")}
        )
    if write and new:
        for place, number in zip(waiting, db.session.scalars(insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True), new), strict=True):
            places[place] = (number, True, None)
    return places


def _is_free(found: _Standing | None, record: Record) -> bool:
    """Nobody has the name, or its owner has no profile and no other site."""
    if found is None:
        return True
    site = record.values.get("website")
    return not found.busy and (not found.website or not site or transfer.plain_address(found.website) == transfer.plain_address(site))


def _told_apart(record: Record) -> str:
    site = transfer.plain_address(record.values.get("website", "")).split("/")[0]
    return f"{record.name[:120]} ({site[:70]})" if site else record.name


def _by_id(ids: Sequence[int | None]) -> dict[int, Profile]:
    wanted = select(Profile).where(Profile.id.in_([number for number in ids if number])).options(selectinload(Profile.references))
    return {profile.id: profile for profile in db.session.scalars(wanted).unique()}


def _remove(profiles: Sequence[Profile], organisations: set[int]) -> None:
    """Bulk: the database's own cascades take what hangs on a profile."""
    listed = [profile.id for profile in profiles if profile.listed]
    ids = [profile.id for profile in profiles]
    for profile in profiles:
        db.session.expunge(profile)
    if ids:
        db.session.execute(delete(Profile).where(Profile.id.in_(ids)).execution_options(synchronize_session=False))
    if listed:
        announce(ProfilesHidden(tuple(listed)))
    if organisations:
        alone = ~exists().where(Membership.organisation_id == Organisation.id) & ~exists().where(Profile.organisation_id == Organisation.id)
        db.session.execute(delete(Organisation).where(Organisation.id.in_(organisations), alone).execution_options(synchronize_session=False))


register(ProfileImporter())
