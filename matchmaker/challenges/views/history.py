"""What a published challenge said before, and what each edit changed."""

from flask import abort, render_template, request
from flask_login import current_user

from matchmaker.challenges import queries, rules
from matchmaker.challenges.content import differing, snapshot, values
from matchmaker.challenges.models import Challenge, Revision
from matchmaker.challenges.views import blueprint
from matchmaker.challenges.views.differences import change, label
from matchmaker.core.access import requires

CONTACT = {"contact_name", "contact_email"}
"""Who the contact was before is nobody's business but the owner's."""


@blueprint.get("/utfordringer/<int:challenge_id>/historikk")
@requires(rules.may_see_history, queries.challenge, anonymous=True)
def history(challenge: Challenge):
    """Every version, the newest first, with what it changed; and the steps."""
    revisions = queries.revisions(challenge)
    said = _versions(challenge, revisions)
    versions = [
        {"number": number, "at": revision.at, "by": revision.by, "fields": [label(name) for name in differing(said[number - 2], said[number - 1])]}
        for number, revision in reversed(list(enumerate(revisions, start=2)))
    ]
    owner = rules.is_owner(current_user, challenge)
    return render_template("challenges/history.html", challenge=challenge, versions=versions, transitions=queries.transitions(challenge), owner=owner)


@blueprint.get("/utfordringer/<int:challenge_id>/historikk/<int:number>")
@requires(rules.may_see_history, lambda challenge_id, number: queries.challenge(challenge_id), anonymous=True)
def version(challenge: Challenge):
    """One version against the one before it."""
    number = int((request.view_args or {})["number"])
    revisions = queries.revisions(challenge)
    said = _versions(challenge, revisions)
    if not 2 <= number <= len(said):
        abort(404)
    before, after = said[number - 2], said[number - 1]
    owner = rules.is_owner(current_user, challenge)
    changes = [change(name, before, after) for name in differing(before, after) if owner or name not in CONTACT]
    page = {"number": number, "last": len(said), "revision": revisions[number - 2], "changes": changes}
    return render_template("challenges/version.html", challenge=challenge, owner=owner, **page)


def _versions(challenge: Challenge, revisions: list[Revision]) -> list[dict]:
    """What version 1, 2, … and the present one say."""
    return [*(revision.content for revision in revisions), snapshot(values(challenge))]
