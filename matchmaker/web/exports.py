"""The lists as files: what the reader has filtered to, in the reader's language, with nothing in it that runs."""

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.challenges import searching
from matchmaker.challenges import transfer as challenge_tables
from matchmaker.challenges.models import Challenge
from matchmaker.core.access import requires, signed_in
from matchmaker.core.database import db
from matchmaker.core.imports.sending import as_file
from matchmaker.core.security import limiter
from matchmaker.organisations.rules import is_coordinator
from matchmaker.profiles import queries as profiles
from matchmaker.profiles import transfer as profile_tables
from matchmaker.web.pages import blueprint


@blueprint.get("/losninger/last-ned.<any(csv, xlsx):form>")
@signed_in
@limiter.limit("60 per hour")
def export_profiles(form: str):
    """Every listed profile that the same address without `last-ned` would list."""
    found = profiles.search(profiles.wanted_of(request.args))
    return as_file(profile_tables.written(db.session.scalars(found).unique().all()), _("losninger"), form)


@blueprint.get("/utfordringer/last-ned.<any(csv, xlsx):form>")
@signed_in
@limiter.limit("60 per hour")
def export_challenges(form: str):
    """Every public challenge that the same address without `last-ned` would list."""
    found = list(db.session.scalars(searching.search(searching.read(request.args)).with_only_columns(Challenge.id)))
    whole = {challenge.id: challenge for challenge in db.session.scalars(select(Challenge).where(Challenge.id.in_(found))).unique()}
    return as_file(challenge_tables.written(whole[number] for number in found), _("utfordringer"), form)


@blueprint.get("/import/mal-for-<any(profiles, challenges):kind>.<any(csv, xlsx):form>")
@requires(is_coordinator)
def import_template(kind: str, form: str):
    """An empty file with the columns that an export of the same kind has."""
    return as_file(profile_tables.written([]) if kind == "profiles" else challenge_tables.written([]), _("mal"), form)
