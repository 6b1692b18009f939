"""Single presses: confirm, withdraw, verify. And the logo itself."""

from flask import abort, flash, redirect, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires
from matchmaker.core.database import db, transaction
from matchmaker.profiles import logos, queries, rules, services
from matchmaker.profiles.models import Profile, Reference
from matchmaker.profiles.views import blueprint


def _reference(profile_id: int, reference_id: int) -> Reference | None:
    found = db.session.get(Reference, reference_id)
    return found if found and found.profile_id == profile_id else None


def _back(profile: Profile):
    return redirect(url_for("profiles.show", profile_id=profile.id), code=303)


@blueprint.post("/losninger/<int:profile_id>/bekreft")
@requires(rules.may_edit, queries.find)
def confirm(profile: Profile):
    with transaction():
        services.confirm_profile(profile=profile, by=current_user)
    flash(_("Takk. Profilen er bekreftet i dag."), "success")
    return _back(profile)


@blueprint.post("/losninger/<int:profile_id>/samtykke")
@requires(rules.may_edit, queries.find)
def consent(profile: Profile):
    with transaction():
        services.give_consent(profile=profile, by=current_user)
    flash(_("Profilen er synlig for alle."), "success")
    return _back(profile)


@blueprint.post("/losninger/<int:profile_id>/trekk-samtykke")
@requires(rules.may_edit, queries.find)
def withdraw(profile: Profile):
    with transaction():
        services.withdraw_consent(profile=profile, by=current_user)
    flash(_("Profilen er skjult. Bare dere ser den nå."), "success")
    return _back(profile)


@blueprint.post("/losninger/<int:profile_id>/referanser/<int:reference_id>/bekreft")
@requires(rules.may_verify, _reference)
def verify(reference: Reference):
    with transaction():
        services.verify_reference(reference=reference, by=current_user)
    flash(_("Referansen er bekreftet."), "success")
    return _back(reference.profile)


@blueprint.post("/losninger/<int:profile_id>/referanser/<int:reference_id>/avbekreft")
@requires(rules.may_verify, _reference)
def doubt(reference: Reference):
    with transaction():
        services.doubt_reference(reference=reference, by=current_user)
    flash(_("Referansen står ikke lenger som bekreftet."), "success")
    return _back(reference.profile)


@blueprint.get("/losninger/<int:profile_id>/logo")
@requires(rules.may_see, queries.find, anonymous=True)
def logo(profile: Profile):
    path = logos.path_of(profile.logo)
    if path is None:
        abort(404)
    return send_file(path, mimetype="image/png", max_age=3600)
