"""Create, edit and copy: what a challenge says."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from matchmaker.challenges import content as contents
from matchmaker.challenges import queries, rules
from matchmaker.challenges.events import ChallengeEdited
from matchmaker.challenges.models import Challenge, Revision, Transition
from matchmaker.challenges.refusals import EditedMeanwhile, NotReady
from matchmaker.challenges.states import State
from matchmaker.core import audit
from matchmaker.core.clock import now
from matchmaker.core.database import db
from matchmaker.core.events import announce
from matchmaker.organisations.models import Organisation


def create_challenge(*, organisation: Organisation, by, content: Mapping[str, Any], token: str = "", **facts) -> Challenge:
    """A draft. `content`: see `content.FIELDS`. With a `token`, the same person's second call gives the first one's challenge, unchanged.

    `facts` are columns that no form has: source, is_demo, import_id, import_key.
    """
    key = f"{by.id}:{token}"[:80] if by is not None and token else None
    if key and (found := queries.created_with(key)):
        return found
    challenge = Challenge(organisation=organisation, created_by_id=getattr(by, "id", None), creation_key=key, **facts)
    contents.fill(challenge, content)
    db.session.add(challenge)
    audit.record("challenge.create", by=by, subject=challenge, on_behalf_of=rules.on_behalf(by, organisation))
    return challenge


def edit_challenge(*, challenge: Challenge, by, content: Mapping[str, Any], version: int | None = None) -> list[str]:
    """Write the given fields and return the names of those that changed; nothing happens when none did.

    What has been public is kept as a `Revision` first, and `ChallengeEdited` is announced when it is public now. With a `version`,
    raises EditedMeanwhile unless it is the newest or says the same. Raises NotReady when a public challenge would lose what publishing took.
    """
    present = contents.values(challenge)
    before = contents.snapshot(present)
    changed = contents.differing(before, {**before, **contents.snapshot(content)})
    if not changed:
        return []
    if version is not None and version != challenge.version:
        raise EditedMeanwhile
    if rules.is_public(challenge):
        lacked = rules.missing_in(present)
        if missing := {field: code for field, code in rules.missing_in({**present, **content}).items() if field not in lacked}:
            raise NotReady(missing)
    if rules.is_public(challenge) or _reopened_and_not_kept(challenge):
        _keep(challenge, before, by)
    contents.fill(challenge, content)
    challenge.changed_at = now()
    # Requirements are rows of their own: without this, a change in them alone would not move the version on.
    flag_modified(challenge, "changed_at")
    audit.record("challenge.edit", by=by, subject=challenge, on_behalf_of=rules.on_behalf(by, challenge.organisation), fields=changed)
    db.session.flush()
    if rules.is_public(challenge):
        announce(ChallengeEdited(challenge.id))
    return changed


def copy_challenge(*, challenge: Challenge, organisation: Organisation, by) -> Challenge:
    """A new draft with the same words. Dates are left out, and the contact too when it is another organisation's."""
    content = contents.values(challenge) | {name: None for name in contents.DATES}
    if organisation.id != challenge.organisation_id:
        content |= {"contact_name": "", "contact_email": ""}
    copy = Challenge(organisation=organisation, created_by_id=getattr(by, "id", None), copied_from_id=challenge.id, is_demo=challenge.is_demo)
    contents.fill(copy, content)
    db.session.add(copy)
    audit.record("challenge.copy", by=by, subject=copy, on_behalf_of=rules.on_behalf(by, organisation), copied_from=challenge.id)
    return copy


def _keep(challenge: Challenge, before: dict[str, Any], by) -> None:
    count = db.session.scalar(select(func.count(Revision.id)).where(Revision.challenge_id == challenge.id)) or 0
    db.session.add(Revision(challenge_id=challenge.id, number=count + 1, by_id=getattr(by, "id", None), content=before))


def _reopened_and_not_kept(challenge: Challenge) -> bool:
    """A withdrawn challenge that became a draft again, at its first edit: one revision stands for the whole spell as a draft."""
    if challenge.state != State.DRAFT or challenge.id is None:
        return False
    reopening = (Transition.challenge_id == challenge.id, Transition.before == State.WITHDRAWN, Transition.after == State.DRAFT)
    reopened = select(func.max(Transition.at)).where(*reopening)
    kept = select(func.max(Revision.at)).where(Revision.challenge_id == challenge.id)
    opened_at, kept_at = db.session.execute(select(reopened.scalar_subquery(), kept.scalar_subquery())).one()
    return opened_at is not None and (kept_at is None or kept_at < opened_at)
