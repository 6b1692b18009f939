"""The form: a new profile, or an edit that two people may be at."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from matchmaker.core.access import requires, row_number
from matchmaker.core.database import db, transaction
from matchmaker.organisations.models import Organisation
from matchmaker.profiles import logos, queries, rules, services
from matchmaker.profiles.completeness import completeness
from matchmaker.profiles.content import MOST_REFERENCES, ProfileContent, content_of
from matchmaker.profiles.differences import differences
from matchmaker.profiles.forms import ProfileForm
from matchmaker.profiles.models import Profile
from matchmaker.profiles.views import blueprint


@blueprint.route("/losninger/ny", methods=["GET", "POST"])
@requires(rules.may_create)
def create():
    free = queries.may_be_made_for(current_user)
    asked = row_number("organisation")
    organisation = db.session.get(Organisation, asked) if asked else (free[0] if len(free) == 1 else None)
    if organisation is None:
        return render_template("profiles/choose.html", free=free, mine=queries.mine(current_user))
    if not rules.may_create_for(current_user, organisation):
        abort(403)
    existing = queries.of_organisation(organisation)
    if existing is not None and request.method == "POST":
        return _save(ProfileForm(), existing)  # a colleague, or the same press a moment ago, was first
    if existing is not None:
        return redirect(url_for("profiles.edit", profile_id=existing.id), code=303)
    form = ProfileForm(data={"name": organisation.name, "language": "nb"} if request.method == "GET" else None)
    if request.method == "POST" and not _pressed(form) and form.validate_on_submit() and _logo_read(form):
        try:
            with transaction():
                profile = services.create_profile(organisation=organisation, content=form.content, by=current_user, consent=form.consent.data)
                _change_logo(profile, form)
        except IntegrityError:  # two pressed at the same moment: the other one made it
            return _save(form, db.session.scalars(select(Profile).where(Profile.organisation_id == organisation.id)).one())
        return _saved(profile)
    return _page(form, None, organisation)


@blueprint.route("/losninger/<int:profile_id>/rediger", methods=["GET", "POST"])
@requires(rules.may_edit, queries.find)
def edit(profile: Profile):
    form = ProfileForm()
    if request.method == "GET":
        form.fill(content_of(profile))
        form.consent.data = profile.consent_at is not None
        form.version.data = str(profile.version)
        return _page(form, profile, profile.organisation)
    return _save(form, profile)


def _save(form: ProfileForm, profile: Profile):
    if _pressed(form) or not form.validate_on_submit() or not _logo_read(form):
        return _page(form, profile, profile.organisation)
    if form.version.data != str(profile.version):
        return _conflict(form, profile, form.content, form.consent.data)
    content, wishes = form.content, form.consent.data
    try:
        with transaction():
            services.edit_profile(profile=profile, content=content, by=current_user)
            _change_logo(profile, form)
            if wishes and profile.consent_at is None:
                services.give_consent(profile=profile, by=current_user)
            elif not wishes and profile.consent_at is not None:
                services.withdraw_consent(profile=profile, by=current_user)
    except StaleDataError:
        return _conflict(form, profile, content, wishes)
    return _saved(profile)


def _saved(profile: Profile):
    flash(_saying(profile), "success")
    return redirect(url_for("profiles.show", profile_id=profile.id), code=303)


def _pressed(form: ProfileForm) -> bool:
    """A press on a button that adds or removes a row is no wish to save."""
    add, remove = "add_reference" in request.form, request.form.get("remove_reference")
    if not add and remove is None:
        return False
    form.press(add, remove)
    return True


def _conflict(form: ProfileForm, profile: Profile, content: ProfileContent, wishes: bool):
    """Somebody saved in between: show both, keep what was typed, and let the next press decide. The same saved twice is saved, with its picture."""
    db.session.refresh(profile)
    theirs = differences(content_of(profile), content)
    if not theirs and wishes == (profile.consent_at is not None):
        try:
            with transaction():
                _change_logo(profile, form)
        except StaleDataError:
            return _conflict(form, profile, content, wishes)
        return _saved(profile)
    form.version.data = str(profile.version)
    return _page(form, profile, profile.organisation, theirs=theirs, code=409)


def _logo_read(form: ProfileForm) -> bool:
    """The chosen picture, looked at before anything is saved; a wrong one is an error of its field."""
    if not form.logo.data:
        return True
    try:
        form.picture = logos.read(form.logo.data.stream)
    except logos.NotAPicture as error:
        form.logo.errors = [str(error)]
        return False
    return True


def _change_logo(profile: Profile, form: ProfileForm) -> None:
    if form.logo.data:
        if not logos.holds(profile.logo, form.picture):
            services.change_logo(profile=profile, stored_name=logos.store(form.picture), by=current_user)
    elif form.remove_logo.data and profile.logo:
        services.change_logo(profile=profile, stored_name="", by=current_user)


def _saying(profile: Profile) -> str:
    return _("Lagret. Profilen er synlig for alle.") if profile.listed else _("Lagret. Profilen er skjult til dere samtykker til å vise den.")


def _page(form: ProfileForm, profile: Profile | None, organisation: Organisation, *, theirs=(), code: int | None = None):
    page = render_template(
        "profiles/edit.html",
        form=form,
        profile=profile,
        organisation=organisation,
        theirs=theirs,
        complete=completeness(profile) if profile else None,
        most_references=MOST_REFERENCES,
    )
    return page, code or (422 if form.errors else 200)
