"""Found by meaning: needs like the one being written, profiles like this one."""

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from matchmaker.core.access import requires, signed_in
from matchmaker.core.security import limiter
from matchmaker.core.texts import clean
from matchmaker.matches import bridge, likeness
from matchmaker.matches.views import blueprint
from matchmaker.organisations.rules import memberships
from matchmaker.profiles import rules as profile_rules
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import find

SHORTEST = 20
"""Letters before a text says enough to be compared."""


@blueprint.post("/utfordringer/lignende")
@signed_in
@limiter.limit("120/minute")
def similar_challenges():
    """Form: title, need, exclude. A fragment for the page that asks while one types, a whole page otherwise."""
    text = "\n".join(filter(None, (clean(request.form.get(name))[:10_000] for name in ("title", "need"))))
    readiness = bridge.readiness()
    long_enough = len(text) >= SHORTEST
    found = likeness.challenges_like(text, exclude=request.form.get("exclude", type=int)) if readiness == "ready" and long_enough else []
    own = {each.organisation_id for each in memberships(current_user)}
    fragment = bool(request.headers.get("X-Requested-With"))
    template = "matches/suggestions/_similar.html" if fragment else "matches/suggestions/similar_challenges.html"
    return render_template(template, found=found, own=own, readiness=readiness, long_enough=long_enough)


@blueprint.get("/losninger/<int:profile_id>/lignende")
@requires(profile_rules.may_see, find, anonymous=True)
def similar_profiles(profile: Profile):
    """Profiles that offer much the same. Read from the index: needs no model when the profile is in it."""
    return render_template(
        "matches/suggestions/similar_profiles.html",
        profile=profile,
        found=likeness.profiles_like(profile),
        user=current_user,
        title=_("Flere som %(name)s", name=profile.name),
    )
